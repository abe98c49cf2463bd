import type { Prepared } from '../interpret/prepared.ts'
import { expressionsOf } from '../interpret/normalise.ts'
import type { Candidate } from '../interpret/recognise.ts'
import { cefSeverity } from '../dialects/cef/fields.ts'
import { type CefItem, cefPlan } from '../dialects/cef/plan.ts'
import { asList, compileTyped, firstOf, type Wanted } from './expression.ts'
import { eventCode, originsOf, parameters } from './event.ts'
import { FunctionWriter, type ModuleWriter } from './function.ts'

const quote = JSON.stringify

/** A function from one event to its CEF line, or undefined for types with entities, which print from their view. */
export function cefFunction(candidate: Candidate, prepared: Prepared, module: ModuleWriter): string | undefined {
  const { type } = candidate
  if (type.entities) return undefined
  const fn = new FunctionWriter(module, originsOf(candidate))
  const event = eventCode(candidate, prepared, fn)
  fn.statement("let s = ''")
  if (event.category !== undefined) append(fn, fn.local(event.category), (v) => `cefText('cat', ${v}, 1023, c.mode)`)
  for (const item of cefPlan(type, prepared)) printItem(item, candidate, prepared, fn)
  const time = fn.local(firstOf(compileTyped(type.time, 'ms', fn)))
  const severity = fn.module.constant('T', quote(cefSeverity))
  fn.statement(`c.severity = ${event.severity}`)
  fn.statement(`c.timeMs = ${time} === undefined ? undefined : +${time}`)
  const head = `cefHead(${quote(type.product)}, ${type.version}, ${event.signatureId}, ${event.signatureName}, ${severity}[c.severity], c.mode)`
  fn.statement(`return cefWhole(${head}, ${time} === undefined ? '' : 'rt=' + ${time}, s, ${event.eventId}, c.cap, c.mode)`)
  return `(${parameters}) => {\n${fn.body()}\n}`
}

function append(fn: FunctionWriter, variable: string, call: (v: string) => string): void {
  fn.statement(`if (${variable} !== undefined) s += ${call(variable)}`)
}

function printItem(item: CefItem, candidate: Candidate, prepared: Prepared, fn: FunctionWriter): void {
  const { key, label, max } = item
  if (item.as === 'list') {
    const expr = expressionsOf(candidate)[item.field]
    if (expr === undefined) return
    const values = fn.local(`unique(${asList(compileTyped(expr, typeOf(item, prepared), fn))})`)
    fn.statement(`if (${values}.length > 0) s += cefList(${quote(key)}, ${quote(label)}, ${values}, ${max}, c.mode)`)
    return
  }
  const value = fieldCode(item, candidate, prepared, fn)
  if (value !== undefined) append(fn, value, (v) => printing(item, v))
}

function printing({ as, key, label, max }: CefItem, v: string): string {
  if (as === 'externalId') return `cefExternalId(${v}, c.mode)`
  if (as === 'direction') return `cefDirection(${v})`
  if (as === 'address') return `cefAddress(${quote(key)}, ${v})`
  if (as === 'number' || as === 'time') return `cefNumber(${quote(key)}, ${quote(label) ?? 'undefined'}, ${v})`
  return label === undefined ? `cefText(${quote(key)}, ${v}, ${max}, c.mode)` : `cefLabelled(${quote(key)}, ${quote(label)}, ${v}, ${max}, c.mode)`
}

const typeOf = ({ field, as }: CefItem, prepared: Prepared): Wanted => (as === 'time' ? 'ms' : (prepared.dictionary.get(field)?.type ?? 'keyword'))

/** Variable with the first value of a field, own or derived; undefined where this shape never has it. */
function fieldCode(item: CefItem, candidate: Candidate, prepared: Prepared, fn: FunctionWriter): string | undefined {
  const expr = expressionsOf(candidate)[item.field]
  const own = expr === undefined ? undefined : firstOf(compileTyped(expr, typeOf(item, prepared), fn))
  const derived = prepared.dictionary.get(item.field)?.derived
  const from = derived && expressionsOf(candidate)[derived.from]
  if (!derived || from === undefined) return own === undefined ? undefined : fn.local(own)
  const source = fn.local(firstOf(compileTyped(from, prepared.dictionary.get(derived.from)?.type ?? 'keyword', fn)))
  const computed = `(${source} === undefined ? undefined : filled(derivations[${quote(derived.by)}](${source})))`
  return fn.local(own === undefined ? computed : `${own} ?? ${computed}`)
}
