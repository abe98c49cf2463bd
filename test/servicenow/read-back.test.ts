import { systemClock } from '@siembridge/core'
import { expect, test } from 'vitest'
import { alert } from './alerts.ts'
import { Bench } from './bench.ts'
import { until } from './site.ts'

const often = { read_every: '100ms' }

const ticketsFact = (agent: { delivery: { facts?(): readonly { name: string; text: string }[] } }): string =>
  agent.delivery.facts?.().find(({ name }) => name === 'tickets')?.text ?? ''

test('states are read back and shown, whoever changed them', async () => {
  await using bench = await Bench.open(often)
  const agent = await bench.agent()
  await agent.send([alert({ number: 1 }), alert({ number: 2 })])
  expect(ticketsFact(agent)).toContain('2 new')
  const [row] = bench.tickets()
  bench.instance.tables.edit('incident', row?.['sys_id'] ?? '', { state: '2' }, 'fred', Date.now())
  await until(
    () => ticketsFact(agent).startsWith('1 new, 1 in-progress; read back'),
    () => ticketsFact(agent),
  )
})

test('trap: more changes than a page holds: all pages are read, in the order of their change', async () => {
  await using bench = await Bench.open({ ...often, batch_events: 500, storm: { tickets: 5000 } })
  const agent = await bench.agent()
  const numbers = Array.from({ length: 1100 }, (_, number) => number)
  await agent.send(numbers.map((number) => alert({ number })))
  for (const row of bench.tickets())
    bench.instance.tables.edit('incident', row['sys_id'] ?? '', { state: '2' }, 'fred', Date.now())
  await until(
    () => ticketsFact(agent).startsWith('1100 in-progress'),
    () => ticketsFact(agent),
  )
})

test('trap: the time up to which is read does not move on when reading fails', async () => {
  await using bench = await Bench.open(often)
  const agent = await bench.agent()
  await agent.send([alert({ number: 1 })])
  await until(
    () => ticketsFact(agent).includes('read back'),
    () => ticketsFact(agent),
  )
  bench.instance.oddities.maintenance = true
  const [row] = bench.tickets()
  bench.instance.tables.edit('incident', row?.['sys_id'] ?? '', { state: '2' }, 'fred', Date.now())
  await until(
    () => ticketsFact(agent).includes('cannot be read back'),
    () => ticketsFact(agent),
  )
  bench.instance.oddities.maintenance = false
  await until(
    () => ticketsFact(agent).startsWith('1 in-progress'),
    () => ticketsFact(agent),
  )
})

test('trap: times in queries are those of the user: in another time zone nothing is missed', async () => {
  const users = [{ name: 'bridge', password: 'open sesame', roles: ['itil'], timeZone: 'US/Pacific' }]
  await using bench = await Bench.open(often, { users })
  const agent = await bench.agent()
  await agent.send([alert({ number: 1 })])
  await until(
    () => ticketsFact(agent).includes('read back'),
    () => ticketsFact(agent),
  )
  const [row] = bench.tickets()
  bench.instance.tables.edit('incident', row?.['sys_id'] ?? '', { state: '2' }, 'fred', Date.now())
  await until(
    () => ticketsFact(agent).startsWith('1 in-progress'),
    () => ticketsFact(agent),
  )
})

test('trap: our own writes come back: they are no news', async () => {
  await using bench = await Bench.open(often)
  const agent = await bench.agent()
  await agent.send([alert({ number: 1 })])
  await until(
    () => ticketsFact(agent).includes('read back'),
    () => ticketsFact(agent),
  )
  await systemClock.sleep(250)
  expect((await bench.journal()).filter((entry) => entry.is === 'remark')).toEqual([])
})
