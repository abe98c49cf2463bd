import type { Version } from './version.ts'

/** A content blob of the Management Activity API. Times are milliseconds of the cloud's clock. */
export interface Blob {
  readonly contentId: string
  readonly contentType: string
  /** The window of a listing is about this time, not about when the blob came into the list. */
  readonly created: number
  readonly listedAt: number
  /** It stands in listings twice. */
  readonly listedTwice: boolean
  readonly records: readonly Version[]
}

/** Content can be fetched for seven days after it was created. */
export const contentLifeMs = 7 * 86_400_000
