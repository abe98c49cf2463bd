import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { goldenFolder, goldens } from './golden.ts'

const files = await goldens()

test('there is a golden file for every log type and no other', () => {
  expect(readdirSync(goldenFolder).toSorted()).toEqual([...files.keys()].toSorted())
})

test.for([...files])('%s is as committed (npm run golden rewrites it)', ([name, text]) => {
  expect(text).toBe(readFileSync(goldenFolder + name, 'utf8'))
})

test('the confusion matrix has nothing off its diagonal', () => {
  for (const line of (files.get('confusion-matrix.txt') ?? '').trimEnd().split('\n')) {
    const [type, taken = ''] = line.split(': ')
    expect(taken, type).toMatch(new RegExp(`^\\d+ as ${type}$`))
  }
})
