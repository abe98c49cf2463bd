import fc from 'fast-check'
import * as net from 'node:net'
import { test } from 'vitest'
import { isIPv4, isIPv6 } from './ip.ts'

const agrees = (text: string): boolean => isIPv4(text) === net.isIPv4(text) && isIPv6(text) === net.isIPv6(text)

// Pieces of addresses in any order: most are no address, but nearly one.
const piece = fc.constantFrom(
  ':',
  ':',
  '::',
  '.',
  '0',
  '1',
  'ab',
  'FFFF',
  '12345',
  '255',
  '256',
  '01',
  '%',
  'eth0',
  'g',
  '-',
)

test('what node:net takes for an address, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 18 }), (pieces) => agrees(pieces.join(''))),
    { numRuns: 20_000 },
  )
  fc.assert(
    fc.property(
      fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4Extended(), fc.string()),
      fc.nat(),
      piece,
      (text, place, more) => {
        const at = place % (text.length + 1)
        return [text, text.slice(0, at) + more + text.slice(at), text.slice(0, at) + text.slice(at + 1)].every(agrees)
      },
    ),
    { numRuns: 5000 },
  )
})

test.each([
  '::',
  '1::',
  '::1',
  ':::',
  '1:::2',
  '1:2:3:4:5:6:7::',
  '1:2:3:4:5:6:7:8::',
  '::1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:1.2.3.4',
  '1:2:3:4:5:6:7:1.2.3.4',
  '::1.2.3.4%eth0',
  'fe80::1%a:b',
  '1:',
  ':1',
  '1::2:',
])('%s', (text) => {
  if (!agrees(text)) throw new Error(`node:net says otherwise: ${text}`)
})
