import { createHash } from 'node:crypto'
import type { Clock, Logger } from '@siembridge/core'
import type { ServerFacts, Splunkd } from '@siembridge/splunk/modular-input'
import { collections } from '../about.ts'
import { InputReporter } from './input-status.ts'
import { type InputStatus, type StatusDocument, statusForm } from './record.ts'

/** Key of an input in the collections of the KV store. */
export const inputKey = (stanza: string): string => createHash('sha256').update(stanza).digest('hex').slice(0, 24)

/** Between two writings where a person waits, and where only numbers changed; more with many inputs. */
const urgentMs = 500
const usualMs = 5000
const perInputMs = 50
/** A document is written at least so often, so that one can see that the program lives. */
const heartbeatMs = 60_000
/** Documents of one request: 1000 is what the store takes. */
const batch = 200

export interface StatusPorts {
  readonly splunkd: Splunkd
  readonly server: ServerFacts
  readonly clock: Clock
  readonly log: Logger
}

interface Kept {
  readonly reporter: InputReporter
  dirty: boolean
}

/** What the inputs of a process say of themselves, in one collection. It never holds up an input: what cannot be written is written later. */
export class StatusBook {
  private readonly ports: StatusPorts
  private readonly inputs = new Map<string, Kept>()
  private dueMs = Infinity
  private wake: (() => void) | undefined
  private failing = false

  constructor(ports: StatusPorts) {
    this.ports = ports
  }

  input(stanza: string): InputReporter {
    const { server, clock } = this.ports
    const reporter = new InputReporter({
      stanza,
      host: server.host,
      now: () => clock.now(),
      changed: (urgent) => this.changed(stanza, urgent),
    })
    this.inputs.set(stanza, { reporter, dirty: true })
    return reporter
  }

  private changed(stanza: string, urgent: boolean): void {
    const kept = this.inputs.get(stanza)
    if (!kept) return
    kept.dirty = true
    const usual = Math.max(usualMs, this.inputs.size * perInputMs)
    const due = this.ports.clock.elapsed() + (urgent ? urgentMs : usual)
    if (due >= this.dueMs) return
    this.dueMs = due
    this.wake?.()
  }

  /** Takes up what earlier runs counted. */
  async resume(): Promise<void> {
    try {
      const documents = (await this.ports.splunkd.ask({ path, query: { limit: '0' } })) as readonly StatusDocument[]
      for (const { stanza, status } of documents) {
        const before = JSON.parse(status) as InputStatus
        if (before.form === statusForm) this.inputs.get(stanza)?.reporter.resume(before)
      }
    } catch {
      // Without it the counts begin anew.
    }
  }

  /** Writes until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.ports
    let written = clock.elapsed()
    while (!signal.aborted) {
      const waitMs = Math.max(0, Math.min(this.dueMs, written + heartbeatMs) - clock.elapsed())
      await this.sleep(waitMs, signal)
      if (clock.elapsed() < Math.min(this.dueMs, written + heartbeatMs)) continue
      const all = clock.elapsed() >= written + heartbeatMs
      if (all) written = clock.elapsed()
      this.dueMs = Infinity
      await this.write(all)
    }
  }

  private sleep(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new Promise<void>((resolve) => (this.wake = resolve))
    const over = new AbortController()
    const end = (): void => over.abort()
    signal.addEventListener('abort', end, { once: true })
    const slept = this.ports.clock.sleep(ms, over.signal).catch(() => undefined)
    return Promise.race([woken, slept]).finally(() => {
      this.wake = undefined
      signal.removeEventListener('abort', end)
      end()
    })
  }

  /** Writes what changed, or everything; answers when it is written or cannot be. */
  async write(all = false): Promise<void> {
    const { splunkd, log } = this.ports
    const due = [...this.inputs.values()].filter(({ dirty }) => dirty || all)
    for (let at = 0; at < due.length; at += batch) {
      const part = due.slice(at, at + batch)
      for (const kept of part) kept.dirty = false
      try {
        await splunkd.ask({
          method: 'POST',
          path: `${path}/batch_save`,
          json: part.map(({ reporter }) => documentOf(reporter)),
        })
        this.failing = false
      } catch (error) {
        for (const kept of part) kept.dirty = true
        this.dueMs = this.ports.clock.elapsed() + heartbeatMs / 4
        if (!this.failing) log.warn(`what the pages show cannot be written: ${(error as Error).message}; inputs go on`)
        this.failing = true
        return
      }
    }
  }
}

const path = `storage/collections/data/${collections.status}`

function documentOf(reporter: InputReporter): StatusDocument {
  const record = reporter.record()
  return { _key: inputKey(record.stanza), stanza: record.stanza, status: JSON.stringify(record) }
}
