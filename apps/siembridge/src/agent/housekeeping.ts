import type { Clock } from '@siembridge/core'
import type { Config } from '@siembridge/core/config'
import type { Counts } from './counts.ts'
import type { Told } from './own-events.ts'

interface Housekeeping {
  readonly clock: Clock
  readonly counts: Counts
  readonly config: () => Config
  readonly deadLetters: () => number
  tell(event: Told): void
}

/** What is looked at once a minute: heartbeat, sources that have gone silent, dead letters. */
export class Housekeeper {
  private readonly parts: Housekeeping
  /** Time of the last new record, by source. */
  readonly lastReceived = new Map<string, number>()
  private readonly seen = new Map<string, number>()
  private readonly heardAt = new Map<string, number>()
  private readonly silent = new Set<string>()
  private heartbeatAt: number
  private heartbeatRecords = 0
  private deadLetters = 0

  constructor(parts: Housekeeping) {
    this.parts = parts
    this.heartbeatAt = parts.clock.elapsed()
  }

  /** `status` asks often for what was last received; events are told by the minute. */
  look(): void {
    for (const { name, silentMs } of this.parts.config().sources) this.lookAtSource(name, silentMs)
    this.lookAtDeadLetters()
    this.heartbeat()
  }

  lookAtReceived(): void {
    const { counts, clock, config } = this.parts
    for (const { name } of config().sources) {
      const fresh = counts.received.sum({ source: name }) - counts.duplicates.sum({ source: name })
      if (fresh === (this.seen.get(name) ?? 0)) continue
      this.seen.set(name, fresh)
      this.lastReceived.set(name, clock.now())
      this.heardAt.set(name, clock.elapsed())
      this.silent.delete(name)
    }
  }

  private lookAtSource(name: string, silentMs: number): void {
    const { clock } = this.parts
    const heardAt = this.heardAt.get(name)
    if (heardAt === undefined) this.heardAt.set(name, clock.elapsed())
    const silence = clock.elapsed() - (heardAt ?? clock.elapsed())
    if (silence < silentMs || silentMs === 0 || this.silent.has(name)) return
    this.silent.add(name)
    const hours = Math.floor(silence / 3_600_000)
    this.parts.tell({
      action: 'source-silent',
      severity: 'medium',
      message: `source ${name} has brought nothing for ${hours} hours`,
      details: { source: name, hours },
    })
  }

  private lookAtDeadLetters(): void {
    const now = this.parts.deadLetters()
    const records = now - this.deadLetters
    // A pipeline that was opened anew counts from 0.
    this.deadLetters = now
    if (records <= 0) return
    const message = `${records} ${records === 1 ? 'record or event' : 'records or events'} could not be read or delivered; \`siembridge dead-letters list\` says why`
    this.parts.tell({ action: 'dead-letter', severity: 'high', message, details: { records } })
  }

  private heartbeat(): void {
    const { clock, config, counts } = this.parts
    const { heartbeat, sources, targets } = config()
    const elapsed = clock.elapsed() - this.heartbeatAt
    if (heartbeat === undefined || elapsed < heartbeat) return
    const total = counts.received.sum() - counts.received.sum({ source: 'siembridge' })
    const records = total - this.heartbeatRecords
    const seconds = Math.round(elapsed / 1000)
    this.heartbeatAt = clock.elapsed()
    this.heartbeatRecords = total
    const message = `the bridge is alive: ${sources.length} sources, ${targets.length} targets, ${records} records in ${seconds} seconds`
    this.parts.tell({ action: 'heartbeat', severity: 'informational', message, details: { records, seconds } })
  }
}
