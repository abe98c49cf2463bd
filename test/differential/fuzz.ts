import { expect, test } from 'vitest'
import { Random } from '../bench/random.ts'
import { disagreement, filter, type Pair, pairOf, prefix, samples, workload } from './compare.ts'
import { mutate } from './mutate.ts'
import { treeOf } from './tree.ts'

/** CEF half of the time; the other half goes round these. */
const others = (): Promise<Pair>[] => [
  pairOf('cef, filter', { to: 'cef', filter }),
  pairOf('cef, prefix', { to: 'cef', prefix }),
  pairOf('cef of 700 bytes', { to: 'cef', maxBytes: 700 }),
  pairOf('flat', { to: 'flat' }),
  pairOf('raw+, filter', { to: 'raw+', filter }),
  pairOf('hec, prefix', { to: 'hec', prefix }),
  pairOf('ecs, filter', { to: 'ecs', filter }),
  pairOf('leef of 600 bytes', { to: 'leef', maxBytes: 600 }),
  pairOf('mcas-agent', { to: 'mcas-agent' }),
]

/** Tests of one service: a file of their own each, so that they run side by side. */
export function fuzz(service: string, records = 20_000): void {
  test(`${records} changed records of ${service}: both engines agree`, { timeout: 300_000 }, async () => {
    const seeds = [...samples(service).map(({ bytes }) => bytes), ...(await workload(service)).slice(0, 20)]
    const trees = seeds.map((bytes) => treeOf(JSON.parse(bytes.toString('utf8'))))
    expect(trees.length).toBeGreaterThan(0)
    const r = new Random(service.length * 7919 + 20_261_121)
    const cef = await pairOf('cef', { to: 'cef' })
    const pairs = await Promise.all(others())
    const problems: string[] = []
    for (let i = 0; i < records && problems.length < 5; i++) {
      const pair = i % 2 === 0 ? cef : (pairs[(i >> 1) % pairs.length] as Pair)
      const problem = disagreement(
        pair,
        mutate(trees[i % trees.length] as (typeof trees)[number], r),
        r.below(20) === 0,
      )
      if (problem !== undefined) problems.push(problem)
    }
    expect(problems.join('\n\n')).toBe('')
    // Most records must take the generated engine, or there was nothing to compare.
    const fallbacks = [...cef.generated.fallbacks.values()].reduce((a, b) => a + b, 0)
    expect(fallbacks / (records / 2)).toBeLessThan(0.75)
  })
}
