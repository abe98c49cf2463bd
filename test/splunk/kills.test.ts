import { repeatWindow } from '@siembridge/splunk/modular-input'
import { expect, test } from 'vitest'
import { judge } from './kills.ts'
import { builtPackage } from './site.ts'

test(
  'nothing is lost or doubled through kills, crashes, restarts and pipes that break or block',
  { timeout: 180_000 },
  async () => {
    const verdict = await judge(builtPackage(), 10, 9)
    expect(verdict).toMatchObject({ lost: [], doubled: 0, settledAndRepeated: 0 })
    expect(verdict.due).toBeGreaterThan(200)
    expect(verdict.mostRepeatedBytes).toBeLessThanOrEqual(repeatWindow)
  },
)
