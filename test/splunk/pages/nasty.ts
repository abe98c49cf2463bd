import type { Locator, Page } from 'playwright-core'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { fewInputs, seed } from './seed.ts'
import { app, type Stage } from './stage.ts'

/** The document of the page: this function runs in the browser. */
declare const document: { readonly activeElement: unknown }
const hasFocus = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement)

const alert = (page: Page): Locator => page.getByRole('alert')

/** Splunk that answers late, in part or not at all while something is done, and other people who do something meanwhile. */
export function nasty(stageOf: () => Stage): void {
  let page: Page
  beforeAll(async () => {
    page = await stageOf().signedIn()
  })
  beforeEach(async () => {
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await seed(stageOf().site, fewInputs)
  })
  const dialog = (): Locator => page.getByRole('dialog')
  const refuses = (path: string, status: number): Promise<unknown> =>
    page.route(path, (route) => route.fulfill({ status, json: { messages: [{ type: 'ERROR', text: 'made up' }] } }))
  const isDisabled = (stanza: string): string | undefined =>
    stageOf().site.splunk.confs.stanza('inputs', stanza)?.settings['disabled']

  test('an input that is to begin anew does not stay disabled for one answer that fails', async () => {
    let failed = false
    await page.route('**/data/inputs/siembridge_entra_id/contoso/enable?*', async (route) => {
      if (failed) return await route.continue()
      failed = true
      return await route.fulfill({ status: 500, json: {} })
    })
    await stageOf().show(page, 'health')
    await page.getByRole('button', { name: 'Look again whether contoso works' }).click()
    await expect.poll(() => failed).toBe(true)
    await expect.poll(() => isDisabled('siembridge_entra_id://contoso'), { timeout: 20_000 }).toMatch(/^(?:0|false)$/)
    expect(await alert(page).count()).toBe(0)
  })

  test('where it cannot be enabled again, the page says that it is disabled', async () => {
    await refuses('**/data/inputs/siembridge_entra_id/contoso/enable?*', 500)
    await stageOf().show(page, 'health')
    await page.getByRole('button', { name: 'Look again whether contoso works' }).click()
    await alert(page)
      .getByText(/contoso was disabled to begin anew/)
      .waitFor()
  })

  test('an account that an input has used meanwhile is not deleted', async () => {
    await seed(stageOf().site, [])
    await stageOf().show(page, 'configuration')
    await page.getByRole('button', { name: 'Delete contoso' }).click()
    await dialog().getByText('its secret are removed').waitFor()
    await seed(stageOf().site, fewInputs)
    await dialog().getByRole('button', { name: 'Delete', exact: true }).click()
    await dialog().getByText('contoso (Microsoft Entra ID)').waitFor()
    expect(stageOf().site.splunk.confs.stanza(`${app}_account`, 'contoso', app)).toBeDefined()
  })

  test('an account that somebody has made meanwhile keeps its secret', async () => {
    const { passwords, confs } = stageOf().site.splunk
    await page.route('**/data/inputs/siembridge_test?*', (route) => route.fulfill({ status: 400, json: {} }))
    await stageOf().show(page, 'configuration', '?add=account')
    await dialog().getByRole('textbox', { name: 'Name' }).fill('meanwhile')
    await dialog().getByRole('textbox', { name: 'Tenant ID' }).fill('11111111-2222-4333-8444-555555555555')
    await dialog().getByRole('textbox', { name: 'Client ID' }).fill('11111111-2222-4333-8444-555555555556')
    await dialog().getByLabel('Client secret').fill('made up')
    confs.set(app, `${app}_account`, 'meanwhile', { tenant_id: 'theirs' })
    await dialog().getByRole('button', { name: 'Save and test' }).click()
    await alert(page)
      .getByText(/there is an account meanwhile already/)
      .waitFor()
    expect(passwords.secrets.filter(({ name }) => name === 'meanwhile')).toEqual([])
    expect(confs.stanza(`${app}_account`, 'meanwhile', app)?.settings['tenant_id']).toBe('theirs')
  })

  test('answers that take longer than the time between two looks are shown', async () => {
    const slow = await stageOf().signedIn()
    await slow.clock.install()
    const held: (() => void)[] = []
    await slow.route('**/data/inputs/**', async (route) => {
      await new Promise<void>((release) => held.push(release))
      await route.continue()
    })
    await stageOf().show(slow, 'inputs')
    await expect.poll(() => held.length).toBe(3)
    await slow.clock.fastForward(6000)
    for (const release of held.slice(0, 3)) release()
    await slow.getByRole('table').waitFor()
    await slow.context().close()
  })

  test('a browser whose clock is two hours ahead does not take inputs for silent', async () => {
    const ahead = await stageOf().signedIn()
    await ahead.clock.install({ time: Date.now() + 7_200_000 })
    await stageOf().show(ahead, 'inputs')
    await ahead.getByText('Partly failing').first().waitFor()
    expect(await ahead.getByText('Not running').count()).toBe(0)
    await ahead.context().close()
  })

  test('a page for signing in where data is wanted is a session that has ended', async () => {
    await page.route('**/data/inputs/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Login</title>' }),
    )
    await stageOf().show(page, 'inputs')
    await alert(page).getByText('Your session has ended.').waitFor()
  })

  test('Escape does not throw away what was entered, nor close what is being sent', async () => {
    await stageOf().show(page, 'configuration', '?add=account')
    await dialog().getByRole('textbox', { name: 'Name' }).fill('typed')
    await page.keyboard.press('Escape')
    await dialog().getByText('What you entered is not saved.').waitFor()
    await page.keyboard.press('Enter')
    expect(await dialog().getByRole('textbox', { name: 'Name' }).inputValue()).toBe('typed')
    await page.keyboard.press('Escape')
    await dialog().getByRole('button', { name: 'Discard' }).click()
    await dialog().waitFor({ state: 'detached' })
    let release = (): void => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    let sent = 0
    await page.route('**/data/inputs/siembridge_office_365/fabrikam?*', async (route) => {
      sent++
      await held
      await route.fulfill({ status: 500, json: { messages: [{ type: 'ERROR', text: 'made up' }] } })
    })
    await stageOf().show(page, 'inputs')
    await page
      .getByRole('row', { name: /fabrikam/ })
      .getByRole('button', { name: /More actions/ })
      .click()
    await page.getByRole('menuitem', { name: 'Clone' }).click()
    await page.keyboard.press('Escape')
    const more = page.getByRole('row', { name: /fabrikam/ }).getByRole('button', { name: /More actions/ })
    await expect.poll(() => hasFocus(more)).toBe(true)
    await more.click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await dialog().getByRole('button', { name: 'Delete', exact: true }).dblclick()
    await page.keyboard.press('Escape')
    release()
    await alert(page)
      .getByText(/not possible to delete fabrikam: made up/)
      .waitFor()
    expect(sent).toBe(1)
    await page.unrouteAll()
    await dialog().getByRole('button', { name: 'Delete', exact: true }).click()
    await more.waitFor({ state: 'detached' })
    await expect.poll(() => hasFocus(page.getByRole('heading', { level: 1 }))).toBe(true)
  })
}
