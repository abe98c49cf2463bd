import { type Cloud, startCloud } from '@siembridge/simulator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtPackage, Site, until } from './site.ts'

const schemes = ['siembridge_alerts', 'siembridge_entra_id', 'siembridge_office_365']

let cloud: Cloud
let spl: Buffer
beforeAll(async () => {
  spl = builtPackage()
  cloud = await startCloud({ clock: { speed: 600 }, throttling: { limits: 'off' } })
}, 60_000)
afterAll(() => cloud.stop())

describe('three inputs of one account', () => {
  let site: Site
  beforeAll(async () => {
    site = await Site.open(spl)
    await site.account(cloud, 'contoso')
  })
  afterAll(() => site.stop())

  test('stream events with their time, sourcetype, index and host', async () => {
    const common = {
      name: 'contoso',
      account: 'contoso',
      look_every: '1s',
      start: '2h',
      index: 'security',
      host: 'cloud',
    }
    const made = [
      await site.input('siembridge_alerts', { ...common }),
      await site.input('siembridge_entra_id', { ...common, sourcetypes: 'own' }),
      await site.input('siembridge_office_365', common),
    ]
    expect(made.map(({ status, text }) => [status, status === 201 ? '' : text])).toEqual([
      [201, ''],
      [201, ''],
      [201, ''],
    ])
    const of = (scheme: string) => site.splunk.events.filter(({ stanza }) => stanza === `${scheme}://contoso`)
    const sourcetypes = (scheme: string) => [...new Set(of(scheme).map(({ sourcetype }) => sourcetype))].toSorted()
    await until(
      () => schemes.every((scheme) => of(scheme).length > 20) && sourcetypes('siembridge_alerts').length > 1,
      () => site.errors.join('\n'),
    )
    for (const { raw, index, host, timed, cut } of site.splunk.events) {
      expect({ index, host, timed, cut }).toEqual({ index: 'security', host: 'cloud', timed: true, cut: 0 })
      expect(() => JSON.parse(raw) as unknown).not.toThrow()
    }
    expect(sourcetypes('siembridge_alerts')).toEqual(['ms365:defender:incident', 'ms365:defender:incident:alerts'])
    expect(sourcetypes('siembridge_office_365')).toEqual(['o365:management:activity'])
    expect(sourcetypes('siembridge_entra_id')).toEqual(
      expect.arrayContaining(['siembridge:entra:directory-audit', 'siembridge:entra:sign-in']),
    )
    for (const { raw, timeMs } of of('siembridge_alerts'))
      expect(
        Math.abs(Date.parse((JSON.parse(raw) as { createdDateTime: string }).createdDateTime) - timeMs),
      ).toBeLessThan(1)
    for (const { raw, timeMs } of of('siembridge_entra_id'))
      expect((JSON.parse(raw) as { sb_time_ms: number }).sb_time_ms).toBe(timeMs)
    expect(site.errors).toEqual([])
  })
})
