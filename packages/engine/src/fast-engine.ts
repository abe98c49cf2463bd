import type { Engine } from './engine.ts'
import { compileTests, type Reader } from './filter/compile.ts'
import type { Filter } from './filter/parse.ts'
import type { EventView } from './interpret/view.ts'
import { maySign } from './mask.ts'
import type { Output } from './output.ts'
import { type Call, type Outcome, prefixOf } from './reference-engine.ts'
import { type CallContext, lineOf } from './runtime/event.ts'
import type { RecordKeys } from './runtime/keys.ts'
import type { TextMode } from './values/ids.ts'
import { Fallback, secretFallback } from './runtime/fallback.ts'
import { opened, otherTexts } from './runtime/parts.ts'
import { found, readOf, scanOf } from './runtime/scan.ts'
import { scannerOf, type Scanner } from './runtime/scanner.ts'

type EventFunction<T> = (here: unknown, record: unknown, levels: unknown, child: string, context: CallContext) => T
type Elements = (root: unknown) => readonly (readonly [element: unknown, levels: unknown])[]

interface Generated {
  readonly recognise: (record: object, context: CallContext) => number
  readonly roots: readonly ((record: unknown) => unknown)[]
  readonly elements: readonly (Elements | undefined)[]
  readonly secrets: readonly (((root: unknown, record: unknown) => boolean) | undefined)[]
  readonly views: readonly EventFunction<EventView>[]
  readonly lines?: readonly EventFunction<string>[]
  readonly tests?: readonly EventFunction<boolean>[]
}

const noLevels = {}
const noKeys: RecordKeys = { low: 0, high: 0, key: '', before: undefined, passed: [] }

/**
 * Code generated at build time, over what the scanner reads of a record, or `JSON.parse` where it does not take it. A record that
 * plain objects cannot do justice to goes through the interpreter, and so does one that is not proper JSON or holds secrets: those
 * are few, and it is the same event either way.
 */
export async function fastEngine(call: Call, filter: Filter | undefined, reference: Engine): Promise<Engine> {
  const generated = await load(call, filter)
  const { prepared, dialect } = call
  const fresh = {
    mode: 'utf8',
    hashMode: 'utf8',
    width: 3,
    clean: false,
    hard: true,
    quoted: true,
    equals: true,
    bytes: Buffer.alloc(0),
    keys: noKeys,
    primary: undefined,
    severity: 'low',
    time: undefined,
  } as const
  const context: CallContext = { ...fresh, cap: dialect.cap, prepared }
  const fallbacks = new Map<string, number>()
  const giveUp = (reason: string, bytes: Buffer, out: Output, strict: boolean): Outcome => {
    fallbacks.set(reason, (fallbacks.get(reason) ?? 0) + 1)
    return reference.record(bytes, out, strict)
  }
  const scan = scanOf()
  const read = readOf()
  const scanner = scannerOf() as Scanner
  const convert = converter(generated, call, context)
  return {
    fallbacks,
    record(bytes, out, strict = false) {
      const held = read(bytes)
      const bits = held < 0 ? scan(bytes) : held
      if ((bits & unfit) !== 0) return giveUp(unfitReason(bits), bytes, out, strict)
      // UTF-8 bytes may stand in a string one a character, for nothing looks beyond ASCII, as long as no `\u` escape mixes
      // characters in. That halves the memory and saves decoding and encoding.
      const mode = (bits & found.unicodeEscape) === 0 ? 'latin1' : 'utf8'
      context.mode = mode
      context.hashMode = (bits & found.beyondAscii) === 0 ? 'utf8' : mode
      context.width = mode === 'latin1' ? 1 : 3
      context.clean = (bits & (found.hard | found.quoted | found.equals)) === 0
      context.hard = (bits & found.hard) !== 0
      context.quoted = (bits & found.quoted) !== 0
      context.equals = (bits & found.equals) !== 0
      context.bytes = bytes
      const text = bytes.toString(mode)
      // The scan looks for the plain spellings only.
      if (mode === 'utf8' && maySign(text)) return giveUp('may-hold-secret', bytes, out, strict)
      const mark = out.size
      try {
        const record: unknown = held < 0 ? parsed(text) : opened(scanner, text)
        return convert(record, text, out) ?? giveUp('not-recognised', bytes, out, strict)
      } catch (error) {
        out.back(mark)
        return giveUp(reasonOf(error), bytes, out, strict)
      }
    },
  }
}

function parsed(text: string): unknown {
  otherTexts()
  return JSON.parse(text)
}

/** Anything but these two is a fault of ours: counted under a name of its own, and the record is converted all the same. */
function reasonOf(error: unknown): string {
  if (error instanceof Fallback) return error.reason
  return error instanceof SyntaxError ? 'not-json' : 'fault'
}

const unfit = found.notUtf8 | found.maySign | found.oddNumber | found.deep

function unfitReason(bits: number): string {
  if (bits & found.notUtf8) return 'not-utf8'
  if (bits & found.maySign) return 'may-hold-secret'
  return bits & found.oddNumber ? 'number' : 'nested'
}

function converter(
  generated: Generated,
  call: Call,
  context: CallContext,
): (record: unknown, text: string, out: Output) => Outcome | undefined {
  const { recognise, roots, elements, secrets } = generated
  const types = call.candidates.map((c) => c.type.id)
  return (record, text, out) => {
    if (typeof record !== 'object' || record === null || Array.isArray(record)) return undefined
    const at = recognise(record, context)
    if (at < 0) return undefined
    const root = (roots[at] as (r: unknown) => unknown)(record)
    if (secrets[at]?.(root, record)) throw secretFallback
    const type = types[at] as string
    const list = elements[at]?.(root)
    if (list === undefined)
      return printEvent(at, root, record, noLevels, '', text, out)
        ? { type, events: 1, dropped: 0 }
        : { type, events: 0, dropped: 1 }
    let kept = 0
    list.forEach(([element, levels], i) => {
      if (printEvent(at, element, record, levels, String(i), text, out)) kept++
    })
    return { type, events: kept, dropped: list.length - kept }
  }

  /** False where the filter drops the event. */
  function printEvent(
    at: number,
    here: unknown,
    record: unknown,
    levels: unknown,
    child: string,
    text: string,
    out: Output,
  ): boolean {
    context.primary = undefined
    if (generated.tests && !(generated.tests[at] as EventFunction<boolean>)(here, record, levels, child, context))
      return false
    const line = generated.lines?.[at]
    out.line(
      line
        ? withPrefix(line(here, record, levels, child, context), at)
        : viewLine(at, here, record, levels, child, text),
      context.mode,
    )
    return true
  }

  function withPrefix(line: string, at: number): string {
    if (call.prefix === undefined) return line
    const time = context.time === undefined ? undefined : Number(context.time)
    return inMode(call.prefix(context.severity, time, types[at] as string), context.mode) + line
  }

  function viewLine(at: number, here: unknown, record: unknown, levels: unknown, child: string, text: string): string {
    const view = (generated.views[at] as EventFunction<EventView>)(here, record, levels, child, context)
    const line = call.dialect.encode(
      view,
      trimmed(text, context.bytes),
      call.candidates[at] as Call['candidates'][number],
      context.mode,
    )
    return inMode(prefixOf(view, call), context.mode) + line
  }
}

/** Without spaces around it: what `raw+` and `hec` print. */
function trimmed(text: string, bytes: Buffer): string {
  const [from, to] = lineOf(bytes)
  return from === 0 && to === bytes.length ? text : text.replace(/^[ \t]+|[ \t]+$/g, '')
}

/** A text of ours in the form of the record's: one character a byte in `latin1`. */
const inMode = (text: string, mode: TextMode): string =>
  mode === 'utf8' || !/[^\0-\x7f]/.test(text) ? text : Buffer.from(text).toString('latin1')

async function load(call: Call, filter: Filter | undefined): Promise<Generated> {
  const shape = await import('./generated/recognise.js')
  const lines = call.dialect.format === 'cef' ? (await import('./generated/cef.js')).functions : undefined
  // A filter over what no single field tells, and every other format, read the event's view.
  const views = lines ? [] : (await import('./generated/view.js')).functions
  const tests = filter && (await filterTests(call, filter))
  return { ...shape, views, ...(lines && { lines }), ...(tests && { tests }) }
}

interface Event {
  here: unknown
  record: unknown
  levels: unknown
  child: string
  context: CallContext
}

/** The filter for each shape, over functions of the fields that it names. */
async function filterTests(call: Call, filter: Filter): Promise<EventFunction<boolean>[]> {
  const { functions } = await import('./generated/fields.js')
  const views = /"related\./.test(JSON.stringify(filter)) ? (await import('./generated/view.js')).functions : []
  const event: Event = { here: undefined, record: undefined, levels: undefined, child: '', context: undefined as never }
  return call.candidates.map(({ type }, at) => {
    const reader: Reader<Event> = (field) => {
      if (field === 'type') return () => type.id
      if (field.startsWith('related.'))
        return ({ here, record, levels, child, context }) =>
          (views[at] as EventFunction<EventView>)(here, record, levels, child, context).fields.get(field)
      const read = functions[at]?.[field]
      return read
        ? ({ here, record, levels, child, context }) => read(here, record, levels, child, context)
        : () => undefined
    }
    const keeps = compileTests(filter, reader)
    return (here, record, levels, child, context) => {
      event.here = here
      event.record = record
      event.levels = levels
      event.child = child
      event.context = context
      return keeps(event)
    }
  })
}
