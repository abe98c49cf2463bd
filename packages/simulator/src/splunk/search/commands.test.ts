import { expect, test } from 'vitest'
import { runSearch } from './commands.ts'

const rows = [
  { _time: '30', _raw: 'c', index: 'main', sourcetype: 'b', source: 'y' },
  { _time: '20', _raw: 'b', index: 'main', sourcetype: 'a', source: 'x' },
  { _time: '10', _raw: 'a', index: 'main', sourcetype: 'a', source: 'x' },
  { _time: '40', _raw: 'd', index: 'other', sourcetype: 'a', source: 'x' },
]

test('tstats begins a search: it aggregates what its terms find', () => {
  const search =
    '| tstats max(_time) as last where index=main (sourcetype="a" OR sourcetype="b") by index, sourcetype, source'
  expect(runSearch(search, rows).rows).toEqual([
    { index: 'main', sourcetype: 'b', source: 'y', last: '30' },
    { index: 'main', sourcetype: 'a', source: 'x', last: '20' },
  ])
})

test('what follows a pipe goes on with its rows', () => {
  const { rows: found } = runSearch('| tstats count where index=* by sourcetype | search sourcetype=b | head 1', rows)
  expect(found).toEqual([{ sourcetype: 'b', count: '1' }])
})
