import { cefKeys } from '@siembridge/formats'
import type { CefItem } from '@siembridge/engine/plans'
import type { Expr, FieldType } from '@siembridge/catalog'
import { constant, type PlannedMapping } from '../column.ts'
import { printExpression } from './expression.ts'
import { Inexpressible, type Printed } from './printed.ts'

const four = '"^([0-9.]+)$"'
const six = '"^([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)$"'
const sixth: Readonly<Record<string, readonly [field: string, label: string]>> = {
  src: ['deviceCustomIPv6Address2', 'Source IPv6 Address'],
  dst: ['deviceCustomIPv6Address3', 'Destination IPv6 Address'],
  dvc: ['deviceCustomIPv6Address1', 'Device IPv6 Address'],
}

const mapping = (field: string, from: string, { tokens }: Printed, expression: string): PlannedMapping => ({
  field,
  from,
  tokens,
  expression,
})

/** One column of CEF out of Microsoft's record. Throws Inexpressible. */
export function rawColumn(item: CefItem, expr: Expr, type: FieldType, root: string): readonly PlannedMapping[] {
  if (type === 'object') throw new Inexpressible('it is a container')
  if (type === 'date')
    throw new Inexpressible('SimpleDateFormat counts the seven digits of its fraction as milliseconds')
  const printed = printExpression(expr, root)
  const mappings = valueOf(item, printed)
  const field = mappings[0]?.field
  return item.label === undefined || field === undefined
    ? mappings
    : [...mappings, constant(`${field}Label`, item.label, item.field)]
}

function valueOf({ key, as, field: from }: CefItem, printed: Printed): readonly PlannedMapping[] {
  const { field = key, type } = cefKeys[key] ?? {}
  const { expression } = printed
  if (as === 'time') throw new Inexpressible('times are texts that SimpleDateFormat misreads')
  if (as === 'address') return addresses(key, field, from, printed)
  if (as === 'externalId') return identifiers(field, from, printed)
  if (as === 'direction') return [mapping(field, from, printed, directionOf(expression))]
  if (type === 'float') throw new Inexpressible('no published parser has a type of token for floating point')
  if (type === 'long') return [mapping(field, from, printed, `__safeToLong(${expression})`)]
  if (type === 'integer') return [mapping(field, from, printed, `__safeToInteger(${expression})`)]
  return [mapping(field, from, printed, expression)]
}

const directionOf = (expression: string): string =>
  `__safeToInteger(__simpleMap(__toLowerCase(${expression}),"inbound=0","ingress=0","outbound=1","egress=1"))`

function addresses(key: string, field: string, from: string, printed: Printed): readonly PlannedMapping[] {
  const of = (family: string): string => `__oneOfAddress(__regexToken(${printed.expression},${family}))`
  const own = sixth[key]
  const v4 = mapping(field, from, printed, of(four))
  return own ? [v4, mapping(own[0], from, printed, of(six)), constant(`${own[0]}Label`, own[1], from)] : [v4]
}

/** externalId holds 40 characters: of a longer id its last GUID goes there, and all of it to the sixth custom text. */
function identifiers(field: string, from: string, printed: Printed): readonly PlannedMapping[] {
  const of = (pattern: string): string => `__regexToken(${printed.expression},"${pattern}")`
  const guid = '[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}'
  return [
    mapping(field, from, printed, `__oneOf(${of('^(.{1,40})$')},${of(`^.{5,}(${guid})$`)})`),
    mapping('deviceCustomString6', from, printed, of('^(.{41,4000})$')),
    constant('deviceCustomString6Label', 'recordId', from),
  ]
}
