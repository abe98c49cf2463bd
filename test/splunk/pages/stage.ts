import { existsSync } from 'node:fs'
import {
  administrator,
  type Cloud,
  defaultClientId,
  defaultSecret,
  defaultTenantId,
  startCloud,
} from '@siembridge/simulator'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { builtPackage, Site } from '../site.ts'
import { hostsOf, olderApplications } from './older.ts'

/** Debian's Chromium, or the one that `SIEMBRIDGE_CHROMIUM` names; undefined where there is none. */
export const chromiumPath: string | undefined = [process.env['SIEMBRIDGE_CHROMIUM'], '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
)

/** What a suite says in its title where it is skipped. */
export const skipped = chromiumPath === undefined ? ' (skipped: no Chromium)' : ''

export const app = 'siembridge_ms'

/** Refusals of splunkd are shown on the page; Splunk's bar is asked for, and may be missing. */
const expected = /^Failed to load resource|^Refused to execute script from '[^']*layout/

/** With an application of the add-on's own, and those of the older add-ons. */
const tenant = {
  id: defaultTenantId,
  applications: [{ clientId: defaultClientId, secrets: [{ value: defaultSecret }] }, ...olderApplications],
}

/** A browser before a simulated Splunk with the add-on in it, and a simulated cloud. */
export class Stage {
  readonly site: Site
  readonly cloud: Cloud
  readonly browser: Browser
  /** Addresses that pages asked for and that are not Splunk's. */
  readonly outside: string[] = []
  /** What pages wrote to the console as errors, and what they threw. */
  readonly troubles: string[] = []

  private constructor(site: Site, cloud: Cloud, browser: Browser) {
    this.site = site
    this.cloud = cloud
    this.browser = browser
  }

  /** With programs of inputs and a cloud to collect from, unless told otherwise. */
  static async open(runs = true): Promise<Stage> {
    const [site, cloud, browser] = await Promise.all([
      Site.open(builtPackage(), { runs }),
      startCloud({ throttling: { limits: 'off' }, tenants: [tenant] }),
      chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox', '--disable-dev-shm-usage'] }),
    ])
    return new Stage(site, cloud, browser)
  }

  /** A page with a session of its own, of a person who has signed in. */
  async signedIn(user: string = administrator.user, dark = false): Promise<Page> {
    this.site.splunk.look.theme = dark ? 'dark' : 'enterprise'
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    const page = await this.watched(context)
    await page.goto(`${this.site.splunk.address.web}/en-US/account/login?return_to=/en-US/`)
    await page.getByLabel('Username').fill(user)
    await page.getByLabel('Password').fill(administrator.password)
    await page.getByRole('button', { name: 'Sign In' }).click()
    await page.getByRole('heading', { name: 'Home' }).waitFor()
    return page
  }

  private async watched(context: BrowserContext): Promise<Page> {
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    page.on('request', (request) => {
      if (!request.url().startsWith(this.site.splunk.address.web) && !/^(?:data|blob):/.test(request.url()))
        this.outside.push(request.url())
    })
    page.on('pageerror', (error) => this.troubles.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' && !expected.test(message.text())) this.troubles.push(message.text())
    })
    return page
  }

  async show(page: Page, name: string, query = ''): Promise<void> {
    await page.goto(`${this.site.splunk.address.web}/en-US/app/${app}/${name}${query}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }

  /** What the form of an account is filled with to reach the simulated cloud. */
  accountFields(name: string): Readonly<Record<string, string>> {
    const hosts = hostsOf(this.cloud)
    return {
      Name: name,
      'Tenant ID': defaultTenantId,
      'Client ID': defaultClientId,
      'Client secret': defaultSecret,
      'Origin of tokens': hosts['login'] ?? '',
      'Origin of Microsoft Graph': hosts['graph'] ?? '',
      'Origin of the Office 365 Management Activity API': hosts['manage'] ?? '',
      'Certificates that are trusted besides': hosts['ca'] ?? '',
    }
  }

  async close(): Promise<void> {
    await this.browser.close()
    await Promise.all([this.site.stop(), this.cloud.stop()])
  }
}
