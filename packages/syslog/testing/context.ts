import { readFile } from 'node:fs/promises'
import { createLogger } from '@siembridge/core/logging'
import { type Clock, type Delivery, type Parcel, systemClock, type TargetContext } from '@siembridge/core'
import { syslogTarget, type SyslogTargetOptions } from '../src/index.ts'

const log = createLogger({ level: 'error', json: false })
log.silent = true

/** Time that runs faster than the machine's: intervals of seconds pass in milliseconds. */
export const fastClock = (times: number): Clock => ({
  now: () => systemClock.now(),
  elapsed: () => systemClock.elapsed() * times,
  sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
})

export const contextFor = (options: Record<string, unknown>, times = 20): TargetContext<SyslogTargetOptions> => ({
  options: syslogTarget.options.parse(options),
  name: 'siem',
  secrets: { read: async (reference) => (await readFile(reference.replace(/^file:/, ''), 'utf8')).trimEnd() },
  clock: fastClock(times),
  log,
})

export const open = (options: Record<string, unknown>, times?: number): Promise<Delivery> =>
  syslogTarget.open(contextFor(options, times))

/** A parcel of texts. */
export function parcelOf(texts: readonly string[], attempt = 0): Parcel {
  let end = 0
  const ends = Uint32Array.from(texts, (text) => (end += Buffer.byteLength(text) + 1))
  return { body: Buffer.from(texts.map((text) => `${text}\n`).join('')), ends, attempt }
}

export const never = new AbortController().signal

/** What a pipeline does: parcels go out in order, and from the first that was not delivered on they go again. */
export async function deliverAll(
  delivery: Delivery,
  parcels: readonly (readonly string[])[],
  onDelivered: (texts: readonly string[]) => void,
  rest: (ms: number) => Promise<void>,
): Promise<void> {
  let next = 0
  while (next < parcels.length) {
    const batch = parcels.slice(next, next + delivery.inFlight)
    const receipts = await Promise.all(batch.map((texts) => delivery.deliver(parcelOf(texts), never)))
    const failed = receipts.findIndex(({ all }) => all !== 'delivered')
    for (const texts of batch.slice(0, failed < 0 ? batch.length : failed)) onDelivered(texts)
    next += failed < 0 ? batch.length : failed
    await rest(failed < 0 ? 0 : (receipts[failed]?.afterMs ?? 0))
  }
}

/** What an iteration gives, in a list. */
export async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}
