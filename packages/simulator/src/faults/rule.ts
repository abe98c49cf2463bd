import { createRandom } from '../random.ts'
import type { Call } from '../http/call.ts'
import type { Random } from '../random.ts'
import type { ServiceName } from '../scenario.ts'
import type { Fault } from './fault.ts'

/** Which requests a fault is done to: all conditions that are given have to hold. */
export interface FaultRule {
  /** To remove the rule by; given out by the simulator unless told. */
  readonly id?: string
  readonly fault: Fault
  readonly service?: ServiceName
  readonly method?: string
  /** A regular expression over path and query as they came. */
  readonly path?: string
  /** Lets this many matching requests pass first. */
  readonly skip?: number
  /** Does it this many times, then never again. */
  readonly count?: number
  /** Does it to this share of the matching requests, by a seed. */
  readonly probability?: number
  readonly seed?: string
  /** Ends after this many milliseconds of real time. */
  readonly forMs?: number
}

/** A rule at work. */
export class ActiveRule {
  readonly id: string
  readonly rule: FaultRule
  readonly #path: RegExp | undefined
  readonly #random: Random
  readonly #until: number
  #seen = 0
  #done = 0

  constructor(id: string, rule: FaultRule) {
    this.id = id
    this.rule = rule
    this.#path = rule.path === undefined ? undefined : new RegExp(rule.path)
    this.#random = createRandom(rule.seed ?? id)
    this.#until = Date.now() + (rule.forMs ?? Number.POSITIVE_INFINITY)
  }

  /** How often the fault was done. */
  get done(): number {
    return this.#done
  }

  get isSpent(): boolean {
    return this.#done >= (this.rule.count ?? Number.POSITIVE_INFINITY) || Date.now() >= this.#until
  }

  /** Whether the fault is to be done to this request; counts it. */
  takes(call: Call): boolean {
    if (this.isSpent || !this.#matches(call)) return false
    if (this.#seen++ < (this.rule.skip ?? 0)) return false
    if (this.rule.probability !== undefined && !this.#random.chance(this.rule.probability)) return false
    this.#done++
    return true
  }

  #matches(call: Call): boolean {
    const { service, method, fault } = this.rule
    if (service !== undefined && service !== call.service) return false
    if (method !== undefined && method !== call.method) return false
    if (fault.kind === 'expand-500' && !call.query.has('$expand')) return false
    return this.#path?.test(call.target) ?? true
  }
}
