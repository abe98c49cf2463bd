import type { CallContext } from '../runtime/event.ts'

type Value = string | readonly string[] | undefined

/** Made by `generate/main.ts`; in the order of the candidates: functions from one event to the value of a field. */
export declare const functions: readonly Readonly<Record<string, (h: unknown, r: unknown, l: unknown, child: string, c: CallContext) => Value>>[]
