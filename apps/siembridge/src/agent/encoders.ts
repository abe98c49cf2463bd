import type { TenantOptions } from '@siembridge/azure'
import type { Encoder, Secrets } from '@siembridge/core'
import type { Config, ConfiguredRoute, ConfiguredTarget } from '@siembridge/core/config'
import type { Format, LinePrefix } from '@siembridge/engine'
import { headerBytes, headerOf } from '@siembridge/syslog/header'
import { createEncoder, type EncoderOptions, type Rule } from '@siembridge/engine/lane'
import { TenantEncoder } from './tenant-encoder.ts'

type AgentConfig = Config<TenantOptions>

/** Lines can be made to fit every limit from here on. */
const smallestLine = 512

interface Line {
  readonly prefix?: LinePrefix
  readonly maxBytes?: number
}

const shrinking: readonly string[] = ['cef', 'leef', 'flat']

/** What stands before a line, and what is left for the line behind it, where its format can be shrunk. */
function lineOf({ target, options, format }: ConfiguredTarget): Line {
  const header = target.header?.(options)
  if (!header) return {}
  const { form, hostname, maxBytes: whole } = header
  const maxBytes = whole === 0 ? 0 : Math.max(smallestLine, whole - headerBytes(form, hostname))
  return {
    ...(form !== 'none' && { prefix: headerOf(form, hostname, Date.now) }),
    ...(shrinking.includes(format) && { maxBytes }),
  }
}

/** The encoder of a route's target: tags of a tenant come with events of that tenant alone. */
export async function encoderOf(
  config: AgentConfig,
  route: ConfiguredRoute,
  target: ConfiguredTarget,
  secrets: Secrets,
): Promise<Encoder> {
  const { filter, expand, drop, mask, pseudonymise, tags, index, sourcetype } = route
  const common: EncoderOptions = {
    to: target.format as Format,
    expand,
    ...lineOf(target),
    ...(target.target.semantics === 'state' && { state: true }),
    ...(filter !== undefined && { filter }),
    ...(drop && { drop }),
    ...(mask && { mask }),
    ...(pseudonymise && { pseudonymise: { fields: pseudonymise.fields, key: await secrets.read(pseudonymise.key) } }),
    ...((index !== undefined || sourcetype !== undefined) && {
      hec: {
        ...(index !== undefined && { index: index as Rule }),
        ...(sourcetype !== undefined && { sourcetype: sourcetype as Rule }),
      },
    }),
  }
  const tagged = new Map<string, Encoder>()
  for (const tenant of Object.values(config.tenants))
    if (Object.keys(tenant.tags).length > 0)
      tagged.set(tenant.tenant_id.toLowerCase(), await createEncoder({ ...common, tags: { ...tenant.tags, ...tags } }))
  const others = await createEncoder({ ...common, ...(Object.keys(tags).length > 0 && { tags }) })
  return tagged.size === 0 ? others : new TenantEncoder(tagged, others)
}

/** An encoder of one target for single events that no route decides about. */
export const plainEncoderOf = (target: ConfiguredTarget): Promise<Encoder> =>
  createEncoder({ to: target.format as Format, ...lineOf(target) })
