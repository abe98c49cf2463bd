import fc from 'fast-check'
import { SiembridgeError } from '@siembridge/core'
import { describe, expect, it } from 'vitest'
import { TestAgent, until } from '../../test/agent.ts'
import { TestClock } from '../../test/clock.ts'
import { ModelGraph } from '../../test/model.ts'
import { run } from '../../test/stream.ts'
import { readPosition, writePosition } from './position.ts'

const start = Date.parse('2026-11-21T08:00:00Z')
const [minute, hour] = [60_000, 3_600_000]
const iso = (ms: number, digits = '000'): string => new Date(ms).toISOString().replace('Z', `${digits}Z`)

const setUp = (time = 'activityDateTime') => {
  const clock = new TestClock(start)
  return { clock, graph: new ModelGraph(() => clock.now(), time) }
}

const ids = (agent: TestAgent, stream: string): string[] => agent.records(stream).map(({ id }) => String(id))

/** Runs until so much of the clock's time has passed. */
async function runFor(ms: number, ...args: Parameters<typeof run>): Promise<TestAgent> {
  const [, clock] = args
  const end = clock.elapsed() + ms
  const running = run(...args)
  await until(() => clock.elapsed() >= end, `${ms} ms of the clock`)
  await running.stop()
  return running.agent
}

describe('collecting a stream', () => {
  it('graph-11.01 loses none of many records with one time over a page cut and a window bound', async () => {
    const { clock, graph } = setUp()
    graph.pageSize = 3
    const at = iso(start - hour)
    for (let n = 0; n < 20; n++) graph.records.push({ id: `same ${n}`, time: at, visibleMs: 0 })
    // The bound between two windows of an hour is their very time.
    const agent = await runFor(3 * minute, graph, clock, ['directory-audits'], { sinceMs: start - 2 * hour })
    expect(ids(agent, 'directory-audits')).toHaveLength(20)
    expect(new Set(agent.state('directory-audits').emitted).size).toBe(20)
  })

  it('graph-11.03 finds records that come 10 minutes, 2 hours and 20 hours late, and tells how late', async () => {
    const { clock, graph } = setUp()
    for (const [id, lateMs] of [
      ['ten minutes', 10 * minute],
      ['two hours', 2 * hour],
      ['twenty hours', 20 * hour],
    ] as const)
      graph.records.push({ id, time: iso(start + minute), visibleMs: start + minute + lateMs })
    const agent = await runFor(23 * hour, graph, clock, ['directory-audits'])
    expect(ids(agent, 'directory-audits').toSorted()).toEqual(['ten minutes', 'twenty hours', 'two hours'])
    const { late } = agent.lastReport('directory-audits') ?? {}
    expect(late?.records).toBe(2)
    expect(late?.mostMs).toBeGreaterThan(19 * hour)
    expect(agent.events.filter(({ action }) => action === 'late-records').length).toBe(2)
  })

  it('graph-11.04 has the last state of a record that changes between looks and while pages are read', async () => {
    const { clock, graph } = setUp('lastUpdateDateTime')
    graph.pageSize = 2
    for (let n = 0; n < 9; n++)
      graph.records.push({ id: `alert ${n}`, time: iso(start - 5 * minute + n), visibleMs: 0, state: 0 })
    let changes = 0
    graph.onPage = (_, at) => {
      const record = graph.records[4]
      if (at !== 1 || !record || changes >= 5) return
      record['state'] = ++changes
      record.time = iso(clock.now())
    }
    const agent = await runFor(20 * minute, graph, clock, ['alerts'], { sinceMs: start - hour })
    expect(new Set(ids(agent, 'alerts')).size).toBe(9)
    expect(
      agent
        .records('alerts')
        .filter(({ id }) => id === 'alert 4')
        .map(({ state }) => state),
    ).toContain(5)
  })

  it('graph-11.05 finds with a sweep a change that moves no time', async () => {
    const { clock, graph } = setUp('lastUpdateDateTime')
    graph.records.push({ id: 'alert', time: iso(start - minute), visibleMs: 0, comments: 0 })
    const running = run(graph, clock, ['alerts'])
    await until(() => clock.now() > start + 30 * minute, 'half an hour')
    const [record] = graph.records
    if (record) record['comments'] = 1
    await until(() => running.agent.records('alerts').some(({ comments }) => comments === 1), 'the comment')
    expect(clock.now() - start).toBeLessThan(3 * hour)
    await running.stop()
  })

  it('graph-11.06 moves on through empty windows', async () => {
    const { clock, graph } = setUp()
    const agent = await runFor(hour, graph, clock, ['directory-audits'])
    expect(agent.position('directory-audits')['to']).toBeGreaterThan(start + 50 * minute)
    expect(agent.state('directory-audits').emitted).toEqual([])
  })

  it('graph-11.06 cuts a window of 100 000 records into smaller ones, and loses none', async () => {
    const { clock, graph } = setUp('createdDateTime')
    graph.steady = true
    for (let n = 0; n < 100_000; n++)
      graph.records.push({ id: `${n}`, time: iso(start - 2 * hour + n * 36), visibleMs: 0 })
    let handed = 0
    const agent = new TestAgent(clock)
    const seen = new Set<string>()
    agent.onEmit = (_, records) => {
      for (const [id] of records.bytes.toString().matchAll(/"id":"\d+"/g)) seen.add(id)
      handed = Math.max(handed, records.index.length / 2)
    }
    const running = run(graph, clock, ['sign-ins.interactive'], { agent, sinceMs: start - 2 * hour })
    await until(() => seen.size === 100_000, 'all')
    await running.stop()
    // Never more than a page at once.
    expect(handed).toBeLessThanOrEqual(1000)
  })

  it('graph-11.13 reads around one record that the service cannot give, and tells the gap', async () => {
    const { clock, graph } = setUp('lastUpdateDateTime')
    for (let n = 0; n < 40; n++)
      graph.records.push({ id: `incident ${n}`, time: iso(start - 50 * minute + n * minute), visibleMs: 0 })
    graph.onPage = ({ path, query = {} }) => {
      const [, from = '', to = ''] = /ge (\S+) and \w+ le (\S+)/.exec(query['$filter'] ?? '') ?? []
      const poison = iso(start - 50 * minute + 17 * minute)
      const inside = query['$select'] === undefined && from <= poison && poison <= to
      if (inside || path.endsWith('/incident%2017')) throw new SiembridgeError('ServiceFailing', 'Graph', 'status 500')
    }
    const running = run(graph, clock, ['incidents'], { sinceMs: start - hour })
    await until(() => new Set(ids(running.agent, 'incidents')).size === 39, 'all others')
    await until(() => running.agent.events.some(({ action }) => action === 'gap'), 'the gap')
    const gap = running.agent.events.find(({ action }) => action === 'gap')
    expect(gap?.details).toMatchObject({ tenant: 'contoso', stream: 'incidents', id: 'incident 17' })
    graph.onPage = () => {}
    await until(
      () => new Set(ids(running.agent, 'incidents')).size === 40,
      'the record, once the service is well again',
    )
    await running.stop()
  })

  it('graph-11.13 takes an outage for an outage: no gap, and the position waits', async () => {
    const { clock, graph } = setUp('lastUpdateDateTime')
    graph.records.push({ id: 'incident', time: iso(start - 30 * minute), visibleMs: 0 })
    graph.onPage = () => {
      throw new SiembridgeError('ServiceFailing', 'Graph', 'status 503')
    }
    const running = run(graph, clock, ['incidents'], { sinceMs: start - hour })
    await until(() => clock.now() > start + 2 * hour, 'two hours')
    expect(running.agent.events).toEqual([])
    expect(running.agent.lastReport('incidents')).toMatchObject({ state: 'error', error: { code: 'ServiceFailing' } })
    expect(running.agent.position('incidents')['to']).toBeUndefined()
    graph.onPage = () => {}
    await until(() => ids(running.agent, 'incidents').length === 1, 'the record')
    await running.stop()
  })

  it('graph-11.14 keeps the position while consent is missing, parks, and goes on without loss after hours', async () => {
    const { clock, graph } = setUp()
    const agent = await runFor(10 * minute, graph, clock, ['directory-audits'])
    const before = agent.position('directory-audits')['to']
    let asked = 0
    graph.onPage = () => {
      asked++
      throw new SiembridgeError('PermissionMissing', 'directory-audits', 'status 403')
    }
    graph.records.push({ id: 'meanwhile', time: iso(clock.now() + hour), visibleMs: 0 })
    const running = run(graph, clock, ['directory-audits'], { agent })
    await until(() => clock.now() > start + 30 * hour, 'thirty hours')
    expect(agent.position('directory-audits')['to']).toBe(before)
    expect(agent.lastReport('directory-audits')).toMatchObject({
      state: 'parked',
      error: { code: 'PermissionMissing' },
    })
    expect(agent.lastReport('directory-audits')?.error?.help).toContain('admin consent')
    // Every 15 minutes, not every two.
    expect(asked).toBeLessThan(clock.elapsed() / (15 * minute) + 5)
    expect(agent.events.filter(({ action }) => action === 'source-silent')).toHaveLength(1)
    graph.onPage = () => {}
    await until(() => ids(agent, 'directory-audits').includes('meanwhile'), 'the record')
    await running.stop()
  })

  it('graph-11.14 tells once that signing in fails, and again after it worked', async () => {
    const { clock, graph } = setUp()
    const fail = () => {
      throw new SiembridgeError('ClientSecretExpired', 'tenant contoso', 'AADSTS7000222')
    }
    graph.onPage = fail
    const running = run(graph, clock, ['directory-audits', 'provisioning', 'risk-detections'])
    const told = () => running.agent.events.filter(({ action }) => action === 'authentication-failed').length
    await until(() => clock.now() > start + hour, 'an hour')
    expect(told()).toBe(1)
    graph.onPage = () => {}
    await until(() => running.agent.lastReport('directory-audits')?.state === 'connected', 'mended')
    graph.onPage = fail
    await until(() => told() === 2, 'told again')
    await running.stop()
  })

  it('graph-11.15 parks a stream without a licence, and the others go on', async () => {
    const { clock, graph } = setUp()
    graph.onPage = ({ path }) => {
      if (path.includes('signIns')) throw new SiembridgeError('LicenceMissing', 'sign-ins', 'status 403')
    }
    graph.records.push({ id: 'audit', time: iso(start - minute), visibleMs: 0 })
    const agent = await runFor(hour, graph, clock, ['sign-ins.interactive', 'directory-audits'])
    expect(agent.lastReport('sign-ins.interactive')).toMatchObject({
      state: 'parked',
      error: { code: 'LicenceMissing' },
    })
    expect(agent.lastReport('directory-audits')?.state).toBe('connected')
    expect(ids(agent, 'directory-audits')).toEqual(['audit'])
  })

  it('graph-11.16 reads again after a kill what was not settled, with the same bytes', async () => {
    const { clock, graph } = setUp()
    for (let n = 0; n < 10; n++) graph.records.push({ id: `${n}`, time: iso(start - hour + n * minute), visibleMs: 0 })
    graph.pageSize = 4
    const agent = new TestAgent(clock)
    let emits = 0
    agent.onEmit = () => {
      if (++emits > 2) throw new Error('killed')
    }
    await runFor(minute, graph, clock, ['directory-audits'], { agent, sinceMs: start - 2 * hour })
    expect(ids(agent, 'directory-audits').length).toBeLessThan(10)
    agent.onEmit = () => {}
    await runFor(3 * minute, graph, clock, ['directory-audits'], { agent })
    expect(agent.state('directory-audits').kept.size).toBe(10)
  })

  it('graph-11.17 parks on a position that it cannot read, and leaves it as it is', async () => {
    const { clock, graph } = setUp()
    for (const text of ['{"v":2,"to":1,"since":1}', '{"v":1,"to":"x"}', '{', '']) {
      const agent = new TestAgent(clock)
      agent.state('directory-audits').position = Buffer.from(text)
      await run(graph, clock, ['directory-audits'], { agent }).ended
      expect(agent.lastReport('directory-audits')).toMatchObject({
        state: 'parked',
        error: { code: 'PositionUnknown' },
      })
      expect(Buffer.from(agent.state('directory-audits').position ?? []).toString()).toBe(text)
      expect(graph.asked).toEqual([])
    }
  })

  it('graph-11.17 writes positions that it reads', () => {
    const position = { to: 5, since: 1, sweep: { at: 2, end: 4, began: 9 }, swept: 3 }
    expect(readPosition(writePosition(position), 'x')).toEqual(position)
  })

  it.each([24, -24])('graph-11.17 loses nothing when this machine is %d hours off', async (hours) => {
    const server = new TestClock(start)
    const clock = new TestClock(start + hours * hour)
    const graph = new ModelGraph(() => server.now() + clock.elapsed(), 'activityDateTime')
    for (let n = 0; n < 60; n++)
      graph.records.push({ id: `${n}`, time: iso(start + n * minute), visibleMs: start + n * minute })
    const agent = await runFor(90 * minute, graph, clock, ['directory-audits'], { sinceMs: start - hour })
    expect(ids(agent, 'directory-audits')).toHaveLength(60)
    // Never into the future of the server, but for the very first request.
    expect(agent.position('directory-audits')['to']).toBeLessThanOrEqual(start + clock.elapsed())
  })

  it('graph-11.17 goes by the server when the clock jumps on the way', async () => {
    const { clock } = setUp()
    const graph = new ModelGraph(() => start + clock.elapsed(), 'activityDateTime')
    for (let n = 0; n < 180; n++)
      graph.records.push({ id: `${n}`, time: iso(start + n * minute), visibleMs: start + n * minute })
    const running = run(graph, clock, ['directory-audits'])
    await until(() => clock.elapsed() > hour, 'an hour')
    clock.jump(24 * hour)
    await until(() => clock.elapsed() > 2 * hour, 'two hours')
    clock.jump(-48 * hour)
    await until(() => clock.elapsed() > 4 * hour, 'four hours')
    await running.stop()
    expect(ids(running.agent, 'directory-audits')).toHaveLength(180)
  })

  it('graph-11.08 begins a window anew when its next page has expired, and cuts it when that goes on', async () => {
    const { clock, graph } = setUp()
    for (let n = 0; n < 30; n++) graph.records.push({ id: `${n}`, time: iso(start - hour + n * minute), visibleMs: 0 })
    graph.pageSize = 10
    const { GraphProblem } = await import('@siembridge/azure')
    graph.onPage = (_, at) => {
      if (at > 0)
        throw new GraphProblem(
          'RequestRefused',
          'x',
          400,
          'BadRequest',
          'Token not found: token is either invalid or expired',
        )
    }
    const agent = await runFor(10 * minute, graph, clock, ['directory-audits'], { sinceMs: start - 2 * hour })
    expect(ids(agent, 'directory-audits')).toHaveLength(30)
  })

  it('graph-11.06 halves pages that are too large, or as the service says', async () => {
    const { clock, graph } = setUp('lastUpdateDateTime')
    for (let n = 0; n < 200; n++) graph.records.push({ id: `${n}`, time: iso(start - hour + n * 1000), visibleMs: 0 })
    const { GraphProblem } = await import('@siembridge/azure')
    graph.onPage = ({ query = {} }) => {
      if (Number(query['$top']) > 50)
        throw new GraphProblem(
          'RequestRefused',
          'x',
          400,
          'BadRequest',
          "The limit of '50' for Top query has been exceeded.",
        )
      if (Number(query['$top']) > 30) throw new SiembridgeError('AnswerTooLarge', 'x')
    }
    const agent = await runFor(10 * minute, graph, clock, ['alerts'], { sinceMs: start - 2 * hour })
    expect(ids(agent, 'alerts')).toHaveLength(200)
    expect(Number(graph.asked.at(-1)?.query?.['$top'])).toBe(25)
  })

  it('goes on where the position is, and reads the overlap again', async () => {
    const { clock, graph } = setUp()
    const agent = await runFor(10 * minute, graph, clock, ['directory-audits'])
    clock.pass(5 * hour)
    graph.records.push({ id: 'while stopped', time: iso(start + 2 * hour), visibleMs: 0 })
    graph.records.push({ id: 'in the overlap', time: iso(start - 30 * minute), visibleMs: 0 })
    await runFor(3 * minute, graph, clock, ['directory-audits'], { agent })
    expect(ids(agent, 'directory-audits').toSorted()).toEqual(['in the overlap', 'while stopped'])
  })

  it('graph-11.03 finds after days of standstill what came late during them', async () => {
    const { clock, graph } = setUp()
    const agent = await runFor(hour, graph, clock, ['directory-audits'])
    graph.records.push({ id: 'late', time: iso(start - 10 * hour), visibleMs: clock.now() + hour })
    clock.pass(72 * hour)
    await runFor(3 * hour, graph, clock, ['directory-audits'], { agent })
    expect(ids(agent, 'directory-audits')).toEqual(['late'])
  })

  it('reads a past window once, and ends', async () => {
    const { clock, graph } = setUp()
    const [fromMs, toMs] = [start - 48 * hour, start - 24 * hour]
    for (let n = 0; n < 72; n++) graph.records.push({ id: `${n}`, time: iso(start - n * hour - 1), visibleMs: 0 })
    const running = run(graph, clock, ['directory-audits'], { window: { fromMs, toMs } })
    await running.ended
    expect(ids(running.agent, 'directory-audits')).toHaveLength(24)
    expect(running.agent.position('directory-audits')['to']).toBe(toMs)
  })

  it('ends a bounded run with the error where a person has to act', async () => {
    const { clock, graph } = setUp()
    graph.onPage = () => {
      throw new SiembridgeError('PermissionMissing', 'directory-audits')
    }
    const running = run(graph, clock, ['directory-audits'], { window: { fromMs: start - hour, toMs: start } })
    await expect(running.ended).rejects.toMatchObject({ code: 'PermissionMissing' })
  })

  it('asks provisioning with gt and lt, a second wider', async () => {
    const { clock, graph } = setUp()
    const at = iso(start - hour)
    graph.records.push({ id: 'on the bound', time: at, visibleMs: 0 })
    const agent = await runFor(10 * minute, graph, clock, ['provisioning'], { sinceMs: start - hour })
    expect(ids(agent, 'provisioning')).toEqual(['on the bound'])
    expect(graph.asked[0]?.query?.['$filter']).toMatch(/^activityDateTime gt \S+ and activityDateTime lt \S+Z$/)
  })

  it('tells once that a stream that always brings something is silent', async () => {
    const { clock, graph } = setUp()
    const agent = await runFor(60 * hour, graph, clock, ['directory-audits'])
    expect(agent.events.filter(({ action }) => action === 'source-silent')).toHaveLength(1)
  })

  it('loses nothing whatever comes late, changes, or shares its time', { timeout: 120_000 }, async () => {
    const arrival = fc.record({
      at: fc.integer({ min: 0, max: 6 * 60 }),
      // Many share a time, to the 100 ns.
      rest: fc.constantFrom('0', '0000001', '5', '123', '999999'),
      lateMs: fc.oneof(
        fc.constant(0),
        fc.integer({ min: 0, max: 10 * minute }),
        fc.integer({ min: 0, max: 20 * hour }),
      ),
      changesMs: fc.option(fc.integer({ min: 0, max: 3 * hour }), { freq: 5 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(arrival, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 7 }),
        async (arrivals, pageSize) => {
          const clock = new TestClock(start, 0)
          const graph = new ModelGraph(() => clock.now(), 'lastUpdateDateTime')
          graph.pageSize = pageSize
          const changes: { readonly atMs: number; readonly change: () => void }[] = []
          arrivals.forEach(({ at, rest, lateMs, changesMs }, n) => {
            const time = new Date(start + at * minute).toISOString().replace(/\.\d+Z/, `.${rest}Z`)
            const record = { id: `${n}`, time, visibleMs: start + at * minute + lateMs, state: 0 }
            graph.records.push(record)
            const changedMs = record.visibleMs + (changesMs ?? 0)
            if (changesMs !== null)
              changes.push({ atMs: changedMs, change: () => Object.assign(record, { time: iso(changedMs), state: 1 }) })
          })
          graph.onPage = () => {
            for (const { change } of changes.filter(({ atMs }) => atMs <= clock.now())) change()
          }
          const agent = await runFor(32 * hour, graph, clock, ['alerts'], { tuning: { alerts: { interval: '10m' } } })
          const states = new Set(agent.records('alerts').map(({ id, state }) => `${String(id)} ${String(state)}`))
          // The last state of each is owed; a state that was overwritten before a look nobody can have.
          expect(graph.records.filter(({ id, state }) => !states.has(`${id} ${String(state)}`))).toEqual([])
          for (const text of agent.state('alerts').emitted) expect(JSON.parse(text)).toHaveProperty('id')
        },
      ),
      { numRuns: 15 },
    )
  })
})
