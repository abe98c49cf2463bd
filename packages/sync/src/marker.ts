import { createHash } from 'node:crypto'

const form = /\[sb:[0-9a-f]{12}\]/

/** A mark at the end of a note, so that the note is found again before it is written a second time, and never copied back. */
export const noteMarker = (...parts: readonly string[]): string =>
  `[sb:${createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 12)}]`

/** Whether a note is one of the bridge's own. */
export const isOwnNote = (text: string): boolean => form.test(text)
