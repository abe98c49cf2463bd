import { type Lane, noRecords } from '@siembridge/core'
import { positionAt } from '@siembridge/microsoft'
import type { Splunkd } from '@siembridge/splunk/modular-input'
import { collections } from '../about.ts'
import type { PositionRequest } from '../status/record.ts'
import { inputKey } from '../status/status-book.ts'

const path = `storage/collections/data/${collections.requests}`

/**
 * Positions that a person wants for streams of an input: times in milliseconds since 1970 by stream. They are read when the input
 * starts, and done away with when every lane has them.
 */
export class WantedPositions {
  private readonly splunkd: Splunkd
  private readonly stanza: string
  private readonly wanted: Map<string, number>

  private constructor(splunkd: Splunkd, stanza: string, wanted: Map<string, number>) {
    this.splunkd = splunkd
    this.stanza = stanza
    this.wanted = wanted
  }

  /** A store that does not answer wants nothing now; the request is still there at the next start. */
  static async read(splunkd: Splunkd, stanza: string, streams: readonly string[]): Promise<WantedPositions> {
    const query = { query: JSON.stringify({ stanza }) }
    const found = (await splunkd.ask({ path, query }).catch(() => [])) as readonly PositionRequest[]
    const entries = found.flatMap(({ streams: wanted }) => Object.entries(JSON.parse(wanted) as Record<string, number>))
    const good = entries.filter(([stream, ms]) => streams.includes(stream) && Number.isFinite(ms))
    return new WantedPositions(splunkd, stanza, new Map(good))
  }

  /** Sets the position of a lane that is about to be collected, where one is wanted. Answers the time that it was set to. */
  async apply(stream: string, lane: Lane): Promise<number | undefined> {
    const ms = this.wanted.get(stream)
    if (ms === undefined) return undefined
    await lane.emit(noRecords, positionAt(ms))
    await lane.settled()
    this.wanted.delete(stream)
    await this.keep().catch(() => undefined)
    return ms
  }

  /** What is left of the request: nothing of it is to be done twice. */
  private async keep(): Promise<void> {
    const { stanza, wanted, splunkd } = this
    await splunkd.ask({ method: 'DELETE', path, query: { query: JSON.stringify({ stanza }) } })
    if (wanted.size === 0) return
    const document: PositionRequest = {
      _key: inputKey(stanza),
      stanza,
      streams: JSON.stringify(Object.fromEntries(wanted)),
    }
    await splunkd.ask({ method: 'POST', path: `${path}/batch_save`, json: [document] })
  }
}
