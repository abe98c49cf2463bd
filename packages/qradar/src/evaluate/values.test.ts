import { expect, test } from 'vitest'
import type { LsxField } from '../lsx/grammar.ts'
import { javaNumber } from './keypath-value.ts'
import { fieldValue } from './values.ts'

test.for<[LsxField, string, string | undefined]>([
  ['SourceIp', '192.0.2.1', '192.0.2.1'],
  ['SourceIp', '192.0.2.256', undefined],
  ['SourceIp', '2001:db8::1', undefined],
  ['SourceIpv6', '2001:db8::1', '2001:db8::1'],
  ['SourceIpv6', '192.0.2.1', undefined],
  ['SourceIpv6', '[2001:db8::1]', undefined],
  ['SourcePort', '0', '0'],
  ['SourcePort', '65535', '65535'],
  ['SourcePort', '65536', undefined],
  ['SourcePort', '-1', undefined],
  ['SourcePort', '080', '80'],
  ['SourceMAC', 'a1-b2-c3-d4-e5-f6', 'A1:B2:C3:D4:E5:F6'],
  ['SourceMAC', 'a1b2c3d4e5f6', 'A1:B2:C3:D4:E5:F6'],
  ['SourceMAC', 'a1:b2-c3:d4:e5:f6', undefined],
  ['SourceMAC', 'a1:b2:c3:d4:e5', undefined],
  ['Protocol', 'tcp', 'TCP'],
  ['Protocol', '17', '17'],
  ['Protocol', '256', undefined],
  ['Protocol', 'https', undefined],
  ['UserName', ' any text ', ' any text '],
])('%s takes %j as %j', ([field, text, value]) => expect(fieldValue(field, text)).toBe(value))

// Values of java.lang.Double.toString and Long.toString, as its documentation gives the forms.
test.for<[string, string]>([
  ['1', '1'],
  ['-0', '0'],
  ['123456789012345678', '123456789012345678'],
  ['99999999999999999999', '99999999999999999999'],
  ['1.50', '1.5'],
  ['1.0', '1.0'],
  ['0.0', '0.0'],
  ['0.001', '0.001'],
  ['0.0001', '1.0E-4'],
  ['12345678.5', '1.23456785E7'],
  ['1e3', '1000.0'],
  ['1E22', '1.0E22'],
])('Java prints %s as %s', ([text, printed]) => expect(javaNumber(text)).toBe(printed))
