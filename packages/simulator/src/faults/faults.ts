import { answerOf } from './answers.ts'
import { changePage } from './pages.ts'
import { ActiveRule } from './rule.ts'
import { bodyOf } from '../http/call.ts'
import { arraySlices } from '../json-slices.ts'
import type { Clock } from '../clock.ts'
import type { Call, Reply } from '../http/call.ts'
import type { Fault } from './fault.ts'
import type { FaultRule } from './rule.ts'

/** The rules of one cloud. The first rule that takes a request decides. */
export class Faults {
  readonly #clock: Clock
  #rules: ActiveRule[] = []
  #count = 0

  constructor(rules: readonly FaultRule[], clock: Clock) {
    this.#clock = clock
    for (const rule of rules) this.add(rule)
  }

  /** Adds a rule and returns its id; a rule of the same id is replaced. */
  add(rule: FaultRule): string {
    const id = rule.id ?? `fault-${++this.#count}`
    this.remove(id)
    this.#rules.push(new ActiveRule(id, rule))
    return id
  }

  /** Removes one rule, or all of them. */
  remove(id?: string): void {
    this.#rules = id === undefined ? [] : this.#rules.filter((rule) => rule.id !== id)
  }

  list(): { readonly id: string; readonly rule: FaultRule; readonly done: number; readonly spent: boolean }[] {
    return this.#rules.map(({ id, rule, done, isSpent }) => ({ id, rule, done, spent: isSpent }))
  }

  match(call: Call): Fault | undefined {
    return this.#rules.find((rule) => rule.takes(call))?.rule.fault
  }

  /** The answer that stands in for the service's own, if the fault is of that sort. */
  answer(call: Call, fault: Fault | undefined): Reply | undefined {
    return fault && answerOf(fault, call, this.#clock)
  }

  /** The service's own answer, spoilt. What is not served whole is not served. */
  change(reply: Reply, call: Call, fault: Fault | undefined): Reply {
    if (!fault) return reply
    if (reply.page) return { ...reply, ...changePage(reply.page, call, fault), ...spoilt(reply, fault) }
    return { ...reply, ...spoilt(reply, fault) }
  }
}

const html = '<!DOCTYPE html><html><head><title>Sign in to your account</title></head><body>Working...</body></html>'

function spoilt(reply: Reply, fault: Fault): Partial<Reply> {
  const { page: _, onServed: __, ...rest } = reply
  const lost = { ...rest, page: undefined, onServed: undefined } as unknown as Partial<Reply>
  if (fault.kind === 'partial-blob') return { ...lost, body: firstHalf(bodyOf(reply)) }
  if (fault.kind === 'html-200') return { ...lost, status: 200, headers: { 'content-type': 'text/html' }, body: html }
  if (fault.kind !== 'truncated-json') return {}
  const whole = bodyOf(reply)
  return { ...lost, body: whole.subarray(0, Math.floor(whole.length * 0.6)) }
}

/** A blob that was asked for before it was written whole. */
function firstHalf(body: Buffer): string {
  const records = arraySlices(body) ?? []
  return `[${records.slice(0, records.length >> 1).join(',')}]`
}
