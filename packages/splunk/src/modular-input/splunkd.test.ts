import { networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
import { isThisMachine } from './splunkd.ts'

const own = Object.values(networkInterfaces()).flatMap((all) => all ?? [])

test.for([
  ['https://127.0.0.1:8089', true],
  ['https://127.1.2.3:8089', true],
  ['https://localhost:8089', true],
  ['https://[::1]:8089', true],
  ['https://192.0.2.1:8089', false],
  ['https://localhost.example.com:8089', false],
  ['https://127.0.0.1.example.com:8089', false],
  ['https://[2001:db8::1]:8089', false],
  ['not a URL', false],
] as const)('the certificate at %s need not be a trusted one: %s', ([uri, is]) => {
  expect(isThisMachine(uri)).toBe(is)
})

test('that holds for every address of this machine', () => {
  for (const { address, family } of own)
    expect(isThisMachine(`https://${family === 'IPv6' ? `[${address}]` : address}:8089`)).toBe(true)
})
