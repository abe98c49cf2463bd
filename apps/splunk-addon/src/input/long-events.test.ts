import type { Clock, Logger } from '@siembridge/core'
import { type Splunkd, SplunkdRefusal } from '@siembridge/splunk/modular-input'
import { expect, test } from 'vitest'
import { LongEvents } from './long-events.ts'

const minute = 60_000

/** An input whose sourcetype has what `props` says, and what its log says of long events. */
function site() {
  const told: string[] = []
  const now = { ms: 0, props: {} as Record<string, string> | number }
  const list = async (): Promise<unknown> => {
    if (typeof now.props === 'number') throw new SplunkdRefusal(now.props, 'no')
    return [{ name: 'x', content: now.props }]
  }
  const long = new LongEvents({
    splunkd: { list } as unknown as Splunkd,
    clock: { elapsed: () => now.ms } as Clock,
    log: { warn: (text: string) => told.push(text) } as unknown as Logger,
    stanza: 'siembridge_alerts://a',
  })
  /** Events so many minutes after the start. */
  const at = async (minutes: number, ...sizes: readonly number[]): Promise<string[]> => {
    now.ms = minutes * minute
    for (const bytes of sizes) long.note('contoso:x', bytes)
    await new Promise(setImmediate)
    return told.splice(0)
  }
  return { now, at }
}

test.for([
  ['404', 404],
  ['no TRUNCATE', {}],
] as const)('events that Splunk cuts are told of once an hour, with %s', async ([, props]) => {
  const { now, at } = site()
  now.props = props
  expect(await at(0, 12_000, 15_000)).toEqual([
    expect.stringContaining('2 events of sourcetype contoso:x are longer than 10000 bytes (up to 15000)'),
  ])
  expect(await at(30, 11_000)).toEqual([])
  expect(await at(61, 11_000)).toEqual([expect.stringContaining('2 events')])
})

test('what a props.conf allows is not told of', async () => {
  const { now, at } = site()
  now.props = { TRUNCATE: '0' }
  expect(await at(0, 1_000_000)).toEqual([])
  now.props = { TRUNCATE: '20000' }
  expect(await at(61, 12_000)).toEqual([])
  expect(await at(62, 30_000)).toEqual([
    expect.stringContaining('1 events of sourcetype contoso:x are longer than 20000'),
  ])
})

test('who raises TRUNCATE is told no more, without a new start', async () => {
  const { now, at } = site()
  expect(await at(0, 12_000)).toHaveLength(1)
  now.props = { TRUNCATE: '0' }
  expect(await at(61, 12_000)).toEqual([])
  expect(await at(130, 12_000)).toEqual([])
})

test('where Splunk does not answer nothing is said before it does', async () => {
  const { now, at } = site()
  now.props = 503
  expect(await at(0, 12_000)).toEqual([])
  now.props = { TRUNCATE: '0' }
  expect(await at(2, 12_000)).toEqual([])
  expect(await at(90, 12_000)).toEqual([])
})
