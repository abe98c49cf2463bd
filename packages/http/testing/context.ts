import { createLogger } from '@siembridge/core/logging'
import { type Delivery, type Parcel, systemClock, type TargetContext } from '@siembridge/core'
import { httpTarget, type HttpTargetOptions } from '../src/index.ts'

const log = createLogger({ level: 'error', json: false })
log.silent = true

/** Secrets that a test may change. */
export const secrets: Record<string, string> = { 'env:TOKEN': 'good-token', 'env:PASSWORD': 'pass:word' }

export const contextFor = (options: Record<string, unknown>): TargetContext<HttpTargetOptions> => ({
  options: httpTarget.options.parse(options),
  name: 'endpoint',
  secrets: { read: async (reference) => secrets[reference] ?? Promise.reject(new Error(`no secret ${reference}`)) },
  clock: systemClock,
  log,
})

export const open = (options: Record<string, unknown>): Promise<Delivery> => httpTarget.open(contextFor(options))

/** One JSON value an event. */
export function parcelOf(events: readonly unknown[], attempt = 0): Parcel {
  const texts = events.map((event) => JSON.stringify(event))
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
