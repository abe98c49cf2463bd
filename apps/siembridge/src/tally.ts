import type { Logger } from '@siembridge/core'
import type { Outcome } from '@siembridge/engine'

interface TallyOptions {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly send?: string
}

/** Messages about rejected records that are printed before only their number grows. */
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
      this.say('error', `${file}:${line}: rejected: ${reason}${at === undefined ? '' : `, byte ${at + 1} of the record`}`)
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
    if (!process.stderr.isTTY || this.options.quiet || this.options.json || Date.now() - this.shown < 1000) return
    if (this.shown > 0) process.stderr.write(`\r${this.records} records, ${Math.round(this.bytes / 1e6)} MB `)
    this.shown = Date.now()
  }

  /** Prints what is left to say and the summary. */
  async finish(fallbacks: ReadonlyMap<string, number>): Promise<void> {
    await this.flush()
    this.summary(fallbacks)
  }

  private say(level: 'error' | 'warn', text: string): void {
    if (this.messages.length < messageLimit) this.messages.push({ level, text })
    else if (this.messages.length === messageLimit) this.messages.push({ level, text: 'more messages of this kind are not printed; the summary counts them' })
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

  private summary(fallbacks: ReadonlyMap<string, number>): void {
    const { records, events, dropped, rejected, mended } = this
    const types = Object.fromEntries([...this.types].toSorted(([, a], [, b]) => b - a))
    if (this.options.json) {
      process.stderr.write(`${JSON.stringify({ records, events, filtered: dropped, rejected, mended, types, fallbacks: Object.fromEntries(fallbacks) })}\n`)
    } else if (!this.options.quiet && (process.stderr.isTTY || rejected > 0 || this.options.send !== undefined)) {
      if (this.shown > 0 && process.stderr.isTTY) process.stderr.write('\r')
      const where = this.options.send === undefined ? 'written' : `sent to ${this.options.send}`
      const more = [dropped > 0 && `${dropped} filtered out`, rejected > 0 && `${rejected} rejected`, mended > 0 && `${mended} read in spite of damage`].filter(Boolean)
      const by = Object.entries(types).map(([type, n]) => `${n} ${type}`)
      process.stderr.write(`siembridge: ${[`${records} records`, `${events} events ${where}`, ...more].join(', ')}${by.length > 0 ? ` (${by.join(', ')})` : ''}\n`)
    }
  }
}
