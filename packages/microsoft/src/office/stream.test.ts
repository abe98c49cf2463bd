import { SiembridgeError } from '@siembridge/core'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { TestAgent, until } from '../../test/agent.ts'
import { TestClock } from '../../test/clock.ts'
import { ModelOffice, refusal, runOffice } from '../../test/office.ts'
import { tenantId } from '../../test/stream.ts'

const start = Date.parse('2026-11-21T08:00:00.500Z')
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
const stream = 'audit.exchange'

let clock: TestClock
let office: ModelOffice
beforeEach(() => {
  clock = new TestClock(start)
  office = new ModelOffice(() => clock.now())
})

const blob = (id: string, createdMs: number, more = {}) => ({
  id,
  createdMs,
  records: [{ Id: `${id} 1` }, { Id: `${id} 2` }],
  ...more,
})
const ids = (agent: TestAgent): string[] => agent.records(stream).map(({ Id }) => String(Id))
const blobs = (agent: TestAgent): string[] => [...new Set(ids(agent).map((id) => id.slice(0, -2)))].toSorted()
const actions = (agent: TestAgent, action: string) => agent.events.filter((event) => event.action === action)

async function runFor(ms: number, more: Parameters<typeof runOffice>[2] = {}): Promise<TestAgent> {
  const end = clock.elapsed() + ms
  const running = runOffice(office, clock, more)
  await until(() => clock.elapsed() >= end, `${ms} ms of the clock`)
  await running.stop()
  return running.agent
}

describe('listing', () => {
  it('fetches each blob once, with the bytes of its records, however often it is listed', async () => {
    for (let n = 0; n < 7; n++) office.blobs.push(blob(`b${n}`, start - n * hour))
    const agent = await runFor(hour)
    expect(blobs(agent)).toEqual(['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6'])
    expect(office.count('/audit/')).toBe(7)
    expect(agent.state(stream).emitted).toHaveLength(14)
    expect(agent.specs.get(stream)?.windowMs).toBeGreaterThanOrEqual(7 * day)
  })

  it('azure-10.1a hands the same record over again when it comes in another blob days later', async () => {
    office.blobs.push(blob('first', start - hour), { ...blob('second', start + 5 * day), records: [{ Id: 'first 1' }] })
    const agent = await runFor(6 * day, { options: { interval: '1h' } })
    expect(agent.state(stream).emitted.filter((text) => text === '{"Id":"first 1"}')).toHaveLength(2)
    // The lane drops it: its window outlasts the repetition.
    expect(agent.specs.get(stream)?.windowMs).toBeGreaterThan(7 * day)
  })

  it('azure-10.1b finds a blob that is listed hours after its own time', async () => {
    office.blobs.push(blob('late', start + minute, { listedMs: start + 20 * hour }), blob('early', start + 2 * minute))
    const agent = await runFor(26 * hour, { options: { interval: '10m' } })
    expect(blobs(agent)).toEqual(['early', 'late'])
  })

  it("azure-10.1c never begins a window at a blob's own time, and does not fetch a blob again", async () => {
    office.blobs.push(blob('b', start - 90 * minute))
    await runFor(hour, { sinceMs: start - 10 * hour, options: { overlap: '2h' } })
    const windows = office.asked.flatMap((url) => /startTime=([^&]+)/.exec(url)?.[1] ?? [])
    expect(windows.length).toBeGreaterThan(3)
    expect(windows.slice(1).filter((text) => !text.endsWith(':00:00'))).toEqual([])
    expect(office.count('/audit/')).toBe(1)
  })

  it('azure-10.1c reads each blob once more where it is told to, and finds what the first answer lacked', async () => {
    office.blobs.push(blob('b', start - minute))
    let reads = 0
    office.before = ({ url }) => {
      const first = url.includes('/audit/') && ++reads === 1
      return first
        ? { status: 200, headers: {}, body: Buffer.from('[{"Id":"b 1"}]'), json: [{ Id: 'b 1' }] }
        : undefined
    }
    const agent = await runFor(3 * hour, { options: { read_twice: true } })
    expect(ids(agent)).toEqual(['b 1', 'b 2'])
    expect(reads).toBe(2)
  })

  it('does not fetch a blob again while it is on its way to the targets', async () => {
    office.blobs.push(blob('b', start - minute))
    const agent = new TestAgent(clock)
    const { marks } = agent.state(stream)
    // Nothing settles.
    marks.add = () => marks
    await runFor(hour, { agent })
    expect(office.count('/audit/')).toBe(1)
  })

  it.each(['nextpageuri', 'nextpageurl'])('azure-10.1e follows the next page in the header %s', async (name) => {
    office.nextPage = name
    for (let n = 0; n < 5; n++) office.blobs.push(blob(`b${n}`, start - n * minute - 1))
    expect(blobs(await runFor(5 * minute))).toHaveLength(5)
    expect(office.asked.some((url) => url.includes('/api/v1/'))).toBe(true)
  })

  it('asks for at most 24 hours in whole seconds, never for more than seven days back, and names the publisher on every call', async () => {
    for (let n = 0; n < 6; n++) office.blobs.push(blob(`b${n}`, start - n * day - 1))
    const agent = await runFor(10 * minute, { sinceMs: start - 30 * day })
    // The model refuses what is out of range.
    expect(agent.lastReport(stream)?.state).toBe('connected')
    expect(blobs(agent)).toHaveLength(6)
    expect(office.asked.every((url) => url.includes(`PublisherIdentifier=${tenantId}`))).toBe(true)
    expect(actions(agent, 'gap')).toHaveLength(1)
    expect(actions(agent, 'gap')[0]?.message).toMatch(/older than Microsoft keeps it/)
  })

  it('uses the publisher that is told', async () => {
    await runFor(minute, { options: { publisher_identifier: '11111111-2222-4333-8444-555555555555' } })
    expect(office.asked.every((url) => url.includes('PublisherIdentifier=11111111-'))).toBe(true)
  })

  it('azure-1.11 sends no token to another host, for a page or for a blob, and the others are fetched', async () => {
    office.blobs.push(
      blob('good', start - 2000),
      blob('bad', start - 1000, { host: 'https://manage.attacker.example' }),
    )
    const agent = await runFor(10 * minute)
    expect(blobs(agent)).toEqual(['good'])
    expect(office.asked.filter((url) => url.includes('attacker'))).toEqual([])
    expect(agent.lastReport(stream)).toMatchObject({ state: 'error', error: { code: 'ContentForeign' } })
  })

  it('begins a listing anew when a page of it is not valid any more', async () => {
    for (let n = 0; n < 5; n++) office.blobs.push(blob(`b${n}`, start - n * minute - 1))
    let times = 0
    office.before = ({ url }) => (url.includes('nextPage=1') && times++ < 2 ? refusal('AF20031') : undefined)
    expect(blobs(await runFor(5 * minute))).toHaveLength(5)
  })
})

describe('blobs that fail', () => {
  it('azure-10.4 does not let the position pass a blob that failed, and fetches the others', async () => {
    for (let n = 0; n < 5; n++) office.blobs.push(blob(`b${n}`, start - n * minute - 1))
    office.before = ({ url }) => {
      if (url.includes('/audit/b2')) throw new SiembridgeError('ServiceFailing', 'feed', 'status 500')
      return undefined
    }
    const agent = new TestAgent(clock)
    const running = runOffice(office, clock, { agent })
    await until(() => blobs(agent).length === 4, 'the others')
    await until(() => clock.elapsed() > 2 * hour, 'two hours')
    expect(Number(agent.position(stream)['to'] ?? 0)).toBeLessThan(start)
    expect(agent.lastReport(stream)?.state).toBe('error')
    office.before = () => undefined
    await until(() => blobs(agent).length === 5, 'the blob, when it can be had')
    await until(() => Number(agent.position(stream)['to']) > start + 2 * hour, 'the position to follow')
    await running.stop()
    // Each of the others once.
    expect(agent.state(stream).emitted).toHaveLength(10)
  })

  it.each(['AF20050', 'AF20051', 'AF20052'])(
    'azure-10.1d counts a blob that answers %s as a gap, once',
    async (code) => {
      office.blobs.push(blob('gone', start - 1000), blob('good', start - 2000))
      office.before = ({ url }) => (url.includes('/audit/gone') ? refusal(code, 404) : undefined)
      const agent = await runFor(3 * hour)
      expect(blobs(agent)).toEqual(['good'])
      expect(actions(agent, 'gap')).toHaveLength(1)
      expect(actions(agent, 'gap')[0]?.details).toMatchObject({ stream, tenant: 'contoso', blobs: 1 })
      expect(Number(agent.position(stream)['to'])).toBeGreaterThan(start + 2 * hour)
      expect(office.count('/audit/gone')).toBe(1)
    },
  )

  it('azure-10.1d does not ask for a blob that expired while it waited', async () => {
    office.blobs.push(blob('expired', start - hour, { expiration: new Date(start - minute).toISOString() }))
    const agent = await runFor(hour)
    expect(office.count('/audit/')).toBe(0)
    expect(actions(agent, 'gap')).toHaveLength(1)
  })

  it('azure-10.4 keeps a position for each content type', async () => {
    const agent = new TestAgent(clock)
    const options = { streams: ['audit.exchange', 'audit.general'] }
    office.before = ({ url }) => (url.includes('Audit.General') ? refusal('AF20020') : undefined)
    await runFor(30 * minute, { agent, options })
    expect(Number(agent.position('audit.exchange')['to'])).toBeGreaterThan(start)
    expect(agent.position('audit.general')['to']).not.toBe(agent.position('audit.exchange')['to'])
    expect(agent.lastReport('audit.general')).toMatchObject({ state: 'parked', error: { code: 'FeedRefused' } })
  })

  it('azure-10.4 loses nothing when it is killed anywhere, and repeats at most what was under way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 14 }), async (after) => {
        clock = new TestClock(start, 0)
        office = new ModelOffice(() => clock.now())
        for (let n = 0; n < 8; n++) office.blobs.push(blob(`b${n}`, start - n * hour - 1))
        const agent = new TestAgent(clock)
        let emits = 0
        agent.onEmit = () => {
          if (++emits > after) throw new Error('killed')
        }
        await runFor(minute, { agent })
        agent.onEmit = () => {}
        await runFor(5 * minute, { agent })
        expect(blobs(agent)).toHaveLength(8)
        expect(agent.state(stream).emitted).toHaveLength(16)
      }),
      { numRuns: 14 },
    )
  })
})

describe('subscriptions', () => {
  it('azure-10.5 starts no subscription that is enabled, not after a restart either', async () => {
    const agent = await runFor(hour)
    await runFor(hour, { agent })
    expect(office.count('/subscriptions/start')).toBe(0)
    expect(office.count('/subscriptions/list')).toBe(2)
  })

  it('azure-10.5 starts what is not there, and never twice in 15 minutes, over restarts too', async () => {
    office.subscribed = 'absent'
    const starts: number[] = []
    office.before = ({ url }) => {
      if (url.includes('/start')) starts.push(clock.now())
      // The service takes longer than usual to know it.
      return url.includes('/content') && starts.length < 4 ? refusal('AF20022') : undefined
    }
    const agent = new TestAgent(clock)
    for (let restart = 0; restart < 6; restart++) await runFor(10 * minute, { agent })
    await until(() => clock.elapsed() > 2 * hour || starts.length >= 4, 'starts', 10).catch(() => {})
    await runFor(hour, { agent })
    expect(starts.length).toBeGreaterThan(1)
    starts.slice(1).forEach((at, n) => expect(at - (starts[n] ?? 0)).toBeGreaterThanOrEqual(15 * minute))
    expect(agent.lastReport(stream)?.state).toBe('connected')
  })

  it('azure-10.1g takes AF20024 for good', async () => {
    office.subscribed = 'absent'
    office.before = ({ url }) => {
      if (!url.includes('/start')) return undefined
      office.subscribed = 'enabled'
      return refusal('AF20024')
    }
    office.blobs.push(blob('b', start - minute))
    const agent = await runFor(10 * minute)
    expect(blobs(agent)).toEqual(['b'])
    expect(agent.lastReport(stream)?.state).toBe('connected')
  })

  it('azure-10.1h starts a disabled subscription once, then parks with an alert and goes on when it is mended', async () => {
    office.subscribed = 'disabled'
    office.before = ({ url }) => (url.includes('/start') || url.includes('/content') ? refusal('AF20023') : undefined)
    const agent = new TestAgent(clock)
    const running = runOffice(office, clock, { agent })
    await until(() => clock.elapsed() > day, 'a day')
    expect(agent.lastReport(stream)).toMatchObject({ state: 'parked', error: { code: 'SubscriptionDisabled' } })
    expect(actions(agent, 'source-silent')).toHaveLength(1)
    office.before = () => undefined
    office.subscribed = 'enabled'
    office.blobs.push(blob('b', start + minute))
    await until(() => blobs(agent).length === 1, 'the blob')
    await running.stop()
  })
})

describe('the tenant and the clock', () => {
  it('azure-10.1i takes "Tenant does not exist" for an audit log that is switched off', async () => {
    const text = `Microsoft.Office.Compliance.Audit.DataServiceException: Tenant ${tenantId} does not exist.`
    office.before = () => ({ status: 500, headers: {}, body: Buffer.from(text) })
    const agent = await runFor(hour)
    expect(agent.lastReport(stream)).toMatchObject({ state: 'parked', error: { code: 'AuditingOff' } })
    expect(agent.lastReport(stream)?.error?.help).toMatch(/Purview/)
  })

  it.each([26, -26, 3])(
    'azure-10.1j goes by the time of the server when this machine is %d hours off',
    async (hours) => {
      const server = new TestClock(start)
      clock = new TestClock(start + hours * hour)
      office = new ModelOffice(() => server.now() + clock.elapsed())
      for (let n = 0; n < 10; n++) office.blobs.push(blob(`b${n}`, start + n * 10 * minute))
      const agent = await runFor(3 * hour, { sinceMs: start - hour })
      expect(blobs(agent)).toHaveLength(10)
      expect(Number(agent.position(stream)['to'])).toBeLessThanOrEqual(start + clock.elapsed() + 2000)
    },
  )

  it('azure-1.11 parks without the permission, and says which one', async () => {
    office.before = () => refusal('AF10001', 403)
    const agent = await runFor(hour)
    expect(agent.lastReport(stream)).toMatchObject({ state: 'parked', error: { code: 'PermissionMissing' } })
    expect(agent.lastReport(stream)?.error?.message).toContain('ActivityFeed.Read')
  })

  it('reads a past window once, and ends', async () => {
    for (let n = 0; n < 72; n++) office.blobs.push(blob(`b${n}`, start - n * hour - 5000))
    const window = { fromMs: start - 48 * hour, toMs: start - 24 * hour }
    const running = runOffice(office, clock, { window })
    await running.ended
    expect(blobs(running.agent)).toHaveLength(24)
  })

  it('azure-1.11 parks on a position that it cannot read, and leaves it as it is', async () => {
    const agent = new TestAgent(clock)
    agent.state(stream).position = Buffer.from('{"v":3}')
    await runOffice(office, clock, { agent }).ended
    expect(agent.lastReport(stream)).toMatchObject({ state: 'parked', error: { code: 'PositionUnknown' } })
    expect(office.asked).toEqual([])
  })
})
