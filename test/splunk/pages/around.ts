import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { builtPackage } from '../site.ts'
import { fewInputs, seed } from './seed.ts'
import { app, type Stage } from './stage.ts'

const alert = (page: Page): Locator => page.getByRole('alert')

/** What is around a page: rights, language, session, Splunk's bar, templates. */
export function around(stageOf: () => Stage): void {
  beforeAll(() => seed(stageOf().site, fewInputs))

  test('without the right to look at inputs, and without the right to change them', async () => {
    const guest = await stageOf().signedIn('guest')
    await stageOf().show(guest, 'inputs')
    await alert(guest).getByText('Your role may not list inputs.').waitFor()
    const power = await stageOf().signedIn('power')
    await stageOf().show(power, 'inputs')
    await power
      .getByRole('row', { name: /fabrikam/ })
      .getByRole('button', { name: /More actions/ })
      .click()
    await power.getByRole('menuitem', { name: 'Delete' }).click()
    await power.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await alert(power).getByText('Your role may not delete fabrikam.').waitFor()
  })

  test('another language’s address, and a session that has ended', async () => {
    const page = await stageOf().signedIn()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(`${stageOf().site.splunk.address.web}/de-DE/app/${app}/inputs`)
    await page.getByRole('table').waitFor()
    expect(
      asked.filter(
        (path) => path.includes('splunkd') && !path.startsWith('/de-DE/splunkd/__raw/servicesNS/nobody/siembridge_ms/'),
      ),
    ).toEqual([])
    await page.context().clearCookies()
    await page
      .getByRole('row', { name: /fabrikam/ })
      .getByRole('button', { name: /More actions/ })
      .click()
    await page.getByRole('menuitem', { name: 'Enable' }).click()
    await alert(page).first().getByText('Your session has ended.').waitFor()
  })

  test('Splunk’s bar stands above the page where Splunk Web has it, in place of the page’s own navigation', async () => {
    const page = await stageOf().signedIn()
    stageOf().site.splunk.look.bar = true
    await stageOf().show(page, 'inputs')
    await page.getByRole('banner').filter({ hasText: 'splunk>' }).waitFor()
    await page.getByRole('navigation').waitFor({ state: 'hidden' })
    await page.getByRole('table').waitFor()
    stageOf().site.splunk.look.bar = false
  })

  test('where templates of apps are switched off, a package for Splunk 10.4 and later shows the same pages', async () => {
    const page = await stageOf().signedIn()
    stageOf().site.splunk.look.ownTemplates = false
    await page.goto(`${stageOf().site.splunk.address.web}/en-US/app/${app}/inputs`)
    await page.getByRole('heading', { name: 'Page Unavailable' }).waitFor()
    await stageOf().site.splunk.install(builtPackage('--loader', 'splunk'))
    await stageOf().show(page, 'inputs')
    await page.getByRole('table').waitFor()
  })
}
