import { expect, test } from 'vitest'
import { type Scheme, schemes } from '../schemes.ts'
import { readParameters } from './parameters.ts'

const now = Date.UTC(2026, 1, 15)
const scheme = schemes[0] as Scheme
const read = (params: Readonly<Record<string, string>>) =>
  readParameters(
    scheme,
    { name: 'siembridge_alerts://a', app: 'search', params: { account: 'contoso', ...params } },
    now,
  )

test('an index and a host that Splunk has yet to decide on are left to it', () => {
  expect(read({ index: 'default', host: '$decideOnStartup' })).toMatchObject({ index: undefined, host: undefined })
  expect(read({ index: 'security', host: 'cloud' })).toMatchObject({ index: 'security', host: 'cloud' })
})

test.for([
  ['2026-01-31', Date.UTC(2026, 0, 31)],
  ['2026-01-31T12:00:00Z', Date.UTC(2026, 0, 31, 12)],
  ['7d', now - 7 * 86_400_000],
] as const)('start = %s', ([start, sinceMs]) => {
  expect(read({ start }).sinceMs).toBe(sinceMs)
})

test.for([
  [{ start: '2026-02-30T99:00:00Z' }, 'start'],
  [{ start: '31.1.2026' }, 'start'],
  [{ look_every: '10ms' }, 'look_every'],
  [{ account: '' }, 'account'],
  [{ streams: 'alerts,,x' }, 'streams'],
] as const)('%j is refused', ([params, key]) => {
  expect(() => read(params)).toThrow(`${key}: `)
})

test('streams are told with blanks, twice and in any number', () => {
  expect(read({ streams: ' alerts , incidents,alerts,' }).streams).toEqual(['alerts', 'incidents'])
  expect(read({ streams: ' , ' }).streams).toBeUndefined()
})
