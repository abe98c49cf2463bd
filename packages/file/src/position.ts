import type { Safe } from './cutter.ts'
import type { Identity } from './identity.ts'

/** Where a lane goes on: which file it read, and up to where. Kept as JSON. */
export interface Position extends Identity, Safe {
  /** Where the file was; for a person. */
  readonly path: string
  /** Modification time and size when it was last read: what a rotation took away shows in them. */
  readonly mtimeMs: number
  readonly size: number
  /** It was rotated and read to its end. */
  readonly done: boolean
}

export const encode = (position: Position): Uint8Array => Buffer.from(JSON.stringify(position))

export const decode = (bytes: Uint8Array | undefined): Position | undefined =>
  bytes === undefined || bytes.length === 0 ? undefined : (JSON.parse(Buffer.from(bytes).toString('utf8')) as Position)
