import type { Delivery, Parcel, Receipt } from '@siembridge/core'
import type { Random } from './random.ts'

export interface ReceiverFaults {
  /** Of a parcel: that it fails, and that a failed one was stored all the same. */
  readonly fails: number
  readonly storedThough: number
  /** Of an event: that it is answered on its own, as to be sent again or as rejected. */
  readonly retries: number
  /** Of a parcel: that nothing is taken for a long while from here on. */
  readonly down?: number
}

/** A receiver that is there before and after the agent, and forgets nothing. */
export class Receiver {
  readonly got: string[] = []
  /** Answers that were not `delivered`: each can bring one window again. */
  failures = 0
  onAcknowledge: (when: 'before' | 'after') => void = () => undefined
  private refusing = 0
  private readonly random: Random
  private readonly faults: ReceiverFaults

  constructor(random: Random, faults: ReceiverFaults) {
    this.random = random
    this.faults = faults
  }

  delivery(dead: () => boolean): Delivery {
    const deliver = (parcel: Parcel): Promise<Receipt> => this.deliver(parcel, dead)
    return { inFlight: 1, maxBytes: 600, maxEvents: 20, deliver, close: async () => undefined }
  }

  private async deliver({ body }: Parcel, dead: () => boolean): Promise<Receipt> {
    for (let turns = this.random.below(3); turns > 0; turns--) await new Promise(setImmediate)
    if (dead()) return never
    if (this.refusing > 0 || this.random.chance(this.faults.down ?? 0)) return this.refuse()
    const events = body.toString().trimEnd().split('\n')
    if (this.random.chance(this.faults.fails)) return this.fail(events)
    const again = events.flatMap((_, at) => (this.random.chance(this.faults.retries) ? [at] : []))
    this.got.push(...events.filter((_, at) => !again.includes(at)))
    if (again.length > 0) this.failures++
    this.onAcknowledge('before')
    if (dead()) return never
    const except = again.map((at) => ({ at, is: 'retry' as const, reason: 'busy' }))
    setImmediate(() => this.onAcknowledge('after'))
    return { all: 'delivered', ...(except.length > 0 && { except }) }
  }

  private refuse(): Receipt {
    this.refusing = this.refusing > 0 ? this.refusing - 1 : 100 + this.random.below(1500)
    this.failures++
    return { all: 'retry', reason: 'down on purpose' }
  }

  private fail(events: readonly string[]): Receipt {
    this.failures++
    const stored = this.random.chance(this.faults.storedThough)
    if (stored) this.got.push(...events)
    return { all: stored ? 'unknown' : 'retry', reason: 'broken on purpose' }
  }
}

const never = new Promise<never>(() => undefined)
