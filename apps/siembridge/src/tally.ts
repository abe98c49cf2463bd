import type { Logger } from '@siembridge/core'
import type { Outcome } from '@siembridge/engine'
import type { LineSink } from './sink.ts'
import { stderrIsTerminal } from './terminal/terminal.ts'

interface TallyOptions {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly send?: string
}

/** Messages of a level that are printed before only their number grows. */
const messageLimit = 100

/** Counts what becomes of records, tells what is wrong with them, and sums up. */
export class Tally {
  records = 0
  events = 0
  dropped = 0
  rejected = 0
  mended = 0
  private readonly types = new Map<string, number>()
  private readonly options: TallyOptions
  private readonly messages: { level: 'error' | 'warn'; text: string }[] = []
  private log: Logger | undefined
  private bytes = 0
  private shown = 0
  private readonly terminal = stderrIsTerminal()
  private readonly said = { error: 0, warn: 0 }

  constructor(options: TallyOptions) {
    this.options = options
  }

  count(file: string, line: number, outcome: Outcome): void {
    this.records++
    this.events += outcome.events
    this.dropped += outcome.dropped
    if (outcome.type !== undefined) this.types.set(outcome.type, (this.types.get(outcome.type) ?? 0) + 1)
    if (outcome.mended !== undefined) {
      this.mended++
      this.say('warn', `${file}:${line}: read all the same: ${outcome.mended}`)
    }
    if (outcome.rejected) {
      const { reason, at } = outcome.rejected
      this.rejected++
      this.say(
        'error',
        `${file}:${line}: rejected: ${reason}${at === undefined ? '' : `, byte ${at + 1} of the record`}`,
      )
    }
  }

  problem(file: string, line: number, reason: string): void {
    this.records++
    this.rejected++
    this.say('error', `${file}:${line}: rejected: ${reason}`)
  }

  /** On a terminal, once a second. */
  progress(bytes: number): void {
    this.bytes += bytes
    if (this.messages.length > 0) void this.flush()
    if (this.options.quiet || this.options.json || Date.now() - this.shown < 1000 || !this.terminal) return
    if (this.shown > 0) process.stderr.write(`\r${this.records} records, ${Math.round(this.bytes / 1e6)} MB `)
    this.shown = Date.now()
  }

  /** Prints what is left to say and the summary. */
  async finish(fallbacks: ReadonlyMap<string, number>, leftOut: LineSink['leftOut'], complete: boolean): Promise<void> {
    if (leftOut.events > 0) this.say('error', `${leftOut.events} events were not sent: ${leftOut.reason}`)
    await this.flush()
    if (this.options.json) this.jsonSummary(fallbacks, leftOut.events, complete)
    else this.summary(leftOut.events, complete)
  }

  private say(level: 'error' | 'warn', text: string): void {
    const said = this.said[level]++
    if (said < messageLimit) this.messages.push({ level, text })
    else if (said === messageLimit)
      this.messages.push({ level, text: 'more messages of this kind are not printed; the summary counts them' })
  }

  private printed = 0

  private async flush(): Promise<void> {
    if (this.printed === this.messages.length) return
    if (!this.log) {
      const { createLogger } = await import('@siembridge/core/logging')
      this.log = createLogger({ level: 'info', json: this.options.json ?? false })
    }
    for (; this.printed < this.messages.length; this.printed++) {
      const message = this.messages[this.printed]
      if (message) this.log.log(message.level, message.text)
    }
  }

  private byType = (): Record<string, number> => Object.fromEntries([...this.types].toSorted(([, a], [, b]) => b - a))

  private jsonSummary(fallbacks: ReadonlyMap<string, number>, leftOut: number, complete: boolean): void {
    const { records, events, dropped, rejected, mended } = this
    const summary = {
      complete,
      records,
      events,
      filtered: dropped,
      rejected,
      mended,
      leftOut,
      types: this.byType(),
      fallbacks: Object.fromEntries(fallbacks),
    }
    process.stderr.write(`${JSON.stringify(summary)}\n`)
  }

  private summary(leftOut: number, complete: boolean): void {
    const { records, events, dropped, rejected, mended } = this
    const { quiet, send } = this.options
    if (quiet || (rejected === 0 && send === undefined && !this.terminal)) return
    if (this.shown > 0 && this.terminal) process.stderr.write('\r')
    const where =
      send === undefined
        ? 'written'
        : complete
          ? `sent to ${send}`
          : `made for ${send}, of which an unknown number arrived`
    const more = [
      dropped > 0 && `${dropped} filtered out`,
      rejected > 0 && `${rejected} rejected`,
      mended > 0 && `${mended} read in spite of damage`,
    ].filter(Boolean)
    const by = Object.entries(this.byType()).map(([type, n]) => `${n} ${type}`)
    process.stderr.write(
      `siembridge: ${[`${records} records`, `${events - leftOut} events ${where}`, ...more].join(', ')}${by.length > 0 ? ` (${by.join(', ')})` : ''}\n`,
    )
  }
}
