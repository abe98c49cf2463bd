import type { Prepared } from '../interpret/prepared.ts'
import type { LogType } from '@siembridge/catalog'
import { cefHeader, cefHeaderMax } from '@siembridge/formats'
import type { Candidate } from '../interpret/recognise.ts'
import { cefSeverity } from '../dialects/cef/fields.ts'
import { type CefItem, cefPlan } from '../dialects/cef/plan.ts'
import { type Code, literal } from './code.ts'
import { compileTyped, firstOf } from './expression.ts'
import { eventCode, originsOf, parameters } from './event.ts'
import { fieldCode } from './field.ts'
import { FunctionWriter, type ModuleWriter } from './function.ts'

const quote = JSON.stringify

/** A function from one event to its CEF line. */
export function cefFunction(candidate: Candidate, prepared: Prepared, module: ModuleWriter): string {
  const { type } = candidate
  const fn = new FunctionWriter(module, originsOf(candidate))
  const event = eventCode(candidate, prepared, fn)
  const time = fn.local(firstOf(compileTyped(type.time, 'ms', fn)))
  fn.statement('const { clean, width, mode } = c')
  fn.statement(`c.time = ${time}`)
  fn.statement("let s = ''")
  if (event.category) printText(fn, event.category, { key: 'cat', max: 1023 })
  for (const item of cefPlan(type, prepared)) printItem(item, candidate, prepared, fn)
  const severity = fn.module.constant('T', quote(cefSeverity))
  fn.statement(`c.severity = ${event.severity}`)
  fn.statement(`const n = ${event.signatureName.code}`)
  const start = quote(`CEF:0|Microsoft|${type.product}|${type.version}|`)
  const { origin } = event.signatureName
  const simple = origin === 'ours' ? 'true' : origin === 'record' ? 'clean' : origin ? 'clean && isBare(n)' : 'false'
  const name = `(${simple} && n.length * width <= ${cefHeaderMax.name} ? n : cefName(n, mode))`
  const head = `${start} + ${plainIds(type) ? event.signatureId : `cefId(${event.signatureId}, mode)`} + '|' + ${name} + '|' + ${severity}[c.severity] + '|'`
  fn.statement(
    `return cefWhole(${head}, ${time} === undefined ? '' : 'rt=' + ${time}, s, ${event.eventId}, c.cap, mode)`,
  )
  return `(${parameters}) => {\n${fn.body()}\n}`
}

/** Ids that go into the header as they are. */
const plainIds = ({ signature }: LogType): boolean =>
  signature.known.every((id) => cefHeader(id) === id && id.length * 3 <= cefHeaderMax.classId)

interface Place {
  readonly key: string
  readonly max: number
  readonly label?: string
}

function printItem(item: CefItem, candidate: Candidate, prepared: Prepared, fn: FunctionWriter): void {
  const value = fieldCode(item.field, item.as === 'time' ? 'ms' : undefined, candidate, prepared, fn)
  if (value === undefined) return
  const { key, label, max } = item
  if (item.as === 'list') {
    const values = fn.local(value.code)
    fn.statement(`if (${values}.length > 0) s += cefList(${quote(key)}, ${quote(label)}, ${values}, ${max}, mode)`)
    return
  }
  const one = { ...value, code: firstOf(value), list: false }
  if (item.as === 'externalId')
    append(fn, one, (v) =>
      addEither(
        value.origin === 'record' || value.origin === 'ours' ? fits(v, 40) : 'false',
        `' externalId=' + ${v}`,
        `cefExternalId(${v}, mode)`,
      ),
    )
  else if (item.as === 'direction') append(fn, one, (v) => add(`cefDirection(${v})`))
  else if (item.as === 'address') append(fn, one, (v) => add(`cefAddress(${quote(key)}, ${v})`))
  else if (item.as === 'number' || item.as === 'time') append(fn, one, (v) => add(whole(item, v)))
  else printText(fn, one, item)
}

const fits = (v: string, max: number): string => `clean && ${v}.length * width <= ${max}`

/** The pair as it stands in the line, where the value needs no change. */
const whole = ({ key, label }: Place, v: string): string =>
  `${quote(` ${key}=`)} + ${v}${label === undefined ? '' : ` + ${quote(` ${key}Label=${label}`)}`}`

/** A value of ours goes out as it is; one of the record too, where the record holds nothing that CEF escapes. */
function printText(fn: FunctionWriter, value: Code, { key, label, max }: Place): void {
  const place = { key, max, ...(label !== undefined && { label }) }
  const end = label === undefined ? '' : ` ${key}Label=${label}`
  const changed = (v: string): string =>
    label === undefined
      ? `cefText(${quote(key)}, ${v}, ${max}, mode)`
      : `cefLabelled(${quote(key)}, ${quote(label)}, ${v}, ${max}, mode)`
  const by = (name: string, v: string): string => `${name}(${quote(` ${key}=`)}, ${v}, ${quote(end)}, ${max}, c)`
  if (value.origin === undefined) append(fn, value, (v) => add(changed(v)))
  else if (value.origin === 'ours' && value.size !== undefined && value.size <= max)
    append(fn, value, (v) => add(whole(place, v)))
  else if (value.origin === 'cut')
    append(fn, value, (v) => addEither(`${fits(v, max)} && isBare(${v})`, whole(place, v), by('cefPieces', v)))
  else append(fn, value, (v) => addEither(fits(v, max), whole(place, v), by('cefRecord', v)))
}

/** Piece by piece: what grows at its end alone is copied into the line at less cost than what was put together aside. */
const add = (pieces: string): string => `s = s + ${pieces}`
const addEither = (test: string, pieces: string, others: string): string =>
  `s = ${test} ? s + ${pieces} : s + ${others}`

function append(fn: FunctionWriter, { code }: Code, print: (v: string) => string): void {
  if (/^"[^]*"$/.test(code) && literal(JSON.parse(code)).origin === 'ours') fn.statement(print(code))
  else {
    const variable = fn.local(code)
    fn.statement(`if (${variable} !== undefined) ${print(variable)}`)
  }
}
