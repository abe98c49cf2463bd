import { StringDecoder } from 'node:string_decoder'
import { isUtf8 } from 'node:buffer'
import type { Dialect } from './dialects/dialect.ts'
import { type Json, printJson } from './json/json.ts'
import { JsonError, parseJson } from './json/parse.ts'
import { repairJson } from './json/tolerant.ts'
import { normalise } from './interpret/normalise.ts'
import type { Prepared } from './interpret/prepared.ts'
import { type Candidate, recognise } from './interpret/recognise.ts'
import type { EventView } from './interpret/view.ts'
import { maskSensitive } from './mask.ts'
import type { Engine } from './engine.ts'
import type { Output } from './output.ts'
import { type LinePrefix, prefixOf } from './prefix.ts'
import { maskSignatures, maySign } from './values/signatures.ts'

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
  return { record: (bytes, out, strict = false) => convert(bytes, out, strict, call), fallbacks: new Map() }
}

function convert(bytes: Buffer, out: Output, strict: boolean, call: Call): Outcome {
  const read = readRecord(bytes, strict)
  if ('declined' in read) return { events: 0, dropped: 0, declined: true }
  if ('rejected' in read) return { events: 0, dropped: 0, rejected: read.rejected }
  const candidate = recognise(read.record, call.candidates) ?? (read.record instanceof Map ? call.otherwise : undefined)
  const mended = read.mended === undefined ? {} : { mended: read.mended }
  if (!candidate) return { events: 0, dropped: 0, rejected: { reason: unknownReason(read.record) }, ...mended }
  const record = maskSensitive(read.record, candidate.type, candidate.shape)
  const text = record === read.record && !/[\r\n]/.test(read.text) ? read.text.trim() : printJson(record)
  const views = normalise(record, Buffer.from(text), candidate, call.prepared)
  const kept = call.keeps ? views.filter(call.keeps) : views
  for (const view of kept)
    out.line(prefixOf(view, call.prefix) + call.dialect.encode(view, text, candidate, 'utf8'), 'utf8')
  return { type: candidate.type.id, events: kept.length, dropped: views.length - kept.length, ...mended }
}

type Read =
  | { readonly record: Json; readonly text: string; readonly mended?: string }
  | { readonly rejected: { reason: string; at?: number } }
  | { readonly declined: true }

function readRecord(bytes: Buffer, strict: boolean): Read {
  const whole = isUtf8(bytes)
  const decoded = bytes.toString('utf8')
  const bom = decoded.charCodeAt(0) === 0xfeff ? decoded.slice(1) : decoded
  const text = maySign(bom) ? maskSignatures(bom) : bom
  const utf8 = whole ? [] : [`bytes that are not UTF-8 at byte ${firstBad(bytes)} became U+FFFD`]
  try {
    return { record: parseJson(text), text, ...(utf8.length > 0 && { mended: utf8.join('; ') }) }
  } catch (error) {
    return strict ? { declined: true } : repaired(text, asJsonError(error), utf8)
  }
}

function repaired(text: string, error: JsonError, notes: readonly string[]): Read {
  try {
    const better = repairJson(text)
    return {
      record: parseJson(better),
      text: better,
      mended: [...notes, `not strict JSON (${error.message}), read tolerantly`].join('; '),
    }
  } catch (second) {
    const { message, at } = asJsonError(second)
    return { rejected: { reason: `not JSON: ${message}`, at: Buffer.byteLength(text.slice(0, at)) } }
  }
}

/** A record nested so deep that the stack ends is no record. */
function asJsonError(error: unknown): JsonError {
  if (error instanceof JsonError) return error
  if (error instanceof RangeError) return new JsonError('nested too deeply', 0)
  throw error
}

function firstBad(bytes: Buffer): number {
  const decoder = new StringDecoder('utf8')
  for (let at = 0; at < bytes.length; at++) if (decoder.write(bytes.subarray(at, at + 1)).includes('\ufffd')) return at
  return bytes.length
}

function unknownReason(record: Json): string {
  if (!(record instanceof Map)) return 'not a record: an object was expected'
  const keys = [...record.keys()].slice(0, 6).map((key) => JSON.stringify(key.slice(0, 40)))
  return keys.length === 0
    ? 'an empty object'
    : `no log type is known for it (keys ${keys.join(', ')}${record.size > 6 ? ', …' : ''})`
}
