/** Made by `generate/main.ts`; functions stand in the order of the candidates. */
export declare const names: readonly string[]
export declare const recognise: (record: object) => number
export declare const roots: readonly ((record: unknown) => unknown)[]
export declare const elements: readonly (((root: unknown) => readonly (readonly [element: unknown, levels: unknown])[]) | undefined)[]
