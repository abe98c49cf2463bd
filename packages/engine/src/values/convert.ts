import type { FieldType } from '@siembridge/catalog'
import { addressOf, portOf } from './address.ts'
import { booleanOf, floatOf, longOf } from './scalar.ts'
import { timeIso } from './time.ts'

/** Text of a record to canonical text of a field's type; undefined where the text is no such value. */
export const converters: Readonly<Record<Exclude<FieldType, 'object'>, (text: string) => string | undefined>> = {
  keyword: (text) => text,
  text: (text) => text,
  long: longOf,
  float: floatOf,
  boolean: booleanOf,
  date: timeIso,
  ip: addressOf,
  port: portOf,
}
