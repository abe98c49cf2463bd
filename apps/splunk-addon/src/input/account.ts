import { type TenantOptions, tenantOptions } from '@siembridge/azure'
import { SiembridgeError } from '@siembridge/core'
import { type Listed, readPassword, type Splunkd } from '@siembridge/splunk/modular-input'
import { customConfs, realms } from '../about.ts'

type Settings = Readonly<Record<string, string>>

/** The tenant of an account and how to sign in to it. Throws SiembridgeError `AccountMissing` or `AccountWrong`. */
export async function readAccount(splunkd: Splunkd, name: string): Promise<TenantOptions> {
  const settings = await stanzaOf(splunkd, customConfs.account, name)
  if (!settings) throw new SiembridgeError('AccountMissing', name)
  const proxy = await proxyOf(splunkd)
  const read = tenantOptions.safeParse({ ...tenantOf(name, settings), ...(proxy !== undefined && { proxy }) })
  if (read.success) return read.data
  const says = read.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '))
  throw new SiembridgeError('AccountWrong', name, says.join('; '))
}

/** Settings of a stanza of one of the add-on's own files. */
export async function stanzaOf(splunkd: Splunkd, conf: string, name: string): Promise<Settings | undefined> {
  return (await stanzasOf(splunkd, conf)).find(([stanza]) => stanza === name)?.[1]
}

/** Stanzas of one of the add-on's own files and their settings, without empty ones and without what Splunk adds; by name. */
export async function stanzasOf(splunkd: Splunkd, conf: string): Promise<readonly (readonly [string, Settings])[]> {
  const all = await splunkd.list(`configs/conf-${conf}`)
  return all
    .map((stanza) => [stanza.name, settingsOf(stanza)] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
}

/** splunkd gives what looks like a number or a boolean as one. */
const settingsOf = ({ content }: Listed): Settings =>
  Object.fromEntries(
    Object.entries(content)
      .filter(([key, value]) => ['string', 'number', 'boolean'].includes(typeof value) && !key.startsWith('eai:'))
      .map(([key, value]) => [key, String(value).trim()] as const)
      .filter(([, text]) => text !== '')
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )

function tenantOf(name: string, settings: Settings): Readonly<Record<string, unknown>> {
  const { login, graph, manage } = settings
  const hosts = Object.entries({ login, graph, manage }).filter(([, origin]) => origin !== undefined)
  const told = ['tenant_id', 'client_id', 'cloud', 'client_secret_expires', 'ca'].filter((key) => key in settings)
  return {
    ...Object.fromEntries(told.map((key) => [key, settings[key]])),
    ...(hosts.length > 0 && { hosts: Object.fromEntries(hosts) }),
    ...credentialOf(name, settings),
  }
}

function credentialOf(name: string, { credential = 'client_secret' }: Settings): Readonly<Record<string, unknown>> {
  const secret = `splunk:${realms.account}/${name}`
  if (credential === 'client_secret') return { client_secret: secret }
  if (credential === 'certificate') return { certificate: { certificate: secret } }
  if (credential === 'managed_identity') return { managed_identity: {} }
  throw new SiembridgeError('AccountWrong', name, `credential: there is no ${credential}`)
}

/** URL of the proxy, with its password where it has a user; undefined without one. */
export async function proxyOf(splunkd: Splunkd): Promise<string | undefined> {
  const { enabled = '0', url = '', user } = (await stanzaOf(splunkd, customConfs.settings, 'proxy')) ?? {}
  if (!/^(?:1|t|true|y|yes|on)$/i.test(enabled) || url === '') return undefined
  const parsed = URL.parse(url)
  // What is no URL is refused where the account is looked at.
  if (user === undefined || !parsed) return url
  return Object.assign(parsed, {
    username: encodeURIComponent(user),
    password: encodeURIComponent(await readPassword(splunkd, realms.settings, 'proxy')),
  }).href
}
