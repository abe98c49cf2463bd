import { type Cloud, contentTypes, defaultTenantId, startCloud, streamNames } from '@siembridge/simulator'
import { loadKnowledge, searchTime } from '@siembridge/splunk/knowledge'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtPackage, Site, until } from './site.ts'

const schemes = ['siembridge_alerts', 'siembridge_entra_id', 'siembridge_office_365']

let cloud: Cloud
let spl: Buffer
beforeAll(async () => {
  spl = builtPackage()
  cloud = await startCloud({
    clock: { speed: 600 },
    throttling: { limits: 'off' },
    tenants: [
      {
        id: defaultTenantId,
        subscriptions: contentTypes,
        streams: streamNames.map((stream) => ({ stream, perMinute: stream === 'alerts' ? 4 : 0.5 })),
      },
    ],
  })
}, 60_000)
afterAll(() => cloud.stop())

describe('three inputs of one account', () => {
  let site: Site
  beforeAll(async () => {
    site = await Site.open(spl)
    await site.account(cloud, 'contoso')
  })
  afterAll(() => site.stop())

  test('stream events with their time, sourcetype, index and host, and CIM fields', { timeout: 150_000 }, async () => {
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
      () =>
        schemes.every((scheme) => of(scheme).length > 20) &&
        sourcetypes('siembridge_alerts').length > 1 &&
        ['siembridge:entra:directory-audit', 'siembridge:entra:sign-in'].every((one) =>
          sourcetypes('siembridge_entra_id').includes(one),
        ),
      () => site.errors.join('\n'),
      120_000,
    )
    for (const { index, host, timed } of site.splunk.events)
      expect({ index, host, timed }).toEqual({ index: 'security', host: 'cloud', timed: true })
    // Splunk cuts what has no props of ours at 10,000 bytes.
    for (const { cut, sourcetype } of site.splunk.events) if (sourcetype.startsWith('siembridge:')) expect(cut).toBe(0)
    const wholeOf = (scheme: string) => of(scheme).filter(({ cut }) => cut === 0)
    expect(sourcetypes('siembridge_alerts')).toEqual(['ms365:defender:incident', 'ms365:defender:incident:alerts'])
    expect(sourcetypes('siembridge_office_365')).toEqual(['o365:management:activity'])
    for (const { raw, timeMs } of wholeOf('siembridge_office_365'))
      expect(Date.parse(`${(JSON.parse(raw) as { CreationTime: string }).CreationTime.replace(/Z$/, '')}Z`)).toBe(
        timeMs,
      )
    for (const { raw, timeMs } of wholeOf('siembridge_entra_id'))
      expect((JSON.parse(raw) as { sb_time_ms: number }).sb_time_ms).toBe(timeMs)
    expect(site.errors).toEqual([])
    const cut = site.splunk.events.filter((event) => event.cut > 0).map(({ sourcetype }) => sourcetype)
    for (const sourcetype of new Set(cut))
      expect(site.said(`of sourcetype ${sourcetype} are longer than 10000 bytes`), sourcetype).toBe(true)
    expect(cut.length).toBeGreaterThan(0)
    const leases = site.splunk.kvStore.documents('siembridge_ms', 'siembridge_budgets')
    expect(new Set(leases.map(({ holder }) => String(holder).split(' ').at(-1)))).toEqual(new Set(schemes))

    const { problems, ...knowledge } = loadKnowledge(site.files('siembridge_ms'))
    expect(problems).toEqual([])
    for (const event of of('siembridge_entra_id')) {
      const { fields, tags } = searchTime(event, knowledge)
      expect(fields.get('vendor_product')?.[0]).toMatch(/^Microsoft /)
      if (event.sourcetype === 'siembridge:entra:sign-in') expect([...tags]).toEqual(['authentication'])
    }
  })
})

test('twenty inputs at once on one account each get everything, once', { timeout: 120_000 }, async () => {
  const names = Array.from({ length: 20 }, (_, at) => `input-${at}`)
  const site = await Site.open(spl)
  try {
    await site.account(cloud, 'contoso')
    const settings = { account: 'contoso', streams: 'incidents', look_every: '1s', start: '1h' }
    for (const name of names.slice(1))
      site.splunk.confs.set('siembridge_ms', 'inputs', `siembridge_alerts://${name}`, settings)
    expect(await site.input('siembridge_alerts', { name: 'input-0', ...settings })).toMatchObject({ status: 201 })
    const of = (name: string) =>
      site.splunk.events.filter(({ stanza }) => stanza === `siembridge_alerts://${name}`).map(({ raw }) => raw)
    await until(
      () => names.every((name) => of(name).length > 30),
      () => JSON.stringify([names.map((name) => of(name).length), site.errors]),
      90_000,
    )
    for (const name of names) expect(new Set(of(name)).size).toBe(of(name).length)
    expect(site.splunk.running('siembridge_alerts')).toHaveLength(1)
    expect(site.errors).toEqual([])
  } finally {
    await site.stop()
  }
})
