import { createLogger } from '@siembridge/core/logging'
import { type Clock, type Delivery, type Parcel, systemClock, type TargetContext } from '@siembridge/core'
import { splunkHecTarget, type SplunkHecOptions } from '../src/index.ts'

const log = createLogger({ level: 'error', json: false })
log.silent = true

/** Time that runs faster than the machine's: intervals of seconds pass in milliseconds. */
const fastClock = (times: number): Clock => ({
  now: () => systemClock.now(),
  elapsed: () => systemClock.elapsed() * times,
  sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
})

/** Secrets that a test may change. */
export const secrets: Record<string, string> = { 'env:TOKEN': 'good-token' }

export const contextFor = (options: Record<string, unknown>): TargetContext<SplunkHecOptions> => ({
  options: splunkHecTarget.options.parse({ token: 'env:TOKEN', ...options }),
  name: 'splunk',
  secrets: { read: async (reference) => secrets[reference] ?? Promise.reject(new Error(`no secret ${reference}`)) },
  clock: fastClock(100),
  log,
})

export const open = (options: Record<string, unknown>): Promise<Delivery> => splunkHecTarget.open(contextFor(options))

/** Envelopes of numbered events. */
export function parcelOf(events: readonly unknown[], attempt = 0): Parcel {
  const texts = events.map((event) => JSON.stringify({ time: 1, event }))
  let end = 0
  const ends = Uint32Array.from(texts, (text) => (end += Buffer.byteLength(text) + 1))
  return { body: Buffer.from(texts.map((text) => `${text}\n`).join('')), ends, attempt }
}

export const never = new AbortController().signal

/** What an iteration gives, in a list. */
export async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}
