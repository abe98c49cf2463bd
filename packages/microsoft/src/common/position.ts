import { SiembridgeError } from '@siembridge/core'
import type { ZodType } from 'zod'

const version = 1

export interface Positions<T> {
  readonly write: (position: T) => Uint8Array
  /** Throws `PositionUnknown` for what another version wrote, or what is damaged. */
  readonly read: (bytes: Uint8Array, subject: string) => T
}

/** Positions as small JSON with a version. */
export const positionsOf = <T extends object>(form: ZodType<T>): Positions<T> => ({
  write: (position) => Buffer.from(JSON.stringify({ v: version, ...position })),
  read: (bytes, subject) => {
    try {
      const { v, ...position } = JSON.parse(Buffer.from(bytes).toString()) as { v?: unknown }
      if (v === version) return form.parse(position)
    } catch {
      // Falls through: what is damaged is as unknown as what is newer.
    }
    throw new SiembridgeError('PositionUnknown', subject)
  },
})

/** A position from which a stream of any source goes on at a time, milliseconds since 1970, with nothing before it wanted. */
export const positionAt = (ms: number): Uint8Array =>
  Buffer.from(JSON.stringify({ v: version, to: Math.floor(ms), since: Math.floor(ms) }))
