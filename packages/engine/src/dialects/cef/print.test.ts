import { isProblem, readCef } from '@siembridge/formats'
import { expect, test } from 'vitest'
import { cefWhole } from './print.ts'

const head = 'CEF:0|Microsoft|Contoso|1|a|b|3|'

test.for([
  ['time and columns', ' rt=1', ' act=x', ['rt', 'act', 'flexString2', 'flexString2Label']],
  ['a time alone', ' rt=1', '', ['rt', 'flexString2', 'flexString2Label']],
  ['columns alone', '', ' act=x', ['act', 'flexString2', 'flexString2Label']],
  ['neither', '', '', ['flexString2', 'flexString2Label']],
] as const)('a line with %s has an extension that a strict reader takes', ([, time, columns, keys]) => {
  const read = readCef(cefWhole(head, time.slice(time === '' ? 0 : 1), columns, 'id', 0, 'latin1'))
  expect(isProblem(read) ? read : Object.keys(read.extensions)).toEqual(keys)
})
