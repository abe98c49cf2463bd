import { type Cloud, defaultTenantId } from '@siembridge/simulator'
import { olderApp } from '../older-apps.ts'
import { type Checkpoint, olderCases } from '../older-cases.ts'
import type { Site } from '../site.ts'

/** App registrations of the older add-ons, for a simulated tenant. */
export const olderApplications = olderCases.map(({ clientId, clientSecret }) => ({
  clientId,
  secrets: [{ value: clientSecret }],
}))

/** Installs older add-ons with an input each and its checkpoint of an hour ago. */
export async function seedOlder(site: Site, apps: readonly string[] = olderCases.map(({ app }) => app)): Promise<void> {
  const at = hourAgo()
  for (const { app, conf, account, secrets, inputs } of olderCases.filter((one) => apps.includes(one.app))) {
    const rows = inputs.flatMap((input) => Object.entries(input.rows?.(at) ?? {}))
    await site.splunk.install(olderApp(app, [...new Set(rows.map(([name]) => name))]))
    if (conf !== undefined) site.splunk.confs.set(app, conf, 'older', account(defaultTenantId))
    for (const [realm, name, value] of secrets) site.splunk.passwords.secrets.push({ app, realm, name, value })
    for (const [collection, documents] of rows)
      await site.askIn(app, `/storage/collections/data/${collection}/batch_save`, documents)
    for (const { scheme, name, settings } of inputs)
      site.splunk.confs.set(app, 'inputs', `${scheme}://${name}`, { ...settings(defaultTenantId), disabled: '0' })
  }
}

function hourAgo(): Checkpoint {
  const ms = Date.now() - 3_600_000
  return { ms, text: new Date(ms).toISOString().replace('Z', '0000Z'), contents: [{ id: 'content', createdMs: ms }] }
}

/** Settings of an account that reach a simulated cloud. */
export const hostsOf = (cloud: Cloud): Readonly<Record<string, string>> => ({
  cloud: 'custom',
  login: cloud.url('login'),
  graph: cloud.url('graph'),
  manage: cloud.url('manage'),
  ca: cloud.address.caFile,
})
