import { SiembridgeError } from '@siembridge/core'
import type { EngineOptions } from '@siembridge/engine'
import { headerBytes, headerOf, type HeaderForm } from '@siembridge/syslog/header'
import type { ConvertOptions } from './commands/convert.ts'

/** CEF and LEEF stand in RFC 3164 by their own documents; JSON goes with RFC 5424, which keeps year and zone. */
export const headerForm = ({ header, send, to }: Pick<ConvertOptions, 'header' | 'send' | 'to'>): HeaderForm =>
  header ??
  (send === undefined ? 'none' : to === 'cef' || to === 'leef' ? 'rfc3164' : to === 'mcas-agent' ? 'none' : 'rfc5424')

/** What the engine must know of the command line. Throws SiembridgeError. */
export function engineOptions(options: ConvertOptions): EngineOptions {
  const { to, type, filter, engine } = options
  const form = headerForm(options)
  const cap = capOf(options)
  return {
    to,
    ...(type !== undefined && { type }),
    ...(filter !== undefined && { filter }),
    ...(engine !== undefined && { engine }),
    ...(cap !== undefined && { maxBytes: cap === 0 ? 0 : lineBytes(cap, form, options) }),
    ...(form !== 'none' && { prefix: headerOf(form, options.hostname, Date.now) }),
  }
}

/** Lines can be made to fit every cap from here on. */
const smallestLine = 512

/** What is left for the line behind its header. */
function lineBytes(cap: number, form: HeaderForm, { hostname, maxBytes }: ConvertOptions): number {
  const header = headerBytes(form, hostname)
  if (cap - header >= smallestLine) return cap - header
  if (maxBytes === undefined) return smallestLine
  throw new SiembridgeError(
    'UsageWrong',
    `--max-bytes ${cap} is too small: ${smallestLine + header} or more can be kept${header > 0 ? ` with a header of ${header} bytes` : ''}, 0 is no limit`,
  )
}

/** Whole messages that receivers take: 8,192 bytes, in a datagram 1,400; QRadar cuts at 4,096. */
function capOf({ maxBytes, to, send }: ConvertOptions): number | undefined {
  if (to !== 'cef' && to !== 'leef') {
    if (maxBytes !== undefined && to !== 'flat')
      throw new SiembridgeError('UsageWrong', `--max-bytes is for cef, leef and flat; a line of ${to} has no limit`)
    return maxBytes
  }
  if (maxBytes !== undefined) return maxBytes
  if (send?.startsWith('udp:')) return 1400
  return to === 'cef' ? 8192 : 4000
}
