import type { Locator, Page } from 'playwright-core'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { hostsOf } from './older.ts'
import { scenes } from './scenes.ts'
import { fewInputs, seed, thousandInputs } from './seed.ts'
import { app, type Stage } from './stage.ts'

const alert = (page: Page): Locator => page.getByRole('alert')

/** What pages show when something is missing, fails or is much, and what is done on them. */
export function states(stageOf: () => Stage): void {
  let page: Page
  beforeAll(async () => {
    page = await stageOf().signedIn()
  })
  beforeEach(() => seed(stageOf().site, fewInputs))

  test('loading: it says what it reads', async () => {
    let release = (): void => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/data/inputs/**', async (route) => {
      await held
      await route.continue()
    })
    await stageOf().show(page, 'inputs')
    await page.getByText('Reading the inputs…').waitFor()
    release()
    await page.getByRole('table').waitFor()
    await page.unroute('**/data/inputs/**')
  })

  test('empty: an account without inputs is told what an input is', async () => {
    await seed(stageOf().site, [])
    await stageOf().show(page, 'inputs')
    await page.getByRole('heading', { name: 'No input yet' }).waitFor()
    await page.getByRole('button', { name: 'Microsoft Office 365' }).click()
    expect(
      await page
        .getByRole('dialog')
        .getByRole('combobox', { name: /Account/ })
        .textContent(),
    ).toContain('contoso')
    await stageOf().show(page, 'health')
    await page.getByRole('heading', { name: 'No input yet' }).waitFor()
  })

  test('partial failure: without the KV store inputs are listed, and how they are is unknown until it is back', async () => {
    stageOf().site.splunk.kvStore.down = true
    await stageOf().show(page, 'inputs')
    await alert(page).getByText('Splunk’s KV store does not answer.').waitFor()
    expect(
      await page
        .getByRole('row', { name: /contoso/ })
        .first()
        .textContent(),
    ).toContain('Unknown')
    stageOf().site.splunk.kvStore.down = false
    await alert(page).getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Partly failing').first().waitFor()
    expect(await alert(page).count()).toBe(0)
  })

  test('a kind of input that Splunk does not know: its program could not be started, and why', async () => {
    await page.route('**/data/inputs/siembridge_alerts?*', (route) =>
      route.fulfill({ status: 404, json: { messages: [{ type: 'ERROR', text: 'Not Found' }] } }),
    )
    await stageOf().show(page, 'inputs')
    await alert(page).getByText('could not start the add-on’s program for: Microsoft alerts and incidents').waitFor()
    expect(await alert(page).textContent()).toContain('Node.js 22 or newer')
    expect(await page.getByRole('row').count()).toBe(4)
    await page.unroute('**/data/inputs/siembridge_alerts?*')
  })

  test('a thousand inputs: a page of fifty at a time, found by words and by state', async () => {
    await seed(stageOf().site, thousandInputs)
    await stageOf().show(page, 'inputs')
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
    await stageOf().show(page, 'health')
    await page.getByText(/And \d+ more/).waitFor()
  })

  test('a form that is not right: nothing is sent, and the first wrong field has the focus', async () => {
    await scenes['configuration-account']?.(stageOf(), page)
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
    await stageOf().show(page, 'inputs')
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
    await row().waitFor({ state: 'detached' })
  })

  test('an input is changed when Microsoft lets everything be read that is chosen', async () => {
    const dialog = page.getByRole('dialog')
    await stageOf().site.account(stageOf().cloud, 'lab')
    await stageOf().show(page, 'inputs')
    await page
      .getByRole('row', { name: /fabrikam/ })
      .getByRole('button', { name: /More actions/ })
      .click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await dialog.getByRole('combobox', { name: /Account/ }).click()
    await page.getByRole('option', { name: /lab/ }).click()
    for (const left of [/Exchange/, /SharePoint/, /Everything else/])
      await dialog.getByRole('checkbox', { name: left }).click()
    await dialog.getByRole('textbox', { name: 'Index' }).fill('main')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('fabrikam is changed.').waitFor()
    expect(stageOf().site.splunk.confs.stanza('inputs', 'siembridge_office_365://fabrikam')?.settings).toMatchObject({
      account: 'lab',
      streams: 'audit.azure-active-directory,dlp.all',
      index: 'main',
      disabled: '1',
    })
  })

  test('the newest events of an input are searched when a person asks', async () => {
    const event = {
      timeMs: Date.now(),
      timed: true,
      index: 'security',
      host: 'cloud',
      sourcetype: 'azure:aad:audit',
      stanza: '',
      cut: 0,
    }
    stageOf().site.splunk.add([{ ...event, raw: '{"activity":"made up"}', source: 'siembridge:entra.directory-audit' }])
    await scenes['health']?.(stageOf(), page)
    await page.getByRole('button', { name: 'Newest events in Splunk: show the last 10' }).click()
    await page.getByText('{"activity":"made up"}').waitFor()
    await page.getByRole('button', { name: 'What it says in Splunk’s log: show the last 10' }).click()
    await page.getByText('Nothing in the last 24 hours.').waitFor()
  })

  test('checkpoints are exported, and a rewind is asked of the input', async () => {
    await scenes['health']?.(stageOf(), page)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export checkpoints' }).click()
    expect((await download).suggestedFilename()).toBe('siembridge_entra_id-contoso-checkpoints.json')
    await page.getByRole('button', { name: 'Rewind…' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('2026-01-31 10:00')
    await page.getByRole('dialog').getByRole('button', { name: 'Rewind' }).click()
    await page.getByText('goes on from').waitFor()
    const [request] = await stageOf().site.rows('siembridge_requests')
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
    await scenes['configuration-proxy']?.(stageOf(), page)
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
    const { confs, passwords } = stageOf().site.splunk
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
    const { confs } = stageOf().site.splunk
    const made = (): readonly string[] =>
      confs
        .stanzas('inputs', app)
        .map(({ name }) => name)
        .filter((name) => name.includes('://'))
    await seed(stageOf().site, [])
    await scenes['migration']?.(stageOf(), page)
    const takeOver = page.getByRole('checkbox')
    for (const one of await takeOver.all()) if (await one.isChecked()) await one.click()
    await page.getByRole('checkbox', { name: /Graph security/ }).click()
    await page.getByText('1 input of').waitFor()
    await page.getByRole('button', { name: /Begin at another time/ }).click()
    await page.getByRole('textbox', { name: /Begin at/ }).fill('2026-01-31 10:00')
    await page.getByText('You chose that it begins at 2026-01-31T10:00:00.000Z').waitFor()
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
              ...hostsOf(stageOf().cloud),
            }).toString(),
          })
        : route.continue(),
    )
    await page.getByRole('button', { name: 'Do it' }).click()
    await page.getByText('Everything is taken over.').waitFor()
    expect(made()).toEqual(['siembridge_alerts://alerts'])
    expect(confs.stanza('inputs', 'siembridge_alerts://alerts')?.settings['start']).toBe('2026-01-31T10:00:00.000Z')
    await page.unroute(accounts)
  })

  test('a certificate goes into as many entries as it takes, and none is left when a secret takes its place', async () => {
    const pem = `${['CERTIFICATE', 'PRIVATE KEY'].map((what) => `-----BEGIN ${what}-----\n${'M'.repeat(400)}\n-----END ${what}-----`).join('\n')}\n`
    const dialog = page.getByRole('dialog')
    const signsIn = async (by: RegExp): Promise<void> => {
      await stageOf().show(page, 'configuration')
      await page.getByRole('button', { name: 'Edit contoso' }).click()
      await dialog.getByRole('combobox', { name: /Signs in by/ }).click()
      await page.getByRole('option', { name: by }).click()
    }
    const entries = (): readonly string[] =>
      stageOf()
        .site.splunk.passwords.secrets.filter(
          ({ realm, name }) => realm === `${app}#account` && name.startsWith('contoso'),
        )
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
