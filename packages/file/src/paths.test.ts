import { mkdirSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Folder } from '../testing/folder.ts'
import { contextFor, Kept } from '../testing/lane.ts'
import { listOf } from '../testing/parcel.ts'
import { baseOf } from './family.ts'
import { fileSource } from './file-source.ts'
import { patternOf } from './glob.ts'

describe('the name before rotation', () => {
  test.for([
    ['/l/a.json', '/l/a.json'],
    ['/l/a.json.1', '/l/a.json'],
    ['/l/a.json.12.gz', '/l/a.json'],
    ['/l/a.json.gz', '/l/a.json'],
    ['/l/a.json-20260102', '/l/a.json'],
    ['/l/a.json-20260102.gz', '/l/a.json'],
    ['/l/a.json-20260102-1767312000', '/l/a.json'],
    ['/l/a.json.20260102T030405678Z.gz', '/l/a.json'],
    ['/l/export-2026.json', '/l/export-2026.json'],
    ['/l/.1', '/l/.1'],
  ] as const)('of %s is %s', ([path, base]) => expect(baseOf(path)).toBe(base))
})

describe('patterns', () => {
  test.for<[string, string[]]>([
    ['*.json', ['a.json', 'b.json']],
    ['a.js?n', ['a.json']],
    ['[!a].json', ['b.json']],
    ['*/c.json', ['d/c.json']],
    ['**/*.json', ['a.json', 'b.json', 'd/c.json', 'd/e/f.json']],
    ['d/**/f.json', ['d/e/f.json']],
    ['a.json', ['a.json']],
    ['a[1].json', []],
    ['none/*.json', []],
  ])('%s', async ([text, names]) => {
    using folder = new Folder()
    mkdirSync(folder.at('d/e'), { recursive: true })
    for (const name of ['a.json', 'b.json', 'c.txt', 'd/c.json', 'd/e/f.json']) writeFileSync(folder.at(name), '')
    const pattern = patternOf(folder.at(text))
    const found = await pattern.expand()
    expect(found).toEqual(names.map((name) => folder.at(name)))
    for (const path of found) expect(pattern.test(path), path).toBe(true)
    expect(pattern.test(folder.at('c.txt'))).toBe(false)
  })
})

test('check tells which files there are', async () => {
  using folder = new Folder()
  writeFileSync(folder.at('a.json'), '')
  const options = fileSource.options.parse({ paths: [folder.at('*.json'), folder.at('none.json')] })
  const context = contextFor(options, new Kept(), new AbortController().signal)
  expect((await listOf(fileSource.check(context))).map(({ is }) => is)).toEqual(['good', 'warning'])
})
