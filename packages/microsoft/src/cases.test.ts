import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

interface Case {
  readonly id: string
  readonly case: string
  readonly tests: readonly (readonly [file: string, test: string])[]
  readonly covered?: string
}

const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8')
const { cases } = JSON.parse(read('../cases.json')) as { cases: readonly Case[] }
const own = (id: string): boolean =>
  /^(graph-11\.(0[1-9]|1[0-8]|25)|azure-(1\.11|10\.1[a-j]|10\.[45]|10\.14))$/.test(id)

describe('the table of edge cases', () => {
  it('has every case once, in order', () => {
    const graph = Array.from({ length: 25 }, (_, at) => `graph-11.${String(at + 1).padStart(2, '0')}`)
    const letters = 'abcdefghij'.split('').map((letter) => `azure-10.1${letter}`)
    const azure = Array.from({ length: 13 }, (_, at) => `azure-10.${at + 2}`)
    expect(cases.map(({ id }) => id)).toEqual([...graph, 'azure-1.11', ...letters, ...azure])
  })

  it.each(cases)('$id is tested where it says', ({ id, tests, covered }) => {
    for (const [file, test] of tests) {
      const titles = [...read(`../../../${file}`).matchAll(/(?:'|"|`)((?:[^'"`\\\n]|\\.|(?<=\w)')+)/g)].map(
        ([, title]) => title ?? '',
      )
      const starts = titles.some((title) => title.replaceAll('\\', '').startsWith(test))
      expect(starts, `${file} has a test "${test}…"`).toBe(true)
    }
    expect(tests.length > 0 || covered !== undefined).toBe(true)
    if (own(id)) expect(tests.length).toBeGreaterThan(0)
  })
})
