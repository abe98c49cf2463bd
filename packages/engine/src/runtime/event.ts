/** Parts of an event that generated code puts together. */
import type { EntityClass, Severity } from '@siembridge/catalog'
import { severities } from '@siembridge/catalog'
import type { Prepared } from '../interpret/prepared.ts'
import type { EntityView } from '../interpret/view.ts'
import { bytesKey, objectId, type TextMode } from '../values/ids.ts'
import { linesFallback } from './fallback.ts'

/** What a call of generated code needs besides the event. */
export interface CallContext {
  mode: TextMode
  /** Largest line in bytes; 0 for no cap. */
  readonly cap: number
  /** The record's bytes, for records without an id of their own. */
  bytes: Buffer
  readonly prepared: Prepared
  /** Set by functions that print a line: of the event printed last. */
  severity: Severity
  timeMs: number | undefined
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
