import type { CefLine } from './generated/cef.js'
import { types } from './generated/recognise.js'
import type { EventView } from './interpret/view.ts'
import { cefPrinters } from './late.ts'
import { type LinePrefix, prefixOf } from './prefix.ts'
import type { Call } from './reference-engine.ts'
import { type CallContext, lineOf } from './runtime/event.ts'
import { allNamed } from './runtime/names.ts'
import * as runtime from './runtime/index.ts'
import type { TextMode } from './values/ids.ts'

export type EventFunction<T> = (
  here: unknown,
  record: unknown,
  levels: unknown,
  child: string,
  context: CallContext,
) => T

/** The line of one event of the shape with the number `at`; `text` is the record. */
export type Print = (
  at: number,
  here: unknown,
  record: unknown,
  levels: unknown,
  child: string,
  text: string,
  context: CallContext,
) => string

/** CEF is printed without a view; the functions of a log type are loaded with its first event. */
export function cefPrint(prefix: LinePrefix | undefined): Print {
  const lines: (CefLine | undefined)[] = types.map(() => undefined)
  return (at, here, record, levels, child, _, context) => {
    const line = (lines[at] ?? loadInto(lines, at))(here, record, levels, child, context)
    if (prefix === undefined) return line
    const time = context.time === undefined ? undefined : Number(context.time)
    return inMode(prefix(context.severity, time, types[at] as string), context.mode) + line
  }
}

/** Thrown where the functions of a log type came later than its first record was read: they read members that were passed over. */
export const readAgain = new Error('read again')

function loadInto(lines: (CefLine | undefined)[], at: number): CefLine {
  const printers = cefPrinters(types[at] as string)(runtime)
  for (const [number, print] of Object.entries(printers)) lines[Number(number)] = print
  if (!allNamed()) throw readAgain
  return lines[at] as CefLine
}

/** Every other format prints the event's view. */
export async function viewPrint(call: Call): Promise<Print> {
  const { functions } = await import('./generated/view.js')
  return (at, here, record, levels, child, text, context) => {
    const view = (functions[at] as EventFunction<EventView>)(here, record, levels, child, context)
    const candidate = call.candidates[at] as Call['candidates'][number]
    const line = call.dialect.encode(view, trimmed(text, context.bytes), candidate, context.mode)
    return inMode(prefixOf(view, call.prefix), context.mode) + line
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
