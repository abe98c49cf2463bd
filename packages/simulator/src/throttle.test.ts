import { expect, it } from 'vitest'
import { Throttle } from './throttle.ts'

it('lets five audit requests through in ten seconds and tells when the next may come', () => {
  const throttle = new Throttle()
  const at = (seconds: number) => throttle.refuse('auditLogs', 'tenant/app', seconds * 1000)
  expect([0, 1, 2, 3, 4].map(at)).toEqual([undefined, undefined, undefined, undefined, undefined])
  expect(at(4.5)).toBeCloseTo(6.5)
  // Requests that were refused count: six are in the window, and the one at 1 s has to leave it, too.
  expect(at(11.5)).toBeUndefined()
})

it('keeps buckets, tenants and applications apart', () => {
  const throttle = new Throttle({ auditLogs: { requests: 1, seconds: 10 } })
  expect(throttle.refuse('auditLogs', 'a/1', 0)).toBeUndefined()
  expect(throttle.refuse('auditLogs', 'a/2', 0)).toBeUndefined()
  expect(throttle.refuse('security', 'a/1', 0)).toBeUndefined()
  expect(throttle.refuse('auditLogs', 'a/1', 1)).toBeCloseTo(9.999)
})

it('passes everything when switched off', () => {
  const throttle = new Throttle('off')
  const times = Array.from({ length: 10_000 }, () => throttle.refuse('identityProtection', 'a', 0))
  expect(times.every((time) => time === undefined)).toBe(true)
})
