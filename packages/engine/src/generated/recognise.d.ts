import type { CallContext } from '../runtime/event.ts'

/** Made by `generate/main.ts`; everything stands in the order of the candidates. These are their log types. */
export declare const types: readonly string[]
export declare const recognise: (record: object, context: CallContext) => number
export declare const roots: readonly ((record: unknown) => unknown)[]
export declare const elements: readonly (((root: unknown) => readonly (readonly [element: unknown, levels: unknown])[]) | undefined)[]
/** Whether the record holds a secret that the interpreter has to mask; undefined for types without any. */
export declare const secrets: readonly (((root: unknown, record: unknown) => boolean) | undefined)[]
