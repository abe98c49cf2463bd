import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { qradarFolder, qradarGoldens } from './qradar.ts'

const files = qradarGoldens()

test('there is a golden file for every log type and no other', () => {
  expect(readdirSync(qradarFolder).toSorted()).toEqual([...files.keys()].toSorted())
})

test.for([...files])('%s is as committed (npm run golden rewrites it)', ([name, text]) => {
  expect(text).toBe(readFileSync(qradarFolder + name, 'utf8'))
})
