/** Parts of an event that generated code puts together. */
import type { EntityClass, Severity } from '@siembridge/catalog'
import { severities } from '@siembridge/catalog'
import type { Prepared } from '../interpret/prepared.ts'
import type { EntityView } from '../interpret/view.ts'
import { bytesKey, objectId, type TextMode } from '../values/ids.ts'
import { linesFallback } from './fallback.ts'
import type { RecordKeys } from './keys.ts'

/** What a call of generated code needs besides the event. */
export interface CallContext {
  mode: TextMode
  /** Bytes that a character of the record's texts takes at most. */
  width: 1 | 3
  /** True where no text of the record holds anything that CEF escapes or trims; false where that is not known. */
  clean: boolean
  /** Largest line in bytes; 0 for no cap. */
  readonly cap: number
  /** The record's bytes, for records without an id of their own. */
  bytes: Buffer
  readonly prepared: Prepared
  /** Keys of the record, which recognising it has walked over. */
  keys: RecordKeys
  /** Fields of the entities that the event is about, once they were asked for. */
  primary: ReadonlyMap<string, readonly string[]> | undefined
  /** Set by functions that print a line: severity and time (milliseconds since 1970) of the event printed last. */
  severity: Severity
  time: string | undefined
}

const names: ReadonlySet<string> = new Set(severities)

export const severityOf = (text: string | undefined): Severity => (text !== undefined && names.has(text) ? (text as Severity) : 'low')

/** The native key, or the hash of the record on one line where it has none. */
export function nativeKey(key: string, context: CallContext): string {
  return key === '' || key.replaceAll('\0', '') === '' ? bytesKey(Buffer.from(oneLine(context.bytes.toString('latin1')), 'latin1')) : key
}

/** Text of a record on one line. One that spreads over several is printed anew by the interpreter. */
export function oneLine(text: string): string {
  if (/[\r\n]/.test(text)) throw linesFallback
  return text.replace(/^[ \t]+|[ \t]+$/g, '')
}

export const objectAt = (mode: TextMode, kind: string, id: string | undefined): { kind: string; id: string }[] =>
  id === undefined ? [] : [{ kind, id: objectId(mode, kind, id) }]

type KindFunction = (h: unknown, r: unknown, l: unknown) => { class: EntityClass; id?: string; name?: string; fields: Map<string, string[]> }

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
