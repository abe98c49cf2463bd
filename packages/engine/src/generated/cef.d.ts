import type { CallContext } from '../runtime/event.ts'

/** Made by `generate/main.ts`; undefined for types that print from their view. */
export declare const functions: readonly (((h: unknown, r: unknown, l: unknown, child: string, c: CallContext) => string) | undefined)[]
