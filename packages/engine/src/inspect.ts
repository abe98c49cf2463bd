/** A look inside: the views of a record by the reference interpreter, and what each format prints of them. */
import { entityTables, logTypes } from '@siembridge/catalog'
import { cutValue } from '@siembridge/formats'
import { encodeCef } from './dialects/cef/encode.ts'
import { cefPlan, type CefItem } from './dialects/cef/plan.ts'
import { encodeFlat } from './dialects/flat/encode.ts'
import { flatPlan } from './dialects/flat/plan.ts'
import { leefPlan } from './dialects/leef/plan.ts'
import { joinCut } from './dialects/lists.ts'
import { normalise } from './interpret/normalise.ts'
import { prepare } from './interpret/prepared.ts'
import { type Candidate, recognise } from './interpret/recognise.ts'
import type { EventView } from './interpret/view.ts'
import { printJson } from './json/json.ts'
import { parseJson } from './json/parse.ts'
import { maskSensitive } from './mask.ts'
import { maskSignatures } from './values/signatures.ts'
import { timeMs } from './values/time.ts'

const prepared = prepare(logTypes, entityTables)

export type { Candidate, EventView }

export interface Inspected {
  readonly candidate: Candidate
  readonly views: readonly EventView[]
  /** The record in one line, secrets masked. */
  readonly text: string
}

/** Views of a record (strict JSON, UTF-8), or undefined where no log type is known for it. Throws JsonError. */
export function inspect(bytes: Uint8Array): Inspected | undefined {
  const source = maskSignatures(Buffer.from(bytes).toString('utf8')).trim()
  const record = parseJson(source)
  const candidate = recognise(record, prepared.candidates)
  if (!candidate) return undefined
  const safe = maskSensitive(record, candidate.type, candidate.shape)
  const text = safe === record && !/[\r\n]/.test(source) ? source : printJson(safe)
  return { candidate, views: normalise(safe, Buffer.from(text), candidate, prepared), text }
}

/** The event as a line of CEF, without a limit on its length. */
export const cefText = (view: EventView, { type }: Candidate): string =>
  encodeCef(view, cefPlan(type, prepared), 0, 'utf8')

/** The event in the flat form. */
export const flatText = (view: EventView, candidate: Candidate): string =>
  encodeFlat(view, flatPlan(candidate, prepared), 'utf8')

/** Keys of a CEF extension to the values they stand for, before anything is escaped or substituted. */
export function cefValues(view: EventView, { type }: Candidate): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const item of cefPlan(type, prepared)) {
    const values = view.fields.get(item.field)
    if (values) for (const [key, value] of valuesOf(item, values)) found.set(key, value)
  }
  return found
}

const sixth: Readonly<Record<string, string>> = { src: 'c6a2', dst: 'c6a3', dvc: 'c6a1' }

function valuesOf(item: CefItem, values: readonly string[]): [string, string][] {
  const value = values[0] ?? ''
  const cut = (text: string): string => cutValue(text, item.max, 'utf8')
  switch (item.as) {
    case 'time':
      return [[item.key, String(timeMs(value))]]
    case 'address':
      if (!value.includes(':')) return [[item.key, value]]
      return sixth[item.key] === undefined ? [] : [[sixth[item.key] as string, value]]
    case 'list':
      return [[item.key, cut(joinCut(values, item.max, 'utf8'))]]
    case 'externalId':
      return Buffer.byteLength(value) <= 40 ? [['externalId', value]] : [['cs6', value]]
    case 'direction':
      return []
    default:
      return [[item.key, cut(value)]]
  }
}

/** Attributes of a LEEF line to the values they stand for. */
export function leefValues(view: EventView, candidate: Candidate): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { field, key, predefined, max } of leefPlan(candidate, prepared)) {
    const values = view.fields.get(field)
    if (values) found.set(key, cutValue(predefined ? (values[0] ?? '') : joinCut(values, max, 'utf8'), max, 'utf8'))
  }
  return found
}

/** Keys of the flat form to the texts they stand for. */
export function flatValues(view: EventView, candidate: Candidate): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { field, key, type, many } of flatPlan(candidate, prepared)) {
    const values = view.fields.get(field)
    if (!values) continue
    const one = values[0] ?? ''
    if (type === 'object') found.set(key, many ? `[${values.join(',')}]` : one)
    else if (many) found.set(key, values.join(', '))
    else found.set(key, type === 'date' ? `${one.slice(0, 23)}Z` : one)
  }
  return found
}
