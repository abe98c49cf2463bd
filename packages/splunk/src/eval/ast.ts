/**
 * The part of Splunk's eval language that is generated, and that the interpreter therefore knows: nothing else may stand in a
 * generated `EVAL-`. Meanings are those of Splunk's Search Reference, "Evaluation functions" and "Eval command".
 */
export type Eval =
  | { readonly is: 'field'; readonly name: string }
  | { readonly is: 'text'; readonly value: string }
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'call'; readonly name: EvalFunction; readonly args: readonly Eval[] }
  | { readonly is: 'equal'; readonly left: Eval; readonly right: Eval }
  | { readonly is: 'all' | 'any'; readonly parts: readonly Eval[] }

/** Least and most arguments of each function. */
export const evalFunctions = {
  case: [2, Infinity],
  coalesce: [1, Infinity],
  in: [2, Infinity],
  isnotnull: [1, 1],
  json_extract: [2, 2],
  like: [2, 2],
  lower: [1, 1],
  mvcount: [1, 1],
  mvindex: [2, 3],
  mvjoin: [2, 2],
  replace: [3, 3],
  split: [2, 2],
  true: [0, 0],
} as const satisfies Readonly<Record<string, readonly [number, number]>>
export type EvalFunction = keyof typeof evalFunctions

export const field = (name: string): Eval => ({ is: 'field', name })
export const text = (value: string): Eval => ({ is: 'text', value })
export const number = (value: number): Eval => ({ is: 'number', value })
export const call = (name: EvalFunction, ...args: readonly Eval[]): Eval => ({ is: 'call', name, args })
/** The first that is not null. */
export const coalesce = (...args: readonly Eval[]): Eval => call('coalesce', ...args)
export const equal = (left: Eval, right: Eval): Eval => ({ is: 'equal', left, right })
export const all = (...parts: readonly Eval[]): Eval => ({ is: 'all', parts })
export const any = (...parts: readonly Eval[]): Eval => ({ is: 'any', parts })
export const always = call('true')
