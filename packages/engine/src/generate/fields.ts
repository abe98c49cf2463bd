import type { Prepared } from '../interpret/prepared.ts'
import { expressionsOf } from '../interpret/normalise.ts'
import type { Candidate } from '../interpret/recognise.ts'
import { entityFields } from '../dialects/slots.ts'
import { eventCode, originsOf, parameters } from './event.ts'
import { compileTyped, firstOf } from './expression.ts'
import { fieldCode } from './field.ts'
import { FunctionWriter, type ModuleWriter } from './function.ts'

const quote = JSON.stringify

/** An object of functions from one event to the value of one field: what filters read, without a view of the event. */
export function fieldFunctions(candidate: Candidate, prepared: Prepared, module: ModuleWriter): string {
  const has = new Set([...Object.keys(expressionsOf(candidate)), ...entityFields(candidate.type, prepared)])
  const derived = prepared.derived
    .filter(([name, { derived }]) => derived && has.has(derived.from) && !has.has(name))
    .map(([name]) => name)
  const rows = [...has, ...derived].map(
    (field) =>
      [
        field,
        (fn: FunctionWriter) => fieldCode(field, undefined, candidate, prepared, fn)?.code ?? 'undefined',
      ] as const,
  )
  const own: typeof rows = [
    ['severity', (fn) => eventCode(candidate, prepared, fn).severity],
    ['signature', (fn) => eventCode(candidate, prepared, fn).signatureId],
    ['tenant', (fn) => `filled(${eventCode(candidate, prepared, fn).tenant})`],
    ['time', (fn) => firstOf(compileTyped(candidate.type.time, 'date', fn))],
  ]
  const members = [...own, ...rows].map(([name, write]) => `${quote(name)}: ${functionOf(write, candidate, module)}`)
  return `{ ${members.join(', ')} }`
}

/** Shapes of one type read most fields alike, so that they share one function. */
function functionOf(write: (fn: FunctionWriter) => string, candidate: Candidate, module: ModuleWriter): string {
  const fn = new FunctionWriter(module, originsOf(candidate))
  fn.statement(`return ${write(fn)}`)
  return module.constant('F', `(${parameters}) => {\n${fn.body()}\n}`)
}
