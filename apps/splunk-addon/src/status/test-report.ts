import type { Finding } from '@siembridge/core'

/** One thing that a test of an account looked at. */
export interface TestedThing extends Finding {
  readonly what: 'account' | 'token' | 'credential' | 'stream'
  readonly scheme?: string
  readonly stream?: string
}

/** What a test of an account found. */
export interface TestReport {
  readonly account: string
  readonly atMs: number
  readonly things: readonly TestedThing[]
}

/** A document of the collection of tests. */
export interface TestDocument {
  readonly _key: string
  readonly account: string
  /** `TestReport` as JSON. */
  readonly report: string
}
