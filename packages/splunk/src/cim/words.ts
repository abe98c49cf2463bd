/** Words that rules are written with: fields by their names in the dictionary. */
import { call, coalesce, equal, type Eval, field, number, text } from '../eval/ast.ts'
import { flatKey } from '@siembridge/engine/plans'

/** A field of the dictionary; a list comes as one text, `, ` between its elements. */
export const f = (name: string): Eval => field(flatKey(name))
/** The first of these fields that an event has. */
export const firstOf = (...names: readonly string[]): Eval => coalesce(...names.map((name) => f(name)))
/** Elements of a list field as values of their own. */
export const list = (name: string): Eval => call('split', f(name), text(', '))
/** First element of a list field. */
export const head = (name: string): Eval => call('mvindex', list(name), number(0))

/** What stands in every flat event. */
export const meta = {
  eventId: field('sb_event_id'),
  severity: field('sb_severity'),
  signature: field('sb_signature_name'),
  signatureId: field('sb_signature_id'),
  category: field('sb_category'),
} as const

/** `like` with `*` for any run of characters. */
export const like = (value: Eval, pattern: string): Eval => call('like', value, text(pattern.replaceAll('*', '%')))

/** Texts to texts; `otherwise` for the rest, nothing where the field is absent and there is no `otherwise`. */
export function table(value: Eval, rows: Readonly<Record<string, string>>, otherwise?: Eval): Eval {
  const pairs = Object.entries(rows).flatMap(([from, to]) => [equal(value, text(from)), text(to)])
  return call('case', ...pairs, ...(otherwise ? [call('true'), otherwise] : []))
}

/** Patterns (`*` for any run) of a list or a text to texts, the first that fits. */
export function patterns(value: Eval, rows: Readonly<Record<string, string>>, otherwise?: Eval): Eval {
  const pairs = Object.entries(rows).flatMap(([from, to]) => [like(value, from), text(to)])
  return call('case', ...pairs, ...(otherwise ? [call('true'), otherwise] : []))
}
