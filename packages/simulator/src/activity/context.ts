import type { Clock } from '../clock.ts'
import type { Call, Reply } from '../http/call.ts'
import type { Directory, Tenant } from '../login/directory.ts'
import type { Grant, Tokens } from '../login/tokens.ts'
import type { ActivityScenario, RetryAfterForm } from '../scenario.ts'
import type { ContentType } from '../streams.ts'
import type { World } from '../world/world.ts'
import type { Throttle } from '../throttle.ts'
import type { Publishers } from './publishers.ts'

/** What the Management Activity service works with. */
export interface ActivityContext {
  readonly clock: Clock
  readonly directory: Directory
  readonly tokens: Tokens
  readonly world: World
  readonly throttle: Throttle
  readonly retryAfter: RetryAfterForm
  readonly activity: ActivityScenario
  readonly publishers: Publishers
  /** When each subscription was last started, by `tenant/content type`. */
  readonly startedAt: Map<string, number>
  /** What the cursors in `NextPageUri` stand for. */
  readonly cursors: Map<string, number>
}

/** A request whose token and tenant are good. */
export interface ActivityCall {
  readonly call: Call
  readonly tenant: Tenant
  readonly grant: Grant
}

/** An operation of the API on one content type. */
export type ContentOperation = (of: ActivityCall, contentType: ContentType, context: ActivityContext) => Reply
