/** Parts of an event that generated code puts together. */
import type { EntityClass, Severity } from '@siembridge/catalog'
import { severities } from '@siembridge/catalog/vocabulary'
import type { Prepared } from '../interpret/prepared.ts'
import type { EntityView } from '../interpret/view.ts'
import { bytesKey, objectId, type TextMode } from '../values/ids.ts'
import { lowerAgain } from '../values/text.ts'
import { linesFallback } from './fallback.ts'
import type { RecordKeys } from './keys.ts'

/** What a call of generated code needs besides the event. */
export interface CallContext {
  mode: TextMode
  /** The same for texts that are hashed: `utf8` where it makes no difference, which costs less. */
  hashMode: TextMode
  /** Bytes that a character of the record's texts takes at most. */
  width: 1 | 3
  /** True where no text of the record holds anything that CEF escapes or trims; the next three say what there is. */
  clean: boolean
  hard: boolean
  quoted: boolean
  equals: boolean
  /** Entra tenant of records that do not say, as the collector knows it, or "". */
  tenant: string
  /** Largest line in bytes; 0 for no cap. */
  readonly cap: number
  /** The record's bytes, for records without an id of their own. */
  bytes: Buffer
  readonly prepared: Pick<Prepared, 'derived' | 'related'>
  /** Keys of the record, which recognising it has walked over. */
  keys: RecordKeys
  /** Fields of the entities that the event is about, once they were asked for. */
  primary: ReadonlyMap<string, readonly string[]> | undefined
  /** Set by functions that print a line: severity and time (milliseconds since 1970) of the event printed last. */
  severity: Severity
  time: string | undefined
}

const names: ReadonlySet<string> = new Set(severities)

export const severityOf = (text: string | undefined): Severity =>
  text !== undefined && names.has(text) ? (text as Severity) : 'low'

/** A tenant's records come in a row. */
export const lowerTenant = lowerAgain()

/** Nothing but what joins the parts of a key. */
const isBlank = (key: string): boolean => key === '' || (key.charCodeAt(0) === 0 && key.replaceAll('\0', '') === '')

/** The native key, or the hash of the record on one line where it has none. */
export const nativeKey = (key: string, { bytes }: CallContext): string =>
  isBlank(key) ? bytesKey(bytes.subarray(...lineOf(bytes))) : key

/** Where a record on one line begins and ends. One that spreads over several is printed anew by the interpreter. */
export function lineOf(bytes: Buffer): [from: number, to: number] {
  if (bytes.includes(10) || bytes.includes(13)) throw linesFallback
  let from = 0
  let to = bytes.length
  while (bytes[from] === 32 || bytes[from] === 9) from++
  while (bytes[to - 1] === 32 || bytes[to - 1] === 9) to--
  return [from, to]
}

export const objectAt = (mode: TextMode, kind: string, id: string | undefined): { kind: string; id: string }[] =>
  id === undefined ? [] : [{ kind, id: objectId(mode, kind, id) }]

type KindFunction = (
  h: unknown,
  r: unknown,
  l: unknown,
) => { class: EntityClass; id?: string; name?: string; fields: Map<string, string[]> }

export function entityOf(
  kindOf: KindFunction | undefined,
  kind: string,
  roles: readonly string[],
  verdict: string | undefined,
  h: unknown,
  r: unknown,
  l: unknown,
): EntityView {
  const found = kindOf ? kindOf(h, r, l) : { class: 'other' as const, fields: new Map<string, string[]>() }
  return { kind, roles, ...(verdict !== undefined && { verdict }), ...found }
}
