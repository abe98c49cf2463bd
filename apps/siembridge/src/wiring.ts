import type { EngineOptions } from '@siembridge/engine'
import type { ConvertOptions } from './commands/convert.ts'
import { headerOf, type HeaderForm } from '@siembridge/syslog'

/** Longest header that `headerOf` makes for a host name of usual length. */
const headerBytes = 96

/** CEF and LEEF stand in RFC 3164 by their own documents; JSON goes with RFC 5424, which keeps year and zone. */
export const headerForm = ({ header, send, to }: Pick<ConvertOptions, 'header' | 'send' | 'to'>): HeaderForm =>
  header ?? (send === undefined ? 'none' : to === 'cef' || to === 'leef' ? 'rfc3164' : to === 'mcas-agent' ? 'none' : 'rfc5424')

/** What the engine must know of the command line. */
export function engineOptions(options: ConvertOptions): EngineOptions {
  const { to, type, filter, engine } = options
  const form = headerForm(options)
  const cap = capOf(options)
  return {
    to,
    ...(type !== undefined && { type }),
    ...(filter !== undefined && { filter }),
    ...(engine !== undefined && { engine }),
    ...(cap !== undefined && { maxBytes: cap === 0 || form === 'none' ? cap : Math.max(512, cap - headerBytes) }),
    ...(form !== 'none' && { prefix: headerOf(form, options.hostname, Date.now) }),
  }
}

/** Whole messages that receivers take: 8,192 bytes, in a datagram 1,400; QRadar cuts at 4,096. */
function capOf({ maxBytes, to, send }: ConvertOptions): number | undefined {
  if (maxBytes !== undefined) return maxBytes
  if (send?.startsWith('udp:') && (to === 'cef' || to === 'leef')) return 1400
  return to === 'cef' ? 8192 : to === 'leef' ? 4000 : undefined
}
