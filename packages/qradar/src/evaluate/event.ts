import { isLsxField, type Identity, type LsxField } from '../lsx/grammar.ts'
import type { Lsx, MatchGroup, Matcher, Modifier } from '../lsx/model.ts'
import { type Collector, deviceTime } from './device-time.ts'
import { extract } from './extract.ts'
import { type Compiled, isRefusal, patternText } from './pattern.ts'
import type { Ask } from './switches.ts'
import { fieldValue } from './values.ts'
import { Views } from './views.ts'

/** A QID record as the look-up gives it. */
export interface QidRow {
  readonly qid: string | number
  readonly name: string
  readonly severity: number
  /** Low-level category by name. */
  readonly category: string
}

/** The event mapping of a log source type: exact, and upper and lower case count. */
export type LookUp = (eventId: string, category: string, typeOverride: number | undefined) => QidRow | undefined

/** `parsed`: a QID was found; `unknown`: fields, but no mapping; `stored`: no EventName. */
export type EventState = 'parsed' | 'unknown' | 'stored'

export interface LsxEvent {
  readonly state: EventState
  readonly fields: Readonly<Partial<Record<LsxField, string>>>
  /** Milliseconds since 1970; the time of receipt counts where it is undefined. */
  readonly time?: number
  readonly severity?: number
  readonly identity: Identity
  /** What was looked up. */
  readonly category?: string
  readonly qid?: QidRow
}

export interface Setting {
  readonly lookUp: LookUp
  readonly collector: Collector
}

/** What an extension makes of a payload, by the readings that `ask` answers. */
export function evaluate(lsx: Lsx, compiled: Compiled, payload: string, setting: Setting, ask: Ask): LsxEvent {
  const stored: LsxEvent = { state: 'stored', fields: {}, identity: 'UseDSMResults' }
  if (lsx.childrenInNamespace && !ask('N1')) return stored
  if (hasUnknownField(lsx) && ask('A14')) return stored
  const views = new Views(payload, ask)
  const found = lsx.groups.map((group) => ({ group, ...fieldsOf(group, lsx, compiled, views, setting, ask) }))
  const used = found.find(({ fields }) => fields.EventName !== undefined)
  if (!used) return withoutName(found[0]?.fields, ask, stored)
  // Other groups matter only where they would add something.
  const others = found.filter((other) => other !== used && Object.keys(other.fields).some((f) => !(f in used.fields)))
  if (others.length === 0 || ask('A01')) return finished(used, lsx, compiled, setting, ask)
  const fields = Object.assign({}, ...others.toReversed().map((o) => o.fields), used.fields) as LsxEvent['fields']
  const time = used.time ?? others.find((o) => o.time !== undefined)?.time
  return finished({ ...used, fields, ...(time !== undefined && { time }) }, lsx, compiled, setting, ask)
}

const hasUnknownField = ({ groups }: Lsx): boolean => groups.some((g) => g.matchers.some((m) => !isLsxField(m.field)))

function withoutName(fields: LsxEvent['fields'] | undefined, ask: Ask, stored: LsxEvent): LsxEvent {
  if (!fields || Object.keys(fields).length === 0) return stored
  return ask('A02') ? { ...stored, fields } : stored
}

type Found = Pick<LsxEvent, 'fields' | 'time'> & { readonly group: MatchGroup }

function fieldsOf(
  group: MatchGroup,
  lsx: Lsx,
  compiled: Compiled,
  views: Views,
  { collector }: Setting,
  ask: Ask,
): Pick<Found, 'fields' | 'time'> {
  const fields: Partial<Record<LsxField, string>> = {}
  let time: number | undefined
  for (const [field, matchers] of Map.groupBy(group.matchers, (m) => m.field)) {
    if (!isLsxField(field)) continue
    for (const matcher of ordered(matchers, ask)) {
      const pattern = lsx.patterns.get(matcher.pattern)
      const text = pattern && extract({ matcher, pattern, views, compiled, ask })
      if (text === '' && !ask('A07')) break
      if (text === undefined || text === '') continue
      const value = fieldValue(field, text)
      const at = field === 'DeviceTime' ? deviceTime(text, matcher.dateFormat, collector, ask) : undefined
      if (value === undefined || (field === 'DeviceTime' && at === undefined)) continue
      fields[field] = value
      if (at !== undefined) time = at
      break
    }
  }
  if (fields.EventName === undefined) {
    const name = nameOfMultiple(group, lsx, compiled, views, ask)
    if (name !== undefined) fields.EventName = name
  }
  return { fields, ...(time !== undefined && { time }) }
}

function ordered(matchers: readonly Matcher[], ask: Ask): readonly Matcher[] {
  const same = matchers.some((a, at) => matchers.some((b, other) => other > at && a.order === b.order))
  const list = same && !ask('A13') ? matchers.toReversed() : matchers
  return list.toSorted((a, b) => a.order - b.order)
}

/** The reading in which a modifier's own capture group gives the name that no matcher gave. */
function nameOfMultiple(group: MatchGroup, lsx: Lsx, compiled: Compiled, views: Views, ask: Ask): string | undefined {
  for (const { pattern: id, group: index } of group.multiples) {
    const pattern = lsx.patterns.get(id)
    if (!pattern || index === undefined || index === 0) continue
    const regex = compiled.regex(patternText(pattern, ask), pattern.caseInsensitive)
    const name = isRefusal(regex) ? undefined : regex.find.exec(views.text)?.[index]
    if (name !== undefined && name !== '') return ask('A03') ? undefined : name
  }
  return undefined
}

function finished(
  { group, fields, time }: Found,
  lsx: Lsx,
  compiled: Compiled,
  { lookUp }: Setting,
  ask: Ask,
): LsxEvent {
  const name = fields.EventName ?? ''
  const single = group.singles.find(({ eventName }) => eventName === name)
  const applied = single ?? multipleFor(name, group, lsx, compiled, ask)
  const category = categoryOf(fields.EventCategory, applied, single !== undefined, ask)
  const qid = lookUp(name, category ?? '', group.typeOverride)
  const severity = applied?.severity ?? qid?.severity
  return {
    state: qid ? 'parsed' : 'unknown',
    fields,
    ...(time !== undefined && { time }),
    ...(severity !== undefined && { severity }),
    identity: applied?.identity ?? 'UseDSMResults',
    ...(category !== undefined && { category }),
    ...(qid && { qid }),
  }
}

function multipleFor(name: string, group: MatchGroup, lsx: Lsx, compiled: Compiled, ask: Ask): Modifier | undefined {
  return group.multiples.find(({ pattern: id }) => {
    const pattern = lsx.patterns.get(id)
    if (!pattern) return false
    const regex = compiled.regex(patternText(pattern, ask), pattern.caseInsensitive)
    return !isRefusal(regex) && regex.find.test(name)
  })
}

function categoryOf(
  matched: string | undefined,
  applied: Modifier | undefined,
  single: boolean,
  ask: Ask,
): string | undefined {
  const given = applied?.category
  if (given === undefined || matched === undefined || given === matched) return given ?? matched
  // The documents give EventCategory to events "not handled by" a modifier.
  return !single || ask('A04') ? given : matched
}
