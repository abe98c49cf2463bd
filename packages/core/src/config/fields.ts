import { z } from 'zod'
import { duration } from './units.ts'

const nameForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** Name of a tenant, source, target or route: it becomes part of file names and of metrics. */
export const name = z
  .string()
  .regex(nameForm, 'write letters, digits, ".", "_" and "-", 64 at most, beginning with a letter or digit')

const spanForm = /^\d+(?:\.\d+)?\s*(?:ms|[smhd])$/
const timeHelp = 'write a span back from now such as 2d, or a time such as 2026-06-01T10:00:00Z'

/** A time: a span back from now, or a moment. */
export type Since = { readonly agoMs: number } | { readonly atMs: number }

/** Reads `2d`, `2026-06-01` or `2026-06-01T10:00:00Z`; undefined where it is neither. A date without zone is UTC. */
export function parseSince(text: string): Since | undefined {
  if (spanForm.test(text)) return { agoMs: duration.parse(text) }
  const form = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/
  const zone = form.exec(text)?.[1]
  const atMs = form.test(text)
    ? Date.parse(zone === undefined ? `${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}` : text)
    : NaN
  return Number.isNaN(atMs) ? undefined : { atMs }
}

export const momentOf = (since: Since, nowMs: number): number => ('atMs' in since ? since.atMs : nowMs - since.agoMs)

export const since = z
  .string({ error: timeHelp })
  .transform((text, context): Since => {
    const read = parseSince(text)
    if (read) return read
    context.addIssue({ code: 'custom', message: timeHelp, input: text })
    return z.NEVER
  })
  .describe('Where a first start begins: a span back from now, or a time')

export interface Listen {
  readonly host: string
  readonly port: number
}

const listenHelp = 'write HOST:PORT such as 127.0.0.1:8686 or [::1]:8686'

export const listen = z
  .string({ error: listenHelp })
  .transform((text, context): Listen => {
    const [, host, port] = /^(\[[0-9A-Fa-f:.]+\]|[^\s:/]+):(\d{1,5})$/.exec(text) ?? []
    if (host !== undefined && Number(port) <= 65_535) return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
    context.addIssue({ code: 'custom', message: listenHelp, input: text })
    return z.NEVER
  })
  .describe('Address and port of /healthz, /readyz and /metrics')
