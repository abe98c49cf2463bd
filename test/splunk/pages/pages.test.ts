import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { builtPackage } from '../site.ts'
import { hostsOf, seedOlder } from './older.ts'
import { inOneTheme, scenes } from './scenes.ts'
import { fewInputs, seed, thousandInputs } from './seed.ts'
import { app, chromiumPath, skipped, Stage } from './stage.ts'

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
    states()
  })
  describe('around a page', () => {
    around()
  })

  test('nothing came from outside of Splunk, and no page made a mistake', () => {
    expect(stage.outside).toEqual([])
    expect(stage.troubles).toEqual([])
  })
})

const alert = (page: Page): Locator => page.getByRole('alert')

function states(): void {
  let page: Page
  beforeAll(async () => {
    page = await stage.signedIn()
  })
  beforeEach(() => seed(stage.site, fewInputs))

  test('loading: it says what it reads', async () => {
    let release = (): void => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/data/inputs/**', async (route) => {
      await held
      await route.continue()
    })
    await stage.show(page, 'inputs')
    await page.getByText('Reading the inputs…').waitFor()
    release()
    await page.getByRole('table').waitFor()
    await page.unroute('**/data/inputs/**')
  })

  test('empty: an account without inputs is told what an input is', async () => {
    await seed(stage.site, [])
    await stage.show(page, 'inputs')
    await page.getByRole('heading', { name: 'No input yet' }).waitFor()
    await page.getByRole('button', { name: 'Microsoft Office 365' }).click()
    expect(
      await page
        .getByRole('dialog')
        .getByRole('combobox', { name: /Account/ })
        .textContent(),
    ).toContain('contoso')
    await stage.show(page, 'health')
    await page.getByRole('heading', { name: 'No input yet' }).waitFor()
  })

  test('partial failure: without the KV store inputs are listed, and how they are is unknown until it is back', async () => {
    stage.site.splunk.kvStore.down = true
    await stage.show(page, 'inputs')
    await alert(page).getByText('Splunk’s KV store does not answer.').waitFor()
    expect(
      await page
        .getByRole('row', { name: /contoso/ })
        .first()
        .textContent(),
    ).toContain('Unknown')
    stage.site.splunk.kvStore.down = false
    await alert(page).getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Partly failing').first().waitFor()
    expect(await alert(page).count()).toBe(0)
  })

  test('a kind of input that Splunk does not know: its program could not be started, and why', async () => {
    await page.route('**/data/inputs/siembridge_alerts?*', (route) =>
      route.fulfill({ status: 404, json: { messages: [{ type: 'ERROR', text: 'Not Found' }] } }),
    )
    await stage.show(page, 'inputs')
    await alert(page).getByText('could not start the add-on’s program for: Microsoft alerts and incidents').waitFor()
    expect(await alert(page).textContent()).toContain('Node.js 22 or newer')
    expect(await page.getByRole('row').count()).toBe(4)
    await page.unroute('**/data/inputs/siembridge_alerts?*')
  })

  test('a thousand inputs: a page of fifty at a time, found by words and by state', async () => {
    await seed(stage.site, thousandInputs)
    await stage.show(page, 'inputs')
    await page.getByText('1,000 inputs').waitFor()
    expect(await page.getByRole('row').count()).toBe(51)
    await page.getByRole('button', { name: 'Page 2', exact: true }).click()
    expect(await page.getByRole('row').count()).toBe(51)
    await page.getByRole('textbox', { name: /Filter/ }).fill('office tenant-0998')
    await page.getByText('1 of 1,000 inputs').waitFor()
    await page.getByRole('textbox', { name: /Filter/ }).fill('nobody')
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByRole('combobox', { name: /Status/ }).click()
    await page.getByRole('option', { name: 'Not running (125)' }).click()
    await page.getByText('125 of 1,000 inputs').waitFor()
    await stage.show(page, 'health')
    await page.getByText(/And \d+ more/).waitFor()
  })

  test('a form that is not right: nothing is sent, and the first wrong field has the focus', async () => {
    await scenes['configuration-account']?.(stage, page)
    const sent: string[] = []
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
    await page.getByRole('button', { name: 'Save and test' }).click()
    await page.getByText('Give it a name.').waitFor()
    await page.getByRole('dialog').locator('input:focus[aria-invalid]').waitFor()
    expect(await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).getAttribute('aria-invalid')).toBe(
      'true',
    )
    expect(sent).toEqual([])
  })

  test('an input is disabled, enabled, cloned with its settings, and deleted', async () => {
    await stage.show(page, 'inputs')
    const row = (): Locator => page.getByRole('row', { name: /fabrikam/ }).first()
    const does = async (name: string): Promise<void> => {
      await row()
        .getByRole('button', { name: /More actions/ })
        .click()
      await page.getByRole('menuitem', { name, exact: true }).click()
    }
    await does('Enable')
    await page.getByText('fabrikam is enabled.').waitFor()
    await does('Disable')
    await page.getByText('fabrikam is disabled.').waitFor()
    await does('Clone')
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('fabrikam-copy')
    expect(await dialog.getByRole('textbox', { name: 'Index' }).inputValue()).toBe('security')
    await page.keyboard.press('Escape')
    await does('Delete')
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('fabrikam is deleted.').waitFor()
    expect(await row().count()).toBe(0)
  })

  test('checkpoints are exported, and a rewind is asked of the input', async () => {
    await scenes['health']?.(stage, page)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export checkpoints' }).click()
    expect((await download).suggestedFilename()).toBe('siembridge_entra_id-contoso-checkpoints.json')
    await page.getByRole('button', { name: 'Rewind…' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('2026-01-31 10:00')
    await page.getByRole('dialog').getByRole('button', { name: 'Rewind' }).click()
    await page.getByText('goes on from').waitFor()
    const [request] = await stage.site.rows('siembridge_requests')
    const at = Date.parse('2026-01-31T10:00:00Z')
    expect(request).toMatchObject({ stanza: 'siembridge_entra_id://contoso' })
    expect(JSON.parse(String(request?.['streams']))).toEqual({
      'directory-audits': at,
      'sign-ins.interactive': at,
      'sign-ins.non-interactive': at,
      'risky-users': at,
    })
  })

  test('a proxy and the level of the log are kept, the password in Splunk’s store', async () => {
    await scenes['configuration-proxy']?.(stage, page)
    await page
      .getByRole('button', { name: 'Reach Microsoft through a proxy' })
      .or(page.getByRole('switch'))
      .first()
      .click()
    await page.getByRole('textbox', { name: 'Address' }).fill('proxy.example.com')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Such as http://proxy.example.com:3128').waitFor()
    await page.getByRole('textbox', { name: 'Address' }).fill('http://proxy.example.com:3128')
    await page.getByRole('textbox', { name: 'User' }).fill('kim')
    await page.getByLabel('Password').fill('made up')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved. 3 inputs began anew with it.').waitFor()
    await page.getByRole('tab', { name: 'Logging' }).click()
    await page.getByRole('combobox').click()
    await page.getByRole('option', { name: /Debug/ }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    const { confs, passwords } = stage.site.splunk
    expect(confs.stanza(`${app}_settings`, 'proxy', app)?.settings).toEqual({
      enabled: '1',
      url: 'http://proxy.example.com:3128',
      user: 'kim',
    })
    expect(confs.stanza(`${app}_settings`, 'logging', app)?.settings).toEqual({ level: 'debug' })
    expect(passwords.secrets.filter(({ realm }) => realm === `${app}#settings`)).toMatchObject([
      { realm: `${app}#settings`, name: 'proxy', value: 'made up' },
    ])
    // What comes after must not go through it.
    confs.set(app, `${app}_settings`, 'proxy', { enabled: '0' })
  })

  test('migration: an older input is taken over when the administrator says so, and nothing before', async () => {
    const { confs } = stage.site.splunk
    const made = (): readonly string[] =>
      confs
        .stanzas('inputs', app)
        .map(({ name }) => name)
        .filter((name) => name.includes('://'))
    await seed(stage.site, [])
    await scenes['migration']?.(stage, page)
    const takeOver = page.getByRole('checkbox')
    for (const one of await takeOver.all()) if (await one.isChecked()) await one.click()
    await page.getByRole('checkbox', { name: /Graph security/ }).click()
    await page.getByText('1 input of').waitFor()
    await page.getByRole('button', { name: 'Show what would be done' }).click()
    await page.getByRole('dialog').getByRole('listitem').first().waitFor()
    expect(made()).toEqual([])
    // The simulated cloud has hosts of its own.
    const accounts = `**/configs/conf-${app}_account?*`
    await page.route(accounts, (route) =>
      route.request().method() === 'POST'
        ? route.continue({
            postData: new URLSearchParams({
              ...Object.fromEntries(new URLSearchParams(route.request().postData() ?? '')),
              ...hostsOf(stage.cloud),
            }).toString(),
          })
        : route.continue(),
    )
    await page.getByRole('button', { name: 'Do it' }).click()
    await page.getByText('Everything is taken over.').waitFor()
    expect(made()).toEqual(['siembridge_alerts://alerts'])
    await page.unroute(accounts)
  })

  test('a certificate goes into as many entries as it takes, and none is left when a secret takes its place', async () => {
    const pem = `${['CERTIFICATE', 'PRIVATE KEY'].map((what) => `-----BEGIN ${what}-----\n${'M'.repeat(400)}\n-----END ${what}-----`).join('\n')}\n`
    const dialog = page.getByRole('dialog')
    const signsIn = async (by: RegExp): Promise<void> => {
      await stage.show(page, 'configuration')
      await page.getByRole('button', { name: 'Edit contoso' }).click()
      await dialog.getByRole('combobox', { name: /Signs in by/ }).click()
      await page.getByRole('option', { name: by }).click()
    }
    const entries = (): readonly string[] =>
      stage.site.splunk.passwords.secrets
        .filter(({ realm, name }) => realm === `${app}#account` && name.startsWith('contoso'))
        .map(({ name, value }) => `${name} ${value.length}`)
    // The test that follows would ask Microsoft itself.
    await page.route('**/data/inputs/siembridge_test?*', (route) =>
      route.fulfill({ status: 400, json: { messages: [{ type: 'ERROR', text: 'trying to save: tested' }] } }),
    )
    await signsIn(/^Certificate/)
    await dialog.getByRole('textbox', { name: 'Certificate and private key' }).fill(pem)
    await dialog.getByRole('button', { name: 'Save and test' }).click()
    await page.getByText('Only the summary can be shown').waitFor()
    expect(entries()).toEqual(['contoso#1 255', 'contoso#2 255', 'contoso#3 255', `contoso#4 ${pem.length - 765}`])
    await signsIn(/^Client secret/)
    await dialog.getByLabel('Client secret').fill('made up')
    await dialog.getByRole('button', { name: 'Save and test' }).click()
    await page.getByText('Only the summary can be shown').waitFor()
    expect(entries()).toEqual(['contoso 7'])
    await page.unroute('**/data/inputs/siembridge_test?*')
  })
}

function around(): void {
  beforeAll(() => seed(stage.site, fewInputs))

  test('without the right to look at inputs, and without the right to change them', async () => {
    const guest = await stage.signedIn('guest')
    await stage.show(guest, 'inputs')
    await alert(guest).getByText('Your role may not list inputs.').waitFor()
    const power = await stage.signedIn('power')
    await stage.show(power, 'inputs')
    await power
      .getByRole('row', { name: /fabrikam/ })
      .getByRole('button', { name: /More actions/ })
      .click()
    await power.getByRole('menuitem', { name: 'Delete' }).click()
    await power.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await alert(power).getByText('Your role may not delete fabrikam.').waitFor()
  })

  test('another language’s address, and a session that has ended', async () => {
    const page = await stage.signedIn()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(`${stage.site.splunk.address.web}/de-DE/app/${app}/inputs`)
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
    const page = await stage.signedIn()
    stage.site.splunk.look.bar = true
    await stage.show(page, 'inputs')
    await page.getByRole('banner').filter({ hasText: 'splunk>' }).waitFor()
    await page.getByRole('navigation').waitFor({ state: 'hidden' })
    await page.getByRole('table').waitFor()
    stage.site.splunk.look.bar = false
  })

  test('where templates of apps are switched off, a package for Splunk 10.4 and later shows the same pages', async () => {
    const page = await stage.signedIn()
    stage.site.splunk.look.ownTemplates = false
    await page.goto(`${stage.site.splunk.address.web}/en-US/app/${app}/inputs`)
    await page.getByRole('heading', { name: 'Page Unavailable' }).waitFor()
    await stage.site.splunk.install(builtPackage('--loader', 'splunk'))
    await stage.show(page, 'inputs')
    await page.getByRole('table').waitFor()
  })
}
