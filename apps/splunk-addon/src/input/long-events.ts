import type { Clock, Logger } from '@siembridge/core'
import { type Listed, type Splunkd, SplunkdRefusal, usualTruncate } from '@siembridge/splunk/modular-input'

/** Between two lines of the log on one sourcetype, in milliseconds. */
const sayEveryMs = 3_600_000

/** Between attempts to learn where Splunk cuts, where it does not answer, in milliseconds. */
const againMs = 60_000

interface Long {
  /** Bytes after which Splunk cuts; undefined until it is known. */
  limit: number | undefined
  /** When it is to be asked again: who reads the log mends it. */
  learnAt: number
  learning: boolean
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
    const long = this.of(sourcetype)
    if (long.limit === undefined || bytes > long.limit) {
      long.count++
      long.most = Math.max(long.most, bytes)
    }
    if (this.options.clock.elapsed() >= long.learnAt && !long.learning) void this.learn(sourcetype, long)
    else this.say(sourcetype, long)
  }

  private of(sourcetype: string): Long {
    const unknown = { limit: undefined, learnAt: -Infinity, learning: false, count: 0, most: 0, saidAt: -Infinity }
    const long = this.bySourcetype.get(sourcetype) ?? unknown
    this.bySourcetype.set(sourcetype, long)
    return long
  }

  private async learn(sourcetype: string, long: Long): Promise<void> {
    const { clock, splunkd } = this.options
    long.learning = true
    try {
      const [stanza] = await splunkd.list(`configs/conf-props/${encodeURIComponent(sourcetype)}`).catch(noStanza)
      const told = Number(stanza?.content['TRUNCATE'] ?? Number.NaN)
      long.limit = told === 0 ? Infinity : Number.isInteger(told) && told > 0 ? told : usualTruncate
      long.learnAt = clock.elapsed() + sayEveryMs
      if (long.most <= long.limit) long.count = 0
    } catch {
      long.learnAt = clock.elapsed() + againMs
    }
    long.learning = false
    this.say(sourcetype, long)
  }

  private say(sourcetype: string, long: Long): void {
    const { clock, log, stanza } = this.options
    if (long.learning || long.limit === undefined || long.count === 0) return
    if (clock.elapsed() - long.saidAt < sayEveryMs) return
    log.warn(
      `${stanza}: ${long.count} events of sourcetype ${sourcetype} are longer than ${long.limit} bytes (up to ${long.most}): Splunk cuts them. ` +
        `Set TRUNCATE = 0 in a props.conf under [${sourcetype}] where this input runs, or choose sourcetypes = own`,
    )
    long.saidAt = clock.elapsed()
    long.count = 0
    long.most = 0
  }
}

/** A sourcetype without props anywhere. */
function noStanza(error: unknown): readonly Listed[] {
  if (error instanceof SplunkdRefusal && error.status === 404) return []
  throw error
}
