import { type Logger, type Receipt, systemClock } from '@siembridge/core'
import type { ConfiguredTarget } from '@siembridge/core/config'
import type { OpenTarget } from './composition.ts'
import { plainEncoderOf } from './encoders.ts'
import { ownRecord } from './own-events.ts'
import { type Connections, targetContext } from './ports.ts'
import { encoded } from './parcels.ts'

export interface Tested {
  readonly target: string
  readonly good: boolean
  /** What became of the event, for a person. */
  readonly says: string
}

/** What looking at a target takes. */
interface Look {
  readonly connections: Connections
  readonly log: Logger
}

const patienceMs = 30_000

/** Sends one marked event to each target, past the buffer, and tells what became of it. */
export async function sendTest(
  targets: readonly OpenTarget[],
  version: string,
  look: Look,
  only?: string,
): Promise<Tested[]> {
  const seen = new Set<string>()
  const wanted = targets.filter(
    ({ configured: { name } }) => (only === undefined || name === only) && !seen.has(name) && seen.add(name),
  )
  return Promise.all(wanted.map((target) => testOne(target, version, look)))
}

async function testOne({ configured, delivery }: OpenTarget, version: string, look: Look): Promise<Tested> {
  if (configured.target.semantics === 'state') return lookedAt(configured, look)
  const { name, target, options } = configured
  const message = `test event of SIEMbridge for target ${name}: if you read this in the SIEM, delivery works`
  const event = { action: 'test', severity: 'informational', message, details: { target: name } } as const
  const parcel = encoded(await plainEncoderOf(configured), ownRecord(event, systemClock.now(), version))
  const late: Receipt = { all: 'unknown', reason: `no answer in ${patienceMs / 1000} s` }
  const over = new AbortController()
  const receipt = await Promise.race([
    delivery.inject(parcel, over.signal),
    systemClock.sleep(patienceMs, over.signal).then(
      () => late,
      () => late,
    ),
  ])
  over.abort()
  return { target: name, ...verdict(receipt, target.receipt(options)) }
}

/** A test event is no state of anything: such a target is looked at as `check` does, and nothing is made there. */
async function lookedAt({ name, target, options }: ConfiguredTarget, { connections, log }: Look): Promise<Tested> {
  const bad: string[] = []
  for await (const { subject, is, says } of target.check(targetContext({ name, options }, connections, log)))
    if (is === 'bad') bad.push(`${subject}: ${says}`)
  if (bad.length > 0) return { target: name, good: false, says: bad.join('; ') }
  return { target: name, good: true, says: 'signs in and may do what its rules say; no test ticket is made' }
}

const meanings = {
  stored: 'delivered: the receiver has it on its disk',
  accepted: 'delivered: the receiver took it',
  'handed-over': 'handed over: the receiver gives no receipt, so look for it in the SIEM',
} as const

function verdict({ all, reason, except = [] }: Receipt, receipt: keyof typeof meanings): Omit<Tested, 'target'> {
  const [other] = except
  if (other?.is === 'rejected') return { good: false, says: `refused for good: ${other.reason}` }
  if (all === 'delivered' && other?.is !== 'retry') return { good: true, says: meanings[receipt] }
  const why = other?.is === 'retry' ? other.reason : (reason ?? 'no reason given')
  return {
    good: false,
    says: all === 'unknown' ? `it is not known whether it arrived: ${why}` : `not delivered: ${why}`,
  }
}
