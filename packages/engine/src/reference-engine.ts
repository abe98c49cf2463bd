import type { Dialect } from './dialects/dialect.ts'
import { printJson } from './json/json.ts'
import { normalise } from './interpret/normalise.ts'
import type { Prepared } from './interpret/prepared.ts'
import { type Candidate, recognise } from './interpret/recognise.ts'
import type { EventView } from './interpret/view.ts'
import { maskSensitive } from './mask.ts'
import type { Engine } from './engine.ts'
import type { LineSink } from './output.ts'
import { type LinePrefix, prefixOf } from './prefix.ts'
import { readRecord, unknownReason } from './read-record.ts'

/** What became of one record. */
export interface Outcome {
  /** Log type, where it was recognised. */
  readonly type?: string
  /** Lines written. */
  readonly events: number
  /** Events that the filter dropped. */
  readonly dropped: number
  /** Why nothing could be made of it: `at` counts bytes from the start of the record. */
  readonly rejected?: { readonly reason: string; readonly at?: number }
  /** True where `strict` was asked for and the text is not strict JSON: nothing was written. */
  readonly declined?: true
  /** What had to be mended before it could be read. */
  readonly mended?: string
}

/** What both engines need. */
export interface Call {
  readonly prepared: Prepared
  readonly candidates: readonly Candidate[]
  /** Shape of records that pass no test, where the log type is told. */
  readonly otherwise?: Candidate
  readonly dialect: Dialect
  readonly keeps: ((view: EventView) => boolean) | undefined
  readonly prefix: LinePrefix | undefined
}

/** The interpreter: what the catalog means, record by record. */
export function referenceEngine(call: Call): Engine {
  return {
    record: (bytes, out, strict = false, tenant = '') => convert(bytes, out, strict, tenant, call),
    fallbacks: new Map(),
  }
}

function convert(bytes: Buffer, out: LineSink, strict: boolean, tenant: string, call: Call): Outcome {
  const read = readRecord(bytes, strict)
  if ('declined' in read) return { events: 0, dropped: 0, declined: true }
  if ('rejected' in read) return { events: 0, dropped: 0, rejected: read.rejected }
  const candidate = recognise(read.record, call.candidates) ?? (read.record instanceof Map ? call.otherwise : undefined)
  const mended = read.mended === undefined ? {} : { mended: read.mended }
  if (!candidate) return { events: 0, dropped: 0, rejected: { reason: unknownReason(read.record) }, ...mended }
  const record = maskSensitive(read.record, candidate.type, candidate.shape)
  const text = record === read.record && !/[\r\n]/.test(read.text) ? read.text.trim() : printJson(record)
  const views = normalise(record, Buffer.from(text), candidate, call.prepared, tenant)
  const kept = call.keeps ? views.filter(call.keeps) : views
  for (const view of kept)
    out.line(prefixOf(view, call.prefix) + call.dialect.encode(view, text, candidate, 'utf8'), 'utf8')
  return { type: candidate.type.id, events: kept.length, dropped: views.length - kept.length, ...mended }
}
