import type { Prepared } from '../interpret/prepared.ts'
import type { Candidate } from '../interpret/recognise.ts'
import { expressionsOf } from '../interpret/normalise.ts'
import { entityFields } from './slots.ts'

/**
 * Every field that an event of this shape can have, in printing order: the type's own by importance, what entities give,
 * what the dictionary derives and collects, and containers last, because receivers cut at the end.
 */
export function printedFields(candidate: Candidate, prepared: Prepared): readonly string[] {
  const own = [...new Set([...Object.keys(expressionsOf(candidate)), ...entityFields(candidate.type, prepared)])]
  const has = new Set(own)
  const derived = prepared.derived
    .filter(([name, { derived }]) => derived && has.has(derived.from) && !has.has(name))
    .map(([name]) => name)
  const related = [...new Set(prepared.related.filter(([name]) => has.has(name)).map(([, into]) => into))].toSorted()
  const all = [...own, ...derived, ...related]
  const bulky = (name: string): boolean => prepared.dictionary.get(name)?.type === 'object'
  return [...all.filter((name) => !bulky(name)), ...all.filter(bulky)]
}
