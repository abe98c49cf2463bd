import { logTypes, type LogType } from '@siembridge/catalog'
import { hasOutcome } from '@siembridge/engine/lines'
import { categoryRules } from '../categories/rules.ts'
import { categoryChoices, lowLevelCategory } from '../categories/low-level.ts'

/** How an event came out; '' where it does not tell. */
export const outcomes = ['success', 'failure', 'unknown', ''] as const
export type Outcome = (typeof outcomes)[number]

/** One thing that events of a log type can be: what gets a QID record. */
export interface EventClass {
  readonly type: string
  readonly id: string
  /** Outcomes that mean this. */
  readonly outcomes: readonly Outcome[]
  readonly name: string
  readonly description: string
  /** 1 to 10. */
  readonly severity: number
  /** Names of low-level categories, best first. */
  readonly categories: readonly string[]
  /** True for the class of ids that the catalog does not list. */
  readonly generic: boolean
}

/** Ids that say themselves how it came out need no class an outcome. */
const decided = /[.](success|failure|unknown|allow|allowed|deny|denied|blocked)$|(failed|succeeded|success)$/i

const words: Readonly<Record<Outcome, string>> = { success: ' succeeded', failure: ' failed', unknown: '', '': '' }

/** Every class of a log type: its known ids and its generic one. Throws RangeError for an unknown type. */
export function eventClasses(id: string): readonly EventClass[] {
  const type = logTypes.find((t) => t.id === id)
  if (!type) throw new RangeError(`there is no log type "${id}"`)
  return [...type.signature.known, type.id].flatMap((known) => classesOf(type, known))
}

function classesOf(type: LogType, id: string): EventClass[] {
  if (!hasOutcome(type.id)) return [eventClass(type, id, [''], '')]
  if (decided.test(id)) return [eventClass(type, id, outcomes, '')]
  return [
    eventClass(type, id, ['success'], 'success'),
    eventClass(type, id, ['failure'], 'failure'),
    eventClass(type, id, ['unknown', ''], 'unknown'),
  ]
}

function eventClass(type: LogType, id: string, list: readonly Outcome[], outcome: Outcome): EventClass {
  const found = ruleFor(type, id)
  const category =
    outcome === 'failure' ? (found.failed ?? found.is) : outcome === 'unknown' ? (found.unknown ?? found.is) : found.is
  const severity = found.severity ?? lowLevelCategory(category).severity
  const title = id === type.id ? `${type.title}: other events` : `${type.product}: ${titleOf(type, id)}`
  const name = `${title}${words[outcome]}`
  return {
    type: type.id,
    id,
    outcomes: list,
    name: name.slice(0, 255),
    description: `${type.title}, event id ${id.trim()}${outcome === '' ? '' : `, outcome ${outcome}`}`,
    severity: Math.max(1, Math.min(10, outcome === 'failure' ? Math.max(severity, 3) : severity)),
    categories: categoryChoices(category),
    generic: id === type.id,
  }
}

function ruleFor(type: LogType, id: string): (typeof categoryRules)[number] {
  const subject = `${type.id} ${id === type.id ? '' : id.trim()}`.toLowerCase()
  const found = categoryRules.find(({ when }) => when.test(subject))
  if (!found) throw new RangeError(`no rule for ${subject}`)
  return found
}

/** The catalog's own words for an id, where its expression of the name has a table with it; else the id as words. */
function titleOf(type: LogType, id: string): string {
  const lower = id.toLowerCase()
  const last = lower.slice(lower.lastIndexOf(':') + 1)
  for (const table of tables(type.signature.name))
    for (const [key, name] of Object.entries(table))
      if (typeof name === 'string' && name !== '' && (key.toLowerCase() === lower || key.toLowerCase() === last))
        return name
  return readable(id)
}

function* tables(expression: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (!Array.isArray(expression)) return
  for (const part of expression as readonly unknown[])
    if (Array.isArray(part)) yield* tables(part)
    else if (typeof part === 'object' && part !== null) yield part as Readonly<Record<string, unknown>>
}

/** `sign-in.interactive.failure` as `Sign-in interactive failure`; what people named themselves stays. */
function readable(id: string): string {
  const text = id.trim()
  if (!/^[a-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text)) return text.replace(/\.$/, '')
  const said = text.replaceAll('.', ' ')
  return said.slice(0, 1).toUpperCase() + said.slice(1)
}
