import { type Lane, noRecords, type Records } from '@siembridge/core'
import { type Position, readPosition, writePosition } from './position.ts'

/** The position of a stream, and what is handed over with it. */
export class Progress {
  readonly #lane: Lane
  position: Position
  constructor(lane: Lane, sinceMs: number, subject: string) {
    this.#lane = lane
    this.position = lane.position ? readPosition(lane.position, subject) : { to: sinceMs, since: sinceMs }
  }

  /** Records whose window is not at its end: the position stays. */
  emit(records: Records): Promise<void> {
    return this.#lane.emit(records, writePosition(this.position))
  }

  /** A window is at its end: the position behind it is kept once all of its records are safe. */
  async advance(change: Partial<Position>): Promise<void> {
    this.position = { ...this.position, ...change }
    await this.#lane.emit(noRecords, writePosition(this.position))
  }
}
