import { z } from 'zod'
import { positionsOf } from '../common/position.ts'

/** How a content type goes on. Times in milliseconds since 1970. */
export interface Position {
  /** All content that became available up to here was fetched. */
  readonly to: number
  /** Nothing before this is wanted. */
  readonly since: number
  /** When a start of the subscription was last asked for. */
  readonly started?: number | undefined
}

const time = z.number().int().nonnegative()

export const { write: writePosition, read: readPosition } = positionsOf<Position>(
  z.strictObject({ to: time, since: time, started: time.optional() }),
)
