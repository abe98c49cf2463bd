import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeField } from './merge.ts'

const base = { wanted: 'a', found: 'a' }

describe('three-way merge', () => {
  test.each([
    ['only Microsoft changed', base, 'b', 'a', 'write'],
    ['only the ticket changed', base, 'a', 'b', 'keep'],
    ['nobody changed', base, 'a', 'a', 'same'],
    ['both made the same change', base, 'b', 'b', 'same'],
    ['both changed, differently', base, 'b', 'c', 'conflict-keep'],
    ['a rule of the instance changed what was written', { wanted: 'a', found: 'A' }, 'a', 'A', 'same'],
    ['the same, and Microsoft changed since', { wanted: 'a', found: 'A' }, 'b', 'A', 'write'],
    ['nothing is known, and the field is empty', undefined, 'b', '', 'write'],
    ['nothing is known, and the field is filled in', undefined, 'b', 'c', 'conflict-keep'],
  ] as const)('%s', (_, known, left, right, merged) => {
    expect(mergeField({ base: known, left, right }, 'ticket')).toBe(merged)
  })

  test('what was merged is stable: once written and agreed on, nothing is to be done', () => {
    const text = fc.constantFrom('', 'a', 'b', 'c')
    const policy = fc.constantFrom('microsoft' as const, 'ticket' as const)
    fc.assert(
      fc.property(text, text, text, text, policy, (wanted, found, left, right, wins) => {
        const merged = mergeField({ base: { wanted, found }, left, right }, wins)
        const after = merged === 'write' || merged === 'conflict-write' ? left : right
        expect(mergeField({ base: { wanted: left, found: after }, left, right: after }, wins)).toBe('same')
      }),
    )
  })
})
