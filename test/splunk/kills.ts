import { setTimeout as sleep } from 'node:timers/promises'
import { createHash } from 'node:crypto'
import { type Cloud, startCloud } from '@siembridge/simulator'
import { Site, until } from './site.ts'

const scheme = 'siembridge_alerts'
const stanza = `${scheme}://contoso`
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What became of the records of a run with faults. */
export interface Verdict {
  /** Faults by kind. */
  readonly faults: Readonly<Record<string, number>>
  readonly due: number
  readonly indexed: number
  /** Records that the cloud showed and no event holds. */
  readonly lost: readonly string[]
  /** Events that came more often than once without a fault between them. */
  readonly doubled: number
  /** Events that came again after a fault. */
  readonly repeated: number
  /** Most bytes that came again after one fault. */
  readonly mostRepeatedBytes: number
}

/** Events beyond which those of another start stand: index of the first event behind each fault. */
type Cuts = number[]

const kinds: Readonly<Record<string, (site: Site, cuts: Cuts) => Promise<void>>> = {
  kill: async ({ splunk }) => {
    for (const running of splunk.running(scheme)) {
      running.kill()
      await running.exited
    }
  },
  crash: ({ splunk }) => splunk.crash(),
  restart: ({ splunk }) => splunk.restart(),
  'broken pipe': async ({ splunk }) => {
    for (const running of splunk.running(scheme)) {
      running.breakPipe()
      await running.exited
    }
  },
  'blocked and crashed': async ({ splunk }) => {
    for (const running of splunk.running(scheme)) running.block()
    await sleep(700)
    await splunk.crash()
  },
  'blocked for a while': async ({ splunk }) => {
    const all = splunk.running(scheme)
    for (const running of all) running.block()
    await sleep(600)
    for (const running of all) running.unblock()
  },
}

/** Runs an input through so many faults, lets it come to rest, and compares what was indexed with what the cloud showed. */
export async function judge(spl: Buffer, faults: number): Promise<Verdict> {
  const cloud = await startCloud({
    clock: { speed: 600 },
    throttling: { limits: 'off' },
    tenants: undefined as never,
  })
  const site = await Site.open(spl, { graceMs: 6000 })
  try {
    await site.account(cloud, 'contoso')
    const made = await site.input(scheme, {
      name: 'contoso',
      account: 'contoso',
      streams: 'alerts',
      look_every: '1s',
      start: '2h',
    })
    if (made.status !== 201) throw new Error(made.text)
    return await withFaults(site, cloud, faults)
  } finally {
    await site.stop()
    await cloud.stop()
  }
}
