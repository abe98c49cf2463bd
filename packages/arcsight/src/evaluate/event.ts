import type { Mapping } from '../parser/model.ts'
import { fits } from '../parser/types.ts'
import { eventFields } from '../schema/fields.ts'
import type { Level } from '../schema/severity.ts'
import { evaluate } from './expression.ts'
import type { Outcome } from './outcome.ts'
import { isSet, type Value } from './value.ts'

/** An event while parsers, tables and categorizer work on it. */
export class Event {
  readonly fields = new Map<string, Value>()
  readonly additional = new Map<string, string>()
  readonly outcome: Outcome
  severity: Level | 'unknown' = 'unknown'
  /** Whether any token of the parser found a value. */
  found = false

  constructor(outcome: Outcome) {
    this.outcome = outcome
  }

  /** Text of a field; "" where it is not set. */
  text(field: string): string {
    return this.fields.get(field)?.text ?? ''
  }

  /** Sets a field if the value goes into its type; nothing and "" leave it as it is. */
  assign(field: string, value: Value | null): void {
    const known = eventFields.get(field)
    if (!known || !isSet(value)) return
    if (!fits(value.type, known.type))
      return this.outcome.wrongField(field, value.text, `a ${value.type} does not go into ${known.type}`)
    const max = known.max ?? Number.MAX_SAFE_INTEGER
    if (value.text.length > max) this.outcome.cut(field, value.text, max)
    this.fields.set(field, { type: known.type, text: value.text.slice(0, max) })
  }

  map(mappings: readonly Mapping[], tokens: ReadonlyMap<string, Value | null>): void {
    for (const { field, expression } of mappings) this.assign(field, evaluate(expression, tokens, this.outcome))
  }
}
