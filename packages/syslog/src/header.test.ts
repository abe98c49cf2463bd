import { expect, test } from 'vitest'
import { headerBytes, headerOf } from './header.ts'

const now = () => Date.UTC(2026, 1, 3, 4, 6)

test.for(['rfc3164', 'rfc5424'] as const)(
  '%s: {type} in the host name stands for the log type of each event',
  (form) => {
    const header = headerOf(form, 'bridge-{type}', now)
    expect(header('low', 0, 'entra.sign-in')).toContain(' bridge-entra.sign-in ')
    expect(header('low', 0, 'xdr.alert')).toContain(' bridge-xdr.alert ')
    expect(header('low', 0, 'entra.sign-in')).toBe(
      headerOf(form, 'bridge-entra.sign-in', now)('low', 0, 'entra.sign-in'),
    )
  },
)

test('the longest header counts the longest type', () => {
  const header = headerOf('rfc3164', 'bridge-{type}', now)('informational', 0, 'defender-cloud.posture')
  expect(headerBytes('rfc3164', 'bridge-{type}')).toBeGreaterThanOrEqual(header.length)
})
