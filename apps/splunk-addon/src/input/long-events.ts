import type { Clock, Logger } from '@siembridge/core'
import { type Splunkd, usualTruncate } from '@siembridge/splunk/modular-input'

/** Between two lines of the log on one sourcetype, in milliseconds. */
const sayEveryMs = 3_600_000

interface Long {
  /** Bytes after which Splunk cuts; undefined until it is known. */
  limit: number | undefined
  count: number
  most: number
  saidAt: number
}

export interface LongEventsOptions {
  readonly splunkd: Splunkd
  readonly clock: Clock
  readonly log: Logger
  readonly stanza: string
}

/**
 * Tells of events that Splunk cuts: those of sourcetypes whose props.conf, of whatever app, leaves TRUNCATE as it is. Ours have no
 * props under the sourcetypes of other add-ons.
 */
export class LongEvents {
  private readonly options: LongEventsOptions
  private readonly bySourcetype = new Map<string, Long>()

  constructor(options: LongEventsOptions) {
    this.options = options
  }

  readonly note = (sourcetype: string, bytes: number): void => {
    const known = this.bySourcetype.get(sourcetype)
    const long = known ?? { limit: undefined, count: 0, most: 0, saidAt: -Infinity }
    if (!known) {
      this.bySourcetype.set(sourcetype, long)
      void this.learn(sourcetype, long)
    }
    if (long.limit === 0 || (long.limit !== undefined && bytes <= long.limit)) return
    long.count++
    long.most = Math.max(long.most, bytes)
    this.say(sourcetype, long)
  }

  private async learn(sourcetype: string, long: Long): Promise<void> {
    const path = `configs/conf-props/${encodeURIComponent(sourcetype)}`
    const [stanza] = await this.options.splunkd.list(path).catch(() => [])
    const told = Number(stanza?.content['TRUNCATE'] ?? Number.NaN)
    long.limit = Number.isInteger(told) && told >= 0 ? told : usualTruncate
    if (long.limit === 0 || long.most <= long.limit) long.count = 0
    this.say(sourcetype, long)
  }

  private say(sourcetype: string, long: Long): void {
    const { clock, log, stanza } = this.options
    if (long.limit === undefined || long.count === 0 || clock.elapsed() - long.saidAt < sayEveryMs) return
    log.warn(
      `${stanza}: ${long.count} events of sourcetype ${sourcetype} are longer than ${long.limit} bytes (up to ${long.most}): Splunk cuts them. ` +
        `Set TRUNCATE = 0 in a props.conf under [${sourcetype}] where this input runs, or choose sourcetypes = own`,
    )
    long.saidAt = clock.elapsed()
    long.count = 0
    long.most = 0
  }
}
