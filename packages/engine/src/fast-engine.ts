import { isUtf8 } from 'node:buffer'
import type { Engine } from './engine.ts'
import { compileFilter } from './filter/compile.ts'
import type { Filter } from './filter/parse.ts'
import type { EventView } from './interpret/view.ts'
import { maySign } from './mask.ts'
import type { Output } from './output.ts'
import { type Call, type Outcome, prefixOf } from './reference-engine.ts'
import { type CallContext, oneLine } from './runtime/event.ts'
import type { TextMode } from './values/ids.ts'
import { Fallback, hasOddNumber, mayNestDeep, secretFallback } from './runtime/fallback.ts'

type EventFunction<T> = (here: unknown, record: unknown, levels: unknown, child: string, context: CallContext) => T
type Elements = (root: unknown) => readonly (readonly [element: unknown, levels: unknown])[]

interface Generated {
  readonly recognise: (record: object) => number
  readonly roots: readonly ((record: unknown) => unknown)[]
  readonly elements: readonly (Elements | undefined)[]
  readonly secrets: readonly (((root: unknown, record: unknown) => boolean) | undefined)[]
  readonly views: readonly EventFunction<EventView>[]
  readonly lines?: readonly (EventFunction<string> | undefined)[]
  readonly tests?: readonly (EventFunction<boolean> | undefined)[]
}

const noLevels = {}

/**
 * Code generated at build time, over `JSON.parse`. A record that plain objects cannot do justice to goes through the
 * interpreter, and so does one that is not proper JSON or holds secrets: those are few, and it is the same event either way.
 */
export async function fastEngine(call: Call, filter: Filter | undefined, reference: Engine): Promise<Engine> {
  const generated = await load(call)
  const tests = filter && (await filterTests(call, filter))
  const context: CallContext = { mode: 'utf8', cap: call.dialect.cap, bytes: Buffer.alloc(0), prepared: call.prepared, severity: 'low', timeMs: undefined }
  const fallbacks = new Map<string, number>()
  const giveUp = (reason: string, bytes: Buffer, out: Output, strict: boolean): Outcome => {
    fallbacks.set(reason, (fallbacks.get(reason) ?? 0) + 1)
    return reference.record(bytes, out, strict)
  }
  const convert = converter({ ...generated, ...(tests && { tests }) }, call, context)
  return {
    fallbacks,
    record(bytes, out, strict = false) {
      const mode = decodeMode(bytes)
      const text = mode === undefined ? '' : bytes.toString(mode)
      const reason = mode === undefined ? 'not-utf8' : unfit(text)
      if (reason !== undefined) return giveUp(reason, bytes, out, strict)
      context.mode = mode ?? 'utf8'
      context.bytes = bytes
      const mark = out.size
      try {
        return convert(text, out) ?? giveUp('not-recognised', bytes, out, strict)
      } catch (error) {
        out.back(mark)
        return giveUp(reasonOf(error), bytes, out, strict)
      }
    },
  }
}

/** Anything but these two is a fault of ours: counted under a name of its own, and the record is converted all the same. */
function reasonOf(error: unknown): string {
  if (error instanceof Fallback) return error.reason
  return error instanceof SyntaxError ? 'not-json' : 'fault'
}

/**
 * UTF-8 bytes may stand in a string one a character, for nothing looks beyond ASCII, as long as no `\u` escape mixes
 * characters in. That halves the memory and saves decoding and encoding. Undefined where the bytes are not UTF-8.
 */
function decodeMode(bytes: Buffer): 'utf8' | 'latin1' | undefined {
  if (!isUtf8(bytes)) return undefined
  return bytes.includes('\\u') ? 'utf8' : 'latin1'
}

function unfit(text: string): string | undefined {
  if (maySign(text)) return 'may-hold-secret'
  if (hasOddNumber(text)) return 'number'
  return mayNestDeep(text) ? 'nested' : undefined
}

function converter(generated: Generated, call: Call, context: CallContext): (text: string, out: Output) => Outcome | undefined {
  const { recognise, roots, elements, secrets, views, lines, tests } = generated
  const { prefix } = call
  return (text, out) => {
    const record: unknown = JSON.parse(text)
    if (typeof record !== 'object' || record === null || Array.isArray(record)) return undefined
    const at = recognise(record)
    if (at < 0) return undefined
    const candidate = call.candidates[at] as Call['candidates'][number]
    const root = (roots[at] as (r: unknown) => unknown)(record)
    if (secrets[at]?.(root, record)) throw secretFallback
    const events = elements[at] ? elements[at](root).map(([e, l], i) => [e, l, String(i)] as const) : [[root, noLevels, ''] as const]
    const test = tests?.[at]
    const line = lines?.[at]
    let kept = 0
    for (const [here, levels, child] of events) {
      if (test && !test(here, record, levels, child, context)) continue
      if (line) {
        const printed = line(here, record, levels, child, context)
        out.line(prefix === undefined ? printed : inMode(prefix(context.severity, context.timeMs, candidate.type.id), context.mode) + printed, context.mode)
      } else {
        const view = (views[at] as EventFunction<EventView>)(here, record, levels, child, context)
        out.line(inMode(prefixOf(view, call), context.mode) + call.dialect.encode(view, oneLine(text), candidate, context.mode), context.mode)
      }
      kept++
    }
    return { type: candidate.type.id, events: kept, dropped: events.length - kept }
  }
}

/** A text of ours in the form of the record's: one character a byte in `latin1`. */
const inMode = (text: string, mode: TextMode): string => (mode === 'utf8' || !/[^\0-\x7f]/.test(text) ? text : Buffer.from(text).toString('latin1'))

async function load(call: Call): Promise<Generated> {
  const [shape, view] = await Promise.all([import('./generated/recognise.js'), import('./generated/view.js')])
  const lines = call.dialect.format === 'cef' ? (await import('./generated/cef.js')).functions : undefined
  return { recognise: shape.recognise, roots: shape.roots, elements: shape.elements, secrets: shape.secrets, views: view.functions, ...(lines && { lines }) }
}

async function filterTests(call: Call, filter: Filter): Promise<(EventFunction<boolean> | undefined)[]> {
  const { functions } = await import('./generated/view.js')
  const keeps = compileFilter(filter)
  return call.candidates.map((_, at) => (h, r, l, child, c) => keeps((functions[at] as EventFunction<EventView>)(h, r, l, child, c)))
}
