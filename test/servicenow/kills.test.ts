import { expect, test } from 'vitest'
import { judge } from './kills.ts'
import { small } from './workload.ts'

test(
  'alerts with repeats, updates, reopenings and a storm, through kills, spoilt writes and 429: every ticket once, at its newest revision, and the journal explains every write',
  { timeout: 180_000 },
  async () => {
    const verdict = await judge({ sizes: small, kills: 5, seed: 7, faulty: 0.02, settleMs: 400, hourMs: 1000 })
    expect(verdict.wrong, verdict.told.join('\n')).toEqual([])
    expect(verdict.folded).toBe(small.storm - small.cap)
    expect(verdict.writes).toBeGreaterThan(verdict.expected)
  },
)
