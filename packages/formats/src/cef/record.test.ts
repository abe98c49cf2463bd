import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostile } from '../hostile.test.ts'
import { cefRecord } from './record.ts'

const body = 'CEF:0|Microsoft|ATA|1.9.0.0|DnsReconnaissanceSuspiciousActivity|Reconnaissance using DNS|5|'

test.for([
  ['bare', ''],
  ['RFC 3164', '<13>Feb  3 04:05:06 center '],
  [
    'RFC 5424 without structured data, with a byte order mark',
    '<36>1 2018-12-12T16:53:22.925757+00:00 CENTER ATA 5300 X \ufeff',
  ],
  ['a time alone', '2017-11-22T17:50:04.000Z '],
])('a line is framed with any header before it: %s', ([, header]) => {
  const record = cefRecord(
    `${header}${body}start=2018-12-12T17:52:58.4Z app=Dns cnt= cs1Label=url cs1=https\\://center/x msg=a=b c`,
  )
  expect(JSON.parse(record ?? '')).toEqual({
    cef: {
      vendor: 'Microsoft',
      product: 'ATA',
      deviceVersion: '1.9.0.0',
      classId: 'DnsReconnaissanceSuspiciousActivity',
      name: 'Reconnaissance using DNS',
      severity: '5',
      ext: {
        start: '2018-12-12T17:52:58.4Z',
        app: 'Dns',
        cnt: '',
        cs1Label: 'url',
        cs1: 'https://center/x',
        msg: 'a=b c',
      },
    },
  })
})

test('a header that lost its beginning, as Defender for Identity publishes it, is understood', () => {
  const line =
    '02-21-2018 16:19:35 Auth.Warning 192.0.2.220 1 2018-02-21T14:19:27.5+00:00 CENTER CEF 6076 XSecurityAlert \ufeff|Microsoft|Azure ATP|2.22.4228.22540|XSecurityAlert|Reconnaissance|5|start=2018-02-21T14:19:02.6Z app=Kerberos'
  expect(JSON.parse(cefRecord(line) ?? '{}')).toMatchObject({ cef: { product: 'Azure ATP', ext: { app: 'Kerberos' } } })
})

test.for(['', 'hello world', '{"a":"CEF:0|"}', 'CEF:0|a|b|c', 'CEF and | pipes |'])('%j is no CEF', (line) => {
  expect(cefRecord(line)).toBeUndefined()
})

test('never throws, and what it gives is JSON on one line', () => {
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      const record = cefRecord(`${a}${body}${b}`)
      if (record !== undefined) expect(JSON.parse(record)).toHaveProperty('cef.vendor', 'Microsoft')
      expect(record ?? '').not.toMatch(/[\r\n]/)
    }),
  )
})
