import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { goldenFolder, goldens } from './golden.ts'

const files = goldens()

test('there is a golden file for every log type and knowledge object, and no other', () => {
  expect(readdirSync(goldenFolder).toSorted()).toEqual([...files.keys()].toSorted())
})

test.for([...files])('%s is as committed (npm run golden rewrites it)', ([name, text]) => {
  expect(text).toBe(readFileSync(join(goldenFolder, name), 'utf8'))
})
