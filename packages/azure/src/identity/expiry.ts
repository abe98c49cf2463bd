import type { OwnEvent } from '@siembridge/core'
import type { TenantOptions } from '../options.ts'
import type { Tokens } from './tokens.ts'

const dayMs = 86_400_000

/** Days before its end on which a secret is announced, the most urgent first. */
const announced = [
  { days: 1, severity: 'critical' },
  { days: 7, severity: 'high' },
  { days: 30, severity: 'medium' },
] as const

/** When a secret or certificate ends, milliseconds since 1970; undefined where nobody knows. */
export async function endOf(options: TenantOptions, tokens: Tokens): Promise<number | undefined> {
  if (options.client_secret_expires !== undefined) return Date.parse(options.client_secret_expires)
  if (!options.certificate) return undefined
  const credential = await tokens.credential()
  return credential.kind === 'certificate' ? credential.endsMs : undefined
}

/** Tells that a credential ends: each threshold once while the process runs, and anew for another credential. */
export function createExpiryWatch(name: string, options: TenantOptions, tokens: Tokens) {
  const told = new Set<string>()
  return async (nowMs: number): Promise<OwnEvent | undefined> => {
    const endsMs = await endOf(options, tokens)
    if (endsMs === undefined) return undefined
    const due = announced.find(({ days }) => endsMs - nowMs <= days * dayMs)
    if (!due || told.has(`${endsMs} ${due.days}`)) return undefined
    told.add(`${endsMs} ${due.days}`)
    const what = options.certificate ? 'certificate' : 'client secret'
    const ends = new Date(endsMs).toISOString()
    const message = `the ${what} of tenant ${name} ${endsMs < nowMs ? 'ended' : 'ends'} on ${ends.slice(0, 10)}`
    const details = { tenant: name, credential: what, expires: ends, days: Math.floor((endsMs - nowMs) / dayMs) }
    return { action: 'secret-expires', severity: due.severity, message, details }
  }
}
