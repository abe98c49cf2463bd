import type { Row } from './tables.ts'

/**
 * What a real instance does and nobody expects. Each can be switched while the instance runs; what stands here is how instances are
 * delivered.
 */
export interface Oddities {
  /** Parts of an encoded query that make no sense are left out and the rest runs (glide.invalid_query.returns_no_rows=false). */
  ignoresInvalidQueries: boolean
  /** Fields that an ACL hides when records are read, by table: they come empty. */
  hiddenFields: Record<string, string[]>
  /** Fields that an ACL protects, by table: a write of them is dropped without a word. */
  protectedFields: Record<string, string[]>
  /** Rows that an ACL hides. They count for sysparm_limit all the same: pages come short, or empty. */
  hidesRow: (table: string, row: Row) => boolean
  /** Data policy: fields without which a record is refused, by table. */
  mandatory: Record<string, string[]>
  /** Business rules before a write: fields that the instance changes under the writer's name. */
  businessRule: (table: string, changes: Row, before: Row | undefined) => Row | 'abort'
  /** Records that are closed or cancelled take no writes of anybody without the role admin. */
  closedIsReadOnly: boolean
  /** Security incidents go from state to state by the NIST process: a jump is dropped without a word. */
  nistProcess: boolean
  /** Requests that a user may make in an hour, and how long an hour is, in milliseconds; 0 is no rule. */
  ratePerHour: number
  hourMs: number
  /** 429 comes without Retry-After, only with X-RateLimit-Reset. */
  noRetryAfter: boolean
  /** Down for maintenance: 503 with a page. */
  maintenance: boolean
  /** A developer instance that sleeps: 200 with a page. */
  asleep: boolean
  /** Times in queries are those of the user's time zone, as times in display values are. */
  queriesInUserZone: boolean
  /** Sub-requests of a batch that there is time for. */
  batchServes: number
  /** The attachment type is not allowed (glide.attachment.extensions). */
  refusesAttachments: boolean
  /** The fields of tables may not be read by anybody without the role personalize_dictionary. */
  dictionaryProtected: boolean
  /** Two inserts with one correlation id: a unique index would refuse the second. Instances are delivered without. */
  uniqueCorrelation: boolean
  /** Longest value of a journal field that is kept. */
  journalLength: number
}

export const delivered = (): Oddities => ({
  ignoresInvalidQueries: true,
  hiddenFields: {},
  protectedFields: {},
  hidesRow: () => false,
  mandatory: {},
  businessRule: (_table, changes) => changes,
  closedIsReadOnly: false,
  nistProcess: true,
  ratePerHour: 0,
  hourMs: 3_600_000,
  noRetryAfter: false,
  maintenance: false,
  asleep: false,
  queriesInUserZone: true,
  batchServes: 100,
  refusesAttachments: false,
  dictionaryProtected: false,
  uniqueCorrelation: false,
  journalLength: 65_535,
})

/** What goes wrong with one request. */
export type InstanceFault =
  /** Carried out, and then cut: the writer gets no answer, or that of a transaction that was cancelled. */
  | { readonly kind: 'cut-after'; readonly ms?: number; readonly answer?: 'cancelled' | 'none' }
  /** Cut first, and carried out that much later all the same: the transaction went on. */
  | { readonly kind: 'cut-and-late'; readonly ms: number }
  | { readonly kind: 'cut-before' }
  | { readonly kind: 'status'; readonly status: number; readonly message?: string; readonly detail?: string }
  /** 200 with an error inside. */
  | { readonly kind: 'error-in-200'; readonly message: string }
  | { readonly kind: 'page'; readonly status: number }
  /** 429 that asks for so many seconds. */
  | { readonly kind: 'limit'; readonly seconds: number }
  /** Carried out, and answered that much later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The body ends in the middle. */
  | { readonly kind: 'truncated' }
