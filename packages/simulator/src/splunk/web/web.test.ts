import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSplunk, type SimulatedSplunk } from '../splunk.ts'
import { stubApp } from '../testing/stub-app.ts'

let splunk: SimulatedSplunk
beforeAll(async () => {
  splunk = await openSplunk({ runs: false })
  await splunk.install(
    stubApp({
      files: {
        'default/data/ui/nav/default.xml': '<nav><view name="other"/><view name="page" default="true"/></nav>',
        'default/data/ui/views/page.xml':
          '<view template="contoso_app:/templates/page.html" type="html"><label>Page</label></view>',
        'default/data/ui/views/own.xml':
          '<view template="pages/splunk_ui_app.html" type="html"><label>Own</label></view>',
        'default/data/ui/views/board.xml': '<dashboard version="1.1"><label>Board</label></dashboard>',
        'appserver/templates/page.html': '<!doctype html><p>${not_mako}</p>',
        'appserver/static/pages/own.js': '"own"',
      },
    }),
  )
})
afterAll(() => splunk.stop())

interface Asked {
  readonly cookies?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: URLSearchParams
}

async function web(path: string, { cookies, method = 'GET', headers = {}, body }: Asked = {}) {
  const response = await fetch(splunk.address.web + path, {
    method,
    redirect: 'manual',
    headers: { ...headers, ...(cookies !== undefined && { cookie: cookies }) },
    ...(body && { body }),
  })
  const { status } = response
  return {
    status,
    text: await response.text(),
    location: response.headers.get('location'),
    set: response.headers.getSetCookie(),
  }
}

async function signedIn(user: string): Promise<string> {
  const body = new URLSearchParams({ username: user, password: 'simulated' })
  const { set } = await web('/en-US/account/login', { method: 'POST', body })
  return set.map((one) => one.split(';')[0]).join('; ')
}

test('a path without a locale is led to one, and a page without a session to the form', async () => {
  expect((await web('/app/contoso_app/page')).location).toBe('/en-US/app/contoso_app/page')
  expect((await web('/de-DE/app/contoso_app/page')).location).toContain('/de-DE/account/login?return_to=')
  const wrong = new URLSearchParams({ username: 'admin', password: 'x' })
  expect((await web('/en-US/account/login', { method: 'POST', body: wrong })).status).toBe(401)
})

test('pages of an app: the one that its navigation opens, its template as it stands, files below appserver/static', async () => {
  const cookies = await signedIn('admin')
  expect((await web('/en-US/app/contoso_app', { cookies })).location).toBe('/en-US/app/contoso_app/page')
  expect((await web('/en-US/app/contoso_app/page', { cookies })).text).toContain('${not_mako}')
  expect((await web('/en-US/app/contoso_app/board', { cookies })).text).toContain('Board')
  expect((await web('/en-US/app/contoso_app/none', { cookies })).status).toBe(404)
  expect((await web('/en-US/static/@x:1/app/contoso_app/pages/own.js')).text).toBe('"own"')
  expect((await web('/en-US/static/app/contoso_app/../../default/app.conf')).status).not.toBe(200)
  expect((await web('/de-DE/config?autoload=1', { cookies })).text).toContain('"SPLUNKD_PATH":"/de-DE/splunkd/__raw"')
})

test('templates of apps can be switched off; Splunk’s own loads the script of the view’s name', async () => {
  const cookies = await signedIn('admin')
  splunk.look.ownTemplates = false
  expect((await web('/en-US/app/contoso_app/page', { cookies })).text).toContain('Page Unavailable')
  expect((await web('/en-US/app/contoso_app/own', { cookies })).text).toContain('/app/contoso_app/pages/own.js')
  splunk.look.ownTemplates = true
})

describe('what is passed on to splunkd', () => {
  const raw = '/en-US/splunkd/__raw/servicesNS/nobody/contoso_app/configs/conf-contoso_account'
  const post = async (user: string, key: (real: string) => string): Promise<number> => {
    const cookies = await signedIn(user)
    const real = /splunkweb_csrf_token_\d+=(\d+)/.exec(cookies)?.[1] ?? ''
    const headers = { 'x-splunk-form-key': key(real), 'x-requested-with': 'XMLHttpRequest' }
    const body = new URLSearchParams({ name: 'one' })
    return (await web(raw, { cookies, headers, method: 'POST', body })).status
  }

  test('wants the form key of the session for what changes something', async () => {
    expect(await post('admin', () => '1')).toBe(401)
    expect(await post('admin', (real) => real)).toBe(201)
    expect(await post('admin', (real) => real)).toBe(409)
    expect((await web(raw)).status).toBe(401)
  })

  test('is asked in the name of who is signed in', async () => {
    expect(await post('power', (real) => real)).toBe(403)
    const [guest, power] = [await signedIn('guest'), await signedIn('power')]
    expect((await web(raw, { cookies: guest })).status).toBe(200)
    expect((await web(raw.replace(/configs.*/, 'storage/passwords'), { cookies: power })).status).toBe(403)
  })
})
