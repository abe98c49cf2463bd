import { describe, expect, test } from 'vitest'
import { compareRevisions } from './fence.ts'

describe('the fence', () => {
  test.each([
    ['2026-03-02T08:00:00.1234567Z', '2026-03-02T08:00:00.1234568Z', 'newer'],
    ['2026-03-02T08:00:00.2Z', '2026-03-02T08:00:00.19Z', 'older'],
    ['2026-03-02T08:00:00Z', '2026-03-02T08:00:00.000Z', 'same'],
    ['2026-03-02T08:00:00Z', '2026-03-02T09:00:00+01:00', 'same'],
    ['active', 'active', 'same'],
  ] as const)('%s, then %s is %s', (applied, next, order) => {
    expect(compareRevisions({ text: applied }, { text: next })).toBe(order)
  })

  test('revisions that are no times go by the time of their record, and by arrival', () => {
    expect(compareRevisions({ text: 'a', timeMs: 5 }, { text: 'b', timeMs: 4 })).toBe('older')
    expect(compareRevisions({ text: 'a', timeMs: 5 }, { text: 'b', timeMs: 5 })).toBe('newer')
    expect(compareRevisions({ text: 'a' }, { text: 'b' })).toBe('newer')
  })
})
