import { milliseconds } from '../duration.ts'
import { createRandom } from '../random.ts'
import { withStreamDefaults } from '../defaults.ts'
import { drawLateness } from './lateness.ts'
import { recordKinds } from './record-kinds.ts'
import type { Random } from '../random.ts'
import type { StreamScenario, TenantScenario } from '../scenario.ts'
import type { Made, RecordContext, RecordKind } from './record.ts'

/** A record with the time at which it can be seen and the times at which it will change. */
export interface Issue extends Made {
  readonly eventTime: number
  readonly visibleAt: number
  readonly changes: readonly number[]
}

/** One stream of one tenant: makes its records, each from a seed of its own. */
export class Lane {
  readonly stream: StreamScenario['stream']
  readonly tenant: TenantScenario
  readonly kind: RecordKind
  readonly #options: ReturnType<typeof withStreamDefaults>
  readonly #seed: string
  #index = 0
  #scheduled = 0
  #lastTime: number

  constructor(stream: StreamScenario, tenant: TenantScenario, seed: string, start: number) {
    this.stream = stream.stream
    this.tenant = tenant
    this.kind = recordKinds[stream.stream]
    this.#options = withStreamDefaults(stream)
    this.#seed = `${seed}/${tenant.id}/${stream.stream}`
    this.#lastTime = start - milliseconds(this.#options.history)
  }

  /** The next record of the schedule, or undefined when it is not due by `now`. */
  nextDue(now: number): Issue | undefined {
    const { perMinute, total, ties } = this.#options
    if (perMinute <= 0 || this.#scheduled >= (total ?? Number.POSITIVE_INFINITY)) return undefined
    const random = createRandom(`${this.#seed}/time/${this.#scheduled}`)
    const isTie = this.#scheduled > 0 && random.chance(ties)
    const at = this.#lastTime + (isTie ? 0 : (60_000 / perMinute) * (0.5 + random.next()))
    if (at > now) return undefined
    this.#lastTime = at
    this.#scheduled++
    return this.issue(at)
  }

  /** One more record with its event at this time. */
  issue(at: number): Issue {
    const context = this.context(at, this.#index++)
    const made = this.kind.create(context)
    const visibleAt = at + drawLateness(this.#options.lateness, context.random)
    return { ...made, eventTime: at, visibleAt, changes: this.#changeTimes(visibleAt, context.random) }
  }

  /** What a generator works with; equal for equal arguments. */
  context(at: number, index: number, step = 'record'): RecordContext {
    const random = createRandom(`${this.#seed}/${step}/${index}`)
    const domain = this.tenant.domain ?? 'contoso.example'
    return { random, tenantId: this.tenant.id, domain, at, index, hostile: random.chance(this.#options.hostile) }
  }

  #changeTimes(visibleAt: number, random: Random): number[] {
    if (!this.kind.change || !random.chance(this.#options.changes)) return []
    const within = milliseconds(this.#options.changeWithin)
    return Array.from({ length: 1 + random.below(3) }, () => visibleAt + random.next() * within).toSorted(
      (a, b) => a - b,
    )
  }
}
