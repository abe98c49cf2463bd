import { defaultClientId } from '@siembridge/simulator'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../site.ts'
import { Keyboard } from './keyboard.ts'
import { app, chromiumPath, skipped, Stage } from './stage.ts'

describe.skipIf(chromiumPath === undefined)(`from the installation to events, by keyboard alone${skipped}`, () => {
  let stage: Stage
  let page: Page
  let keys: Keyboard
  beforeAll(async () => {
    stage = await Stage.open()
    page = await stage.signedIn()
    keys = new Keyboard(page)
  }, 120_000)
  afterAll(() => stage.close())

  const dialog = (): Locator => page.getByRole('dialog')
  const field = (name: string | RegExp): Locator => dialog().getByRole('textbox', { name })
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name })

  test('the app opens on the inputs, and says that an account comes first', async () => {
    await page.goto(`${stage.site.splunk.address.web}/en-US/app/${app}`)
    await keys.press(page.getByRole('link', { name: 'Add an account' }))
    await dialog().waitFor()
    expect(await page.title()).toContain('Configuration')
  })

  test('an account is added, and its test says that everything works', async () => {
    const fields = stage.accountFields('contoso')
    await keys.fill(field('Name'), 'contoso')
    await keys.choose(dialog().getByRole('combobox', { name: /Cloud/ }), /Another/)
    for (const [name, text] of Object.entries(fields).slice(1, 3)) await keys.fill(field(name), text)
    await keys.fill(dialog().getByLabel('Client secret'), fields['Client secret'] ?? '')
    for (const [name, text] of Object.entries(fields).slice(4)) await keys.fill(field(name), text)
    await page.keyboard.press('Enter')
    await page.getByText('Everything works.').waitFor()
    expect(await dialog().getByRole('listitem').count()).toBe(16)
    await keys.press(page.getByRole('link', { name: 'To the inputs' }))
    await page.getByRole('heading', { level: 1, name: 'Inputs' }).waitFor()
  })

  const looksOften = async (): Promise<void> => {
    await keys.press(dialog().getByRole('button', { name: 'Advanced' }))
    await keys.fill(field('Time between two looks'), '1s')
    await page.keyboard.press('Enter')
  }

  test('three inputs are created', async () => {
    await keys.press(button('Microsoft alerts and incidents'))
    await keys.fill(field('Name'), 'alerts')
    await keys.fill(field('Index'), 'security')
    await looksOften()
    await page.getByText('alerts is created').waitFor()

    await keys.menu(button('Create input'), /Microsoft Entra ID/)
    await keys.fill(field('Name'), 'entra')
    for (const left of [
      /audit log/,
      /users, interactive/,
      /users, non-interactive/,
      /service principals/,
      /managed identities/,
      /provisioning/,
    ])
      await keys.press(dialog().getByRole('checkbox', { name: left }).first(), 'Space')
    await keys.choose(dialog().getByRole('combobox', { name: /Sourcetypes/ }), /CIM/)
    await looksOften()
    await page.getByText('entra is created').waitFor()

    await keys.menu(button('Create input'), /Microsoft Office 365/)
    await keys.fill(field('Name'), 'office')
    await looksOften()
    await page.getByText('office is created').waitFor()
    expect(await page.getByRole('row').count()).toBe(4)
  })

  test('events are seen in Splunk', async () => {
    await stage.cloud.issue({ stream: 'alerts', count: 3 })
    await page
      .getByRole('row', { name: /alerts/ })
      .getByText('Collecting')
      .waitFor()
    await until(
      () => stage.site.splunk.events.some(({ stanza }) => stanza === 'siembridge_alerts://alerts'),
      () => stage.site.errors.join('\n'),
    )
    await keys.press(page.getByRole('link', { name: 'Search the events of alerts' }))
    await page.getByRole('heading', { name: 'Search' }).waitFor()
    expect(await page.getByRole('listitem').first().textContent()).toContain('ms365:defender:incident')
    await page.goBack()
  })

  test('a permission that is taken away is named, with how it is granted; granted again, it works again', async () => {
    await stage.cloud.setRoles({ clientId: defaultClientId, revoke: ['SecurityAlert.Read.All'] })
    await page.getByRole('link', { name: /error.*what to do/ }).waitFor()
    await keys.press(page.getByRole('link', { name: /error.*what to do/ }))
    const problems = page.getByRole('status', { name: 'Problems' })
    await problems.getByText('permission SecurityAlert.Read.All is missing').waitFor()
    const said = await problems.textContent()
    expect(said).toContain(`application ${defaultClientId}`)
    expect(said).toMatch(
      /Add a permission › Microsoft APIs › Microsoft Graph › Application permissions, and tick SecurityAlert\.Read\.All/,
    )
    expect(said).toContain('Grant admin consent')

    await stage.cloud.setRoles({ clientId: defaultClientId, grant: ['SecurityAlert.Read.All'] })
    await keys.press(button('Look again whether alerts works'))
    await problems.getByText('is missing').waitFor({ state: 'detached' })
    await page.getByText('Collected').first().waitFor()
  })

  test('nothing came from outside of Splunk, and no page made a mistake', () => {
    expect(stage.outside).toEqual([])
    expect(stage.troubles).toEqual([])
  })
})
