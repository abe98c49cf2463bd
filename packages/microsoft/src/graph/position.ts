import { z } from 'zod'
import { positionsOf } from '../common/position.ts'

/** How a stream goes on. Times in milliseconds since 1970. */
export interface Position {
  /** Everything up to here was collected. */
  readonly to: number
  /** Nothing before this is wanted. */
  readonly since: number
  /** A reading again of the past that is under way: how far it is, where it ends, when it began. */
  readonly sweep?: { readonly at: number; readonly end: number; readonly began: number } | undefined
  /** When the last one began that came to its end. */
  readonly swept?: number | undefined
}

const time = z.number().int().nonnegative()

export const { write: writePosition, read: readPosition } = positionsOf<Position>(
  z.strictObject({
    to: time,
    since: time,
    sweep: z.strictObject({ at: time, end: time, began: time }).optional(),
    swept: time.optional(),
  }),
)
