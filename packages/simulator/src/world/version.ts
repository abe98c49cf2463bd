import { createHash } from 'node:crypto'
import { foldUnknownMembers } from './unknown-members.ts'
import type { StreamName } from '../streams.ts'

/**
 * `pending`: cannot be seen yet. `due`: an obligation, a collector has to deliver it. `superseded`: overwritten before
 * anybody was shown it. `unsubscribed`: content of a type without a subscription, which nobody can ever get.
 */
export type VersionState = 'pending' | 'due' | 'superseded' | 'unsubscribed'

/** One state of one object, with the bytes that are served for it. Times are milliseconds of the cloud's clock. */
export interface Version {
  readonly tenant: string
  readonly stream: StreamName
  readonly id: string
  /** 1 for the first state of the object. */
  readonly version: number
  readonly text: string
  /** What is served without `Prefer: include-unknown-enum-members`; equal to `text` mostly. */
  readonly foldedText: string
  readonly fields: Readonly<Record<string, unknown>>
  /** The change cannot be told by any time in the record. */
  readonly silent: boolean
  readonly eventTime: number
  readonly issuedAt: number
  state: VersionState
  visibleAt?: number
  overwrittenAt?: number
  firstServedAt?: number
  served: number
  /** Hashes of other bytes that were served for it: without unknown members, or with expanded members. */
  readonly otherHashes: Set<string>
  /** Content ids of the blobs that hold it. */
  readonly blobs: string[]
}

/** A version that nobody can see yet, with its text made. */
export function createVersion(
  of: Pick<Version, 'tenant' | 'stream' | 'id' | 'version' | 'silent' | 'eventTime' | 'issuedAt'>,
  fields: Readonly<Record<string, unknown>>,
): Version {
  const text = JSON.stringify(fields)
  return {
    ...of,
    text,
    foldedText: foldUnknownMembers(fields, text),
    fields,
    state: 'pending',
    served: 0,
    otherHashes: new Set(),
    blobs: [],
  }
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
