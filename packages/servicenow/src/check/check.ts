import type { Finding, TargetContext } from '@siembridge/core'
import type { ServiceNowOptions } from '../options.ts'

/** Looks whether tickets could be made as the rules say. Writes nothing. */
export async function* check(_context: TargetContext<ServiceNowOptions>): AsyncGenerator<Finding> {
  yield* []
}
