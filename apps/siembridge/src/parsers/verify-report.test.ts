import { expect, test } from 'vitest'
import { VerifyReport } from './verify-report.ts'

const told = (options: { readonly json?: boolean }): string => {
  const report = new VerifyReport(options)
  const problem = { field: 'Evidence', is: 'cut', expected: 'x'.repeat(30_000) } as const
  report.record('a.json', 1, [{ is: 'parsed', fields: {}, problems: [problem], ambiguous: [] }])
  return report.take()
}

test('a long value is shown from its beginning, and says how long it is', () => {
  expect(told({}).length).toBeLessThan(500)
  expect(told({})).toMatch(/Evidence: cut, expected "x{299}… \(30000 characters; --json has all\)/)
})

test('--json has the whole value', () => {
  expect(told({ json: true }).length).toBeGreaterThan(30_000)
})
