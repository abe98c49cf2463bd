import { capOf } from './dialects/caps.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { elements, recognise, roots, secrets, types } from './generated/recognise.js'
import type { Interpreter } from './interpreter.ts'
import { interpreter } from './late.ts'
import type { LineSink } from './output.ts'
import { cefPrint, type EventFunction, type Print, readAgain, viewPrint } from './printing.ts'
import type { Outcome } from './reference-engine.ts'
import type { CallContext } from './runtime/event.ts'
import { escapedKeyFallback, Fallback, hasEscapedKey, secretFallback } from './runtime/fallback.ts'
import { freshContext, readContext, unfit } from './runtime/context.ts'
import { opened, otherTexts } from './runtime/parts.ts'
import { found, readOf, scanOf } from './runtime/scan.ts'
import { scannerOf, type Scanner } from './runtime/scanner.ts'
import { maySign } from './values/signatures.ts'

interface Generated {
  readonly print: Print
  /** Whether the filter keeps an event, by shape. */
  readonly tests: readonly EventFunction<boolean>[] | undefined
  readonly prepared: CallContext['prepared']
}

const noLevels = {}

/**
 * Code generated at build time, over what the scanner reads of a record, or `JSON.parse` where it does not take it. A record that
 * plain objects cannot do justice to goes through the interpreter, and so does one that is not proper JSON or holds secrets: those
 * are few, and it is the same event either way.
 */
export async function fastEngine(options: EngineOptions): Promise<Engine> {
  let made: Interpreter | undefined
  const late = (): Interpreter => (made ??= interpreter().interpreterOf(options))
  const generated = await load(options, late)
  const context = freshContext(capOf(options.to, options.maxBytes), generated.prepared)
  const fallbacks = new Map<string, number>()
  const giveUp = (reason: string, bytes: Buffer, out: LineSink, strict: boolean, tenant: string): Outcome => {
    fallbacks.set(reason, (fallbacks.get(reason) ?? 0) + 1)
    return late().engine.record(bytes, out, strict, tenant)
  }
  const scan = scanOf()
  const read = readOf()
  const scanner = scannerOf() as Scanner
  const convert = converter(generated, context)
  const engine: Engine = {
    fallbacks,
    record(bytes, out, strict = false, tenant = '') {
      const held = read(bytes)
      const bits = held < 0 ? scan(bytes) : held
      if ((bits & unfit) !== 0) return giveUp(unfitReason(bits), bytes, out, strict, tenant)
      readContext(context, bits, bytes, tenant)
      const { mode } = context
      const text = bytes.toString(mode)
      // The scan looks for the plain spellings only.
      if (mode === 'utf8' && maySign(text)) return giveUp('may-hold-secret', bytes, out, strict, tenant)
      const mark = out.size
      try {
        const record: unknown = held < 0 ? parsed(text) : opened(scanner, text)
        return convert(record, text, out) ?? giveUp('not-recognised', bytes, out, strict, tenant)
      } catch (error) {
        out.back(mark)
        if (error === readAgain) return engine.record(bytes, out, strict, tenant)
        return giveUp(reasonOf(error), bytes, out, strict, tenant)
      }
    },
  }
  return engine
}

function parsed(text: string): unknown {
  if (hasEscapedKey(text)) throw escapedKeyFallback
  otherTexts()
  return JSON.parse(text)
}

/** Anything but these two is a fault of ours: counted under a name of its own, and the record is converted all the same. */
function reasonOf(error: unknown): string {
  if (error instanceof Fallback) return error.reason
  return error instanceof SyntaxError ? 'not-json' : 'fault'
}

function unfitReason(bits: number): string {
  if (bits & found.notUtf8) return 'not-utf8'
  if (bits & found.maySign) return 'may-hold-secret'
  return bits & found.oddNumber ? 'number' : 'nested'
}

function converter(
  { print, tests }: Generated,
  context: CallContext,
): (record: unknown, text: string, out: LineSink) => Outcome | undefined {
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
    out: LineSink,
  ): boolean {
    context.primary = undefined
    if (tests && !(tests[at] as EventFunction<boolean>)(here, record, levels, child, context)) return false
    out.line(print(at, here, record, levels, child, text, context), context.mode)
    return true
  }
}

/** Only CEF without a filter needs nothing of the catalog. */
async function load(options: EngineOptions, late: () => Interpreter): Promise<Generated> {
  const print = options.to === 'cef' ? cefPrint(options.prefix) : await viewPrint(late().call)
  if (options.to === 'cef' && options.filter === undefined) return { print, tests: undefined, prepared: none }
  const { filterTests } = await import('./filter-tests.ts')
  return { print, tests: await filterTests(late()), prepared: late().call.prepared }
}

const none = { derived: [], related: [] }
