import type { Eval } from '../../eval/ast.ts'

/** What is known of a log type when its rules are written. */
export interface About {
  /** The product's name, as in CEF and LEEF headers. */
  readonly product: string
}

/** CIM fields of a data model, where the column in `fields.ts` does not say what the model means. */
export type Rules = (about: About) => Readonly<Record<string, Eval>>
