import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Cloud,
  defaultClientId,
  defaultSecret,
  defaultTenantId,
  type IndexedEvent,
  type Lateness,
  startCloud,
} from '@siembridge/simulator'
import { Site, until } from './site.ts'

const scheme = 'siembridge_entra_id'
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What became of the records of a run with faults. */
export interface Verdict {
  readonly faults: Readonly<Record<string, number>>
  /** Records that the cloud showed. */
  readonly due: number
  readonly indexed: number
  /** Records that the cloud showed and no event holds. */
  readonly lost: readonly string[]
  /** Events that came twice from one start of the program. */
  readonly doubled: number
  /** Events that came again from a later start. */
  readonly repeated: number
  /** Most bytes that came again after one fault. */
  readonly mostRepeatedBytes: number
  /** Events that came again although the program had worked on for long after they were indexed. */
  readonly settledAndRepeated: number
}

/** What each start of the program brought: events from `from` on, and for how long it had worked when it was ended. */
interface Generation {
  readonly from: number
  readonly began: number
}

const kinds: Readonly<Record<string, (site: Site) => Promise<unknown>>> = {
  kill: ({ splunk }) => ended(splunk.running(scheme), (running) => running.kill()),
  crash: ({ splunk }) => splunk.crash(),
  restart: ({ splunk }) => splunk.restart(),
  'broken pipe': ({ splunk }) => ended(splunk.running(scheme), (running) => running.breakPipe()),
  'blocked and crashed': async ({ splunk }) => {
    for (const running of splunk.running(scheme)) running.block()
    await sleep(1000)
    await splunk.crash()
  },
}

type Running = ReturnType<Site['splunk']['running']>[number]

async function ended(all: readonly Running[], end: (running: Running) => void): Promise<void> {
  for (const running of all) {
    end(running)
    await running.exited
  }
}

// The cloud's clock runs 600 times as fast as the inputs' own. A record that is later than the overlap of a look waits for a sweep, which
// keeps to the inputs' clock: here it would be found after an hour. Such records have tests of their own (packages/microsoft).
const lateness: readonly Lateness[] = [{ share: 0.2, from: 0, to: '2m' }]

/** Events that lie so far back when a program ends are settled, in milliseconds: the stream's 5 s, and looks and writes around them. */
const settledMs = 10_000

/**
 * Runs an input through so many faults, every `longEvery`th after a quiet while in which events are settled, lets it come to rest, and
 * compares what was indexed with what the cloud showed.
 */
export async function judge(spl: Buffer, faults: number, longEvery: number): Promise<Verdict> {
  const cloud = await startCloud({
    clock: { speed: 600 },
    throttling: { limits: 'off' },
    tenants: [
      {
        id: defaultTenantId,
        applications: [{ clientId: defaultClientId, secrets: [{ value: defaultSecret }] }],
        streams: [{ stream: 'directoryAudits', perMinute: 4, lateness }],
      },
    ],
  })
  const site = await Site.open(spl, { graceMs: 6000 })
  try {
    await site.account(cloud, 'contoso')
    const input = { name: 'contoso', account: 'contoso', streams: 'directory-audits', look_every: '1s', start: '2h' }
    const made = await site.input(scheme, input)
    if (made.status !== 201) throw new Error(made.text)
    return await withFaults(site, cloud, faults, longEvery)
  } finally {
    await site.stop()
    await cloud.stop()
  }
}

async function withFaults(site: Site, cloud: Cloud, faults: number, longEvery: number): Promise<Verdict> {
  const done: Record<string, number> = {}
  const generations: Generation[] = [{ from: 0, began: Date.now() }]
  const arrivals: number[] = []
  const watch = setInterval(() => {
    while (arrivals.length < site.splunk.events.length) arrivals.push(Date.now())
  }, 20)
  const names = Object.keys(kinds)
  for (let at = 0; at < faults; at++) {
    const before = site.splunk.events.length
    await until(
      () => site.splunk.events.length > before,
      () => site.errors.slice(-5).join('\n'),
    )
    await sleep(at % longEvery === longEvery - 1 ? 14_000 : 100 + 137 * (at % 5))
    const kind = names[at % names.length] as string
    done[kind] = (done[kind] ?? 0) + 1
    await kinds[kind]?.(site)
    generations.push({ from: site.splunk.events.length, began: Date.now() })
  }
  await cloud.quiet()
  await cloud.advance('1h')
  const verdict = async (): Promise<Verdict> =>
    judged(await dueIn(cloud), site.splunk.events, { generations, arrivals, faults: done })
  await until(
    async () => (await verdict()).lost.length === 0,
    () => '',
    90_000,
  ).catch(() => undefined)
  clearInterval(watch)
  return await verdict()
}

interface Due {
  readonly id: string
  readonly hashes: readonly string[]
}

const dueIn = async (cloud: Cloud): Promise<readonly Due[]> =>
  (await cloud.ledger())
    .filter(({ stream, state }) => stream === 'directoryAudits' && state === 'due')
    .map((one) => ({ id: one.id, hashes: [one.sha256, ...one.otherSha256] }))

interface Course {
  readonly generations: readonly Generation[]
  readonly arrivals: readonly number[]
  readonly faults: Verdict['faults']
}

function judged(due: readonly Due[], events: readonly IndexedEvent[], course: Course): Verdict {
  const { generations, arrivals, faults } = course
  const generationOf = (at: number): number => generations.findLastIndex(({ from }) => from <= at)
  const last = new Map<string, { readonly at: number; readonly generation: number }>()
  const again = new Map<number, number>()
  const counts = { doubled: 0, repeated: 0, settledAndRepeated: 0 }
  events.forEach(({ raw }, at) => {
    const hash = sha256(raw)
    const before = last.get(hash)
    const generation = generationOf(at)
    last.set(hash, { at, generation })
    if (!before) return
    if (before.generation === generation) counts.doubled++
    else {
      counts.repeated++
      again.set(generation, (again.get(generation) ?? 0) + Buffer.byteLength(raw))
      const endedAt = generations[before.generation + 1]?.began ?? Infinity
      if (endedAt - (arrivals[before.at] ?? endedAt) > settledMs) counts.settledAndRepeated++
    }
  })
  const lost = due.filter(({ hashes }) => !hashes.some((hash) => last.has(hash))).map(({ id }) => id)
  const mostRepeatedBytes = Math.max(0, ...again.values())
  return { faults, due: due.length, indexed: events.length, lost, ...counts, mostRepeatedBytes }
}
