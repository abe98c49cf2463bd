import type { CallContext } from '../runtime/event.ts'

/** Made by `generate/main.ts`; functions stand in the order of the candidates. */
export declare const functions: readonly ((h: unknown, r: unknown, l: unknown, child: string, c: CallContext) => string)[]
