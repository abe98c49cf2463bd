import { createHash } from 'node:crypto'
import type { ReceivedEvent, Receivers } from '@siembridge/simulator'
import { readLine, textOf } from './judge/index.ts'
import { demoTargets, rawTarget } from './targets.ts'

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')

/** Microsoft's record in a line of the form `raw+` behind a syslog header: without the member that was added last. */
const recordIn = (line: string): string => `${line.slice(line.indexOf('{'), line.lastIndexOf(',"sb":{"sb_type":'))}}`

/** Keeps what the receivers got. */
export class Observer {
  readonly received = new Map<string, ReceivedEvent[]>(demoTargets.map(({ name }) => [name, []]))
  /** Event ids by target. */
  readonly ids = new Map<string, Set<string>>(demoTargets.map(({ name }) => [name, new Set()]))
  /** Records as they were delivered, by the hash of their bytes. */
  readonly records = new Map<string, string>()
  readonly #receivers: Receivers
  #last = 0
  #polling: Promise<void> | undefined

  constructor(receivers: Receivers) {
    this.#receivers = receivers
  }

  /** Takes over what came since the last time. */
  poll(): Promise<void> {
    return (this.#polling ??= this.#poll().finally(() => (this.#polling = undefined)))
  }

  async #poll(): Promise<void> {
    for (const event of await this.#receivers.received(undefined, this.#last)) {
      this.#last = event.number
      this.#keep(event)
    }
  }

  #keep(event: ReceivedEvent): void {
    const target = demoTargets.find(({ name }) => name === event.receiver)
    if (!target) return
    const text = textOf(event)
    const { id } = readLine(text, target)
    this.received.get(target.name)?.push(event)
    if (id !== undefined) this.ids.get(target.name)?.add(id)
    if (target.name === rawTarget) this.#keepRecord(recordIn(text))
  }

  #keepRecord(record: string): void {
    this.records.set(sha256(record), record)
  }
}
