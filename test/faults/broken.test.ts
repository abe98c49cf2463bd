import { afterAll, describe, expect, test } from 'vitest'
import { brokenBuilds, loadBroken } from './support/broken.ts'
import { caughtBy } from './support/catch.ts'

describe('each broken build is caught', () => {
  const closing: (() => void)[] = []
  afterAll(() => {
    for (const close of closing) close()
  })

  test.each(brokenBuilds)('$name', async (build) => {
    const { Pipeline, close } = await loadBroken(build)
    closing.push(close)
    expect(await caughtBy(Pipeline, 60)).toBeDefined()
  })

  test('there are ten of them at least', () => expect(brokenBuilds.length).toBeGreaterThanOrEqual(10))
})
