/** Writes of a state that one record may have in an hour: more of them are two systems that answer each other. */
export const mostStateWritesAnHour = 6

const hourMs = 3_600_000

/** Whether one more write of a record's state would be one too many, given the times of earlier ones (milliseconds). */
export const flaps = (writesMs: readonly number[], nowMs: number): boolean =>
  writesMs.filter((at) => nowMs - at < hourMs).length >= mostStateWritesAnHour

/** The times that still count. */
export const recentWrites = (writesMs: readonly number[], nowMs: number): number[] =>
  writesMs.filter((at) => nowMs - at < hourMs)
