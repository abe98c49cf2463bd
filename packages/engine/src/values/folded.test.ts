import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Folded } from './folded.ts'

const rows = ['ab', 'ba', 'Admin', 'MICROSOFT.COMPUTE/WRITE', 'microsoft.compute/read', ''].map(
  (key, at) => [key, at] as const,
)
// Of few letters, so that many fall into the same place.
const asked = fc.array(
  fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B', '\u00e9'), maxLength: 5 }),
    fc.constantFrom(...rows.map(([key]) => key), 'x'.repeat(200)),
  ),
  { maxLength: 60 },
)

test('a table says the same of a text whenever it is asked', () => {
  const table = new Folded(rows, (lower) => (lower.startsWith('a') ? -1 : undefined))
  const lower = (text: string): string => text.replace(/[A-Z]/g, (c) => c.toLowerCase())
  fc.assert(
    fc.property(asked, (texts) => {
      for (const text of texts) {
        const row = rows.find(([key]) => lower(key) === lower(text))?.[1]
        expect(table.get(text), text).toBe(row ?? (/^a/i.test(text) ? -1 : undefined))
      }
    }),
    { numRuns: 500 },
  )
})
