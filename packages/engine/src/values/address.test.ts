import fc from 'fast-check'
import { isIP } from 'node:net'
import { expect, test } from 'vitest'
import { addressOf, portOf } from './address.ts'

// Every form that the Office 365 schema and the resource logs are seen to use.
test.for<[string, string | undefined, string | undefined]>([
  ['10.1.2.3', '10.1.2.3', undefined],
  ['10.1.2.3:54321', '10.1.2.3', '54321'],
  ['[10.1.2.3]', '10.1.2.3', undefined],
  ['[10.1.2.3]:54321', '10.1.2.3', '54321'],
  ['2001:db8::1', '2001:db8::1', undefined],
  ['2001:DB8::A', '2001:db8::a', undefined],
  ['[2001:db8::1]', '2001:db8::1', undefined],
  ['[2001:db8::1]:54321', '2001:db8::1', '54321'],
  ['::ffff:10.1.2.3', '10.1.2.3', undefined],
  ['[::ffff:10.1.2.3]:54321', '10.1.2.3', '54321'],
  ['127.0.0.0/8', '127.0.0.0', undefined],
  ['fe80::1%eth0', 'fe80::1', undefined],
  ['localhost', undefined, undefined],
  ['[localhost]:123', undefined, '123'],
  ['client.local:123', undefined, '123'],
  ['NAME (10.900.0.1)', undefined, undefined],
  ['NAME (10.1.2.3)', undefined, undefined],
  ['123.456.7.89', undefined, undefined],
  ['<null>', undefined, undefined],
  ['', undefined, undefined],
  ['10.1.2.3:99999', '10.1.2.3', undefined],
])('%s', ([text, address, port]) => {
  expect(addressOf(text)).toBe(address)
  expect(portOf(text)).toBe(port)
})

test('what comes out is an address, or nothing', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.ipV4Extended()),
      (text) => isIP(addressOf(text) ?? '::') > 0,
    ),
  )
})
