import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCloud } from '@siembridge/simulator'
import { expect, test } from 'vitest'
import { builtPackage, Site, until } from './site.ts'

/** What an input wrote is settled after 5 s; a look and a write lie around them. */
const settledMs = 9000

test(
  'where there is no KV store, state is kept in the checkpoint directory and taken up again',
  { timeout: 180_000 },
  async () => {
    const cloud = await startCloud({ clock: { speed: 600 }, throttling: { limits: 'off' } })
    const site = await Site.open(builtPackage(), { graceMs: 6000 })
    try {
      site.splunk.kvStore.disabled = true
      await site.account(cloud, 'contoso')
      const form = { name: 'contoso', account: 'contoso', streams: 'incidents', look_every: '1s', start: '1h' }
      expect(await site.input('siembridge_alerts', form)).toMatchObject({ status: 201 })
      const { events } = site.splunk
      await until(
        () => events.length > 20,
        () => site.errors.join('\n'),
      )
      await cloud.quiet()
      await sleep(settledMs)
      const before = events.map(({ raw }) => raw)
      await site.splunk.restart()
      await cloud.resume()
      await until(
        () => events.length > before.length + 5,
        () => site.errors.join('\n'),
      )
      const after = events.slice(before.length).map(({ raw }) => raw)
      expect(after.filter((raw) => before.includes(raw))).toEqual([])
      expect(readdirSync(site.splunk.host.facts('siembridge_alerts').checkpointDir)).toHaveLength(1)
      expect(site.errors).toEqual([])
    } finally {
      await site.stop()
      await cloud.stop()
    }
  },
)
