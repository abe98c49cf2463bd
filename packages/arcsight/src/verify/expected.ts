import { isProblem, readCef, cefKeys } from '@siembridge/formats'
import { eventFields } from '../schema/fields.ts'
import { levelOf } from '../schema/severity.ts'

/** Event field to value, of an event that came as CEF. */
export function eventOfCef(line: string): ReadonlyMap<string, string> {
  const read = readCef(line)
  if (isProblem(read)) throw new Error(`our own CEF cannot be read: ${read.problem}: ${line}`)
  const { vendor, product, deviceVersion, classId, name, severity, extensions } = read
  return new Map([
    ['deviceVendor', vendor],
    ['deviceProduct', product],
    ['deviceVersion', deviceVersion],
    ['deviceEventClassId', classId],
    ['name', name],
    ['agentSeverity', levelOf(Number(severity))],
    // A connector that reads CEF takes the header's severity for the device's own.
    ['deviceSeverity', String(severity)],
    ...Object.entries(extensions).map(([key, value]): [string, string] => [cefKeys[key]?.field ?? key, value]),
  ])
}

/** Columns for which no published parser has a type of token. The flat form's parsers carry them as additional data. */
export const isFloat = (field: string): boolean =>
  eventFields.get(field)?.type === 'Float' || eventFields.get(field.replace(/Label$/, ''))?.type === 'Float'
