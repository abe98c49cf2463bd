import type { GraphTransport, Wait } from '@siembridge/azure'
import type { OwnEvent, Records } from '@siembridge/core'
import type { ServerTime } from '../common/server-time.ts'
import type { Tuning } from './query.ts'
import type { StreamSpec } from './streams.ts'

/** What reading a stream needs, whatever the window. */
export interface Reader {
  readonly spec: StreamSpec
  /** For sentences of errors. */
  readonly subject: string
  readonly details: Readonly<Record<string, string>>
  readonly graph: GraphTransport
  readonly time: ServerTime
  /** Changed by what the API turns out to take. */
  readonly tuning: Tuning
  readonly signal: AbortSignal
  readonly onWait: (wait: Wait) => void
  /** Hands records over with the position as it is. */
  readonly emit: (records: Records) => Promise<void>
  readonly tell: (event: OwnEvent) => void
}
