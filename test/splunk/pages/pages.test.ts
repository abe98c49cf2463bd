import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { seedOlder } from './older.ts'
import { inOneTheme, scenes } from './scenes.ts'
import { fewInputs, seed } from './seed.ts'
import { around } from './around.ts'
import { nasty } from './nasty.ts'
import { chromiumPath, skipped, Stage } from './stage.ts'
import { states } from './states.ts'

/** Of the browser, in which it is called. */
declare const getComputedStyle: (element: unknown) => { readonly colorScheme: string }

let stage: Stage

describe.skipIf(chromiumPath === undefined)(`pages in Splunk Web${skipped}`, () => {
  beforeAll(async () => {
    stage = await Stage.open(false)
    await seed(stage.site, fewInputs)
    await seedOlder(stage.site)
  }, 120_000)
  afterAll(() => stage.close())

  describe.for(['light', 'dark'] as const)('in the %s theme', (theme) => {
    let page: Page
    beforeAll(async () => {
      page = await stage.signedIn('admin', theme === 'dark')
    })
    afterAll(() => page.context().close())

    test.for(Object.keys(scenes).filter((name) => (inOneTheme[name] ?? theme) === theme))(
      'axe finds nothing serious or critical: %s',
      async (name) => {
        await scenes[name]?.(stage, page)
        expect(await page.locator('body').evaluate((body) => getComputedStyle(body).colorScheme)).toBe(theme)
        expect(await seriousFindings(page)).toEqual([])
      },
    )
  })

  describe('states', () => {
    states(() => stage)
  })
  describe('when Splunk or other people get in the way', () => {
    nasty(() => stage)
  })
  describe('around a page', () => {
    around(() => stage)
  })

  test('nothing came from outside of Splunk, and no page made a mistake', () => {
    expect(stage.outside).toEqual([])
    expect(stage.troubles).toEqual([])
  })
})
