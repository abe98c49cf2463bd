/** Records as views: what the pipeline, filters of routes and formats other than CEF work on. */
import { maskSensitive } from '../mask.ts'
import type { Candidate } from '../interpret/recognise.ts'
import { recognise as recogniseByTests } from '../interpret/recognise.ts'
import { normalise } from '../interpret/normalise.ts'
import type { Prepared } from '../interpret/prepared.ts'
import type { EventView } from '../interpret/view.ts'
import { printJson } from '../json/json.ts'
import { elements, recognise, roots, secrets } from '../generated/recognise.js'
import { readRecord, unknownReason } from '../read-record.ts'
import type { CallContext } from '../runtime/event.ts'
import { freshContext, readContext, unfit } from '../runtime/context.ts'
import { hasEscapedKey } from '../runtime/fallback.ts'
import { otherTexts } from '../runtime/parts.ts'
import { found, scanOf } from '../runtime/scan.ts'
import { maskSignatures, maySign } from '../values/signatures.ts'
import type { EventFunction } from '../printing.ts'

export interface Viewed {
  readonly candidate: Candidate
  readonly views: readonly EventView[]
  /** The record on one line, secrets masked. */
  readonly text: string
  /** The record came as it is in `text`, byte for byte. */
  readonly untouched: boolean
  readonly mended?: string
}

export interface NotViewed {
  readonly rejected: string
  /** The record with signatures masked. */
  readonly bytes: Buffer
}

/** Synchronous; never throws for what a record holds. Generated code, and the interpreter where plain objects do not do. */
export type Viewer = (bytes: Buffer, tenant: string) => Viewed | NotViewed

const noLevels = {}

export async function createViewer(prepared: Prepared): Promise<Viewer> {
  const { functions } = await import('../generated/view.js')
  const context = freshContext(0, prepared)
  const scan = scanOf()
  return (bytes, tenant) => {
    otherTexts()
    const bits = scan(bytes)
    if ((bits & unfit) !== 0 || bytes.includes(10) || bytes.includes(13)) return interpreted(bytes, tenant, prepared)
    // As text, not byte by byte: views are compared with filters and hashed, and hold what people read.
    readContext(context, bits | found.unicodeEscape, bytes, tenant)
    try {
      return generated(bytes, context, prepared, functions) ?? interpreted(bytes, tenant, prepared)
    } catch {
      // Whatever plain objects cannot do, and what is not JSON, the interpreter says.
      return interpreted(bytes, tenant, prepared)
    }
  }
}

function generated(
  bytes: Buffer,
  context: CallContext,
  prepared: Prepared,
  functions: readonly EventFunction<EventView>[],
): Viewed | undefined {
  const text = bytes.toString('utf8')
  if (maySign(text) || hasEscapedKey(text)) return undefined
  const record: unknown = JSON.parse(text)
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return undefined
  const at = recognise(record, context)
  if (at < 0) return undefined
  const root = (roots[at] as (r: unknown) => unknown)(record)
  if (secrets[at]?.(root, record)) return undefined
  const print = functions[at] as EventFunction<EventView>
  const view = (here: unknown, levels: unknown, child: string): EventView => {
    context.primary = undefined
    return print(here, record, levels, child, context)
  }
  const list = elements[at]?.(root)
  const views = list?.map(([here, levels], i) => view(here, levels, String(i))) ?? [view(root, noLevels, '')]
  return { candidate: prepared.candidates[at] as Candidate, views, text: text.trim(), untouched: true }
}

function interpreted(bytes: Buffer, tenant: string, prepared: Prepared): Viewed | NotViewed {
  const read = readRecord(bytes, false)
  if ('declined' in read) return refused(bytes, 'not JSON')
  if ('rejected' in read) return refused(bytes, read.rejected.reason)
  const candidate = recogniseByTests(read.record, prepared.candidates)
  if (!candidate) return refused(bytes, unknownReason(read.record))
  const record = maskSensitive(read.record, candidate.type, candidate.shape)
  const text = record === read.record && !/[\r\n]/.test(read.text) ? read.text.trim() : printJson(record)
  const views = normalise(record, Buffer.from(text), candidate, prepared, tenant)
  const { mended } = read
  return { candidate, views, text, untouched: false, ...(mended !== undefined && { mended }) }
}

function refused(bytes: Buffer, rejected: string): NotViewed {
  const text = bytes.toString('latin1')
  return { rejected, bytes: maySign(text) ? Buffer.from(maskSignatures(text), 'latin1') : bytes }
}
