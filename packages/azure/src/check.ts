import { type Finding, SiembridgeError } from '@siembridge/core'
import type { CloudHosts } from './cloud/clouds.ts'
import { endOf } from './identity/expiry.ts'
import type { Tokens } from './identity/tokens.ts'
import type { TenantOptions } from './options.ts'

interface CheckOptions {
  readonly name: string
  readonly options: TenantOptions
  readonly hosts: CloudHosts
  readonly tokens: Tokens
  readonly nowMs: number
}

/** A finding out of what was thrown. */
export function badFinding(subject: string, error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error)
  const [says = '', ...rest] = message.split('\n')
  const help = rest.find((line) => line.trim().startsWith('do:'))?.replace(/^\s*do:\s*/, '')
  if (!(error instanceof SiembridgeError)) return { subject, is: 'bad', says }
  return { subject, is: 'bad', says, code: error.code, ...(help !== undefined && { help }) }
}

/** Whether tokens come, and when the credential ends. */
export async function* checkTenant({ name, options, hosts, tokens, nowMs }: CheckOptions): AsyncGenerator<Finding> {
  const subject = `token of tenant ${name}`
  try {
    await tokens.token(hosts.graph ?? hosts.manage ?? hosts.login)
    yield { subject, is: 'good', says: `${hosts.login} gives one` }
  } catch (error) {
    return yield badFinding(subject, error)
  }
  const endsMs = await endOf(options, tokens)
  if (endsMs === undefined) return
  const days = Math.floor((endsMs - nowMs) / 86_400_000)
  const is = days < 1 ? 'bad' : days <= 30 ? 'warning' : 'good'
  yield {
    subject: `credential of tenant ${name}`,
    is,
    says: `it ends on ${new Date(endsMs).toISOString().slice(0, 10)}`,
  }
}
