import { isUtf8 } from 'node:buffer'
import { StringDecoder } from 'node:string_decoder'
import type { Json } from './json/json.ts'
import { JsonError, parseJson } from './json/parse.ts'
import { repairJson } from './json/tolerant.ts'
import { maskSignatures, maySign } from './values/signatures.ts'

/** A record read from its bytes: tolerantly where it must be, and what was mended. */
export type Read =
  | { readonly record: Json; readonly text: string; readonly mended?: string }
  | { readonly rejected: { reason: string; at?: number } }
  | { readonly declined: true }

export function readRecord(bytes: Buffer, strict: boolean): Read {
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

export function unknownReason(record: Json): string {
  if (!(record instanceof Map)) return 'not a record: an object was expected'
  const keys = [...record.keys()].slice(0, 6).map((key) => JSON.stringify(key.slice(0, 40)))
  return keys.length === 0
    ? 'an empty object'
    : `no log type is known for it (keys ${keys.join(', ')}${record.size > 6 ? ', …' : ''})`
}
