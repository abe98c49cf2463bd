import { inspect } from '@siembridge/engine/inspect'
import { nativePayload, type PayloadOptions } from './payloads.ts'

export interface NativeLineOptions extends Pick<PayloadOptions, 'activity'> {
  /** Host name of the header; `{type}` in it stands for the log type. Without it there is no header. */
  readonly hostname?: string
  /** Longest message with its header, in bytes; 0 for no limit. */
  readonly maxMessage: number
  /** Milliseconds since 1970, for the header. */
  readonly now: () => number
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** RFC 3164, with the time of sending: the event's own stands in the payload. */
function headerAt(ms: number, host: string): string {
  const iso = new Date(ms).toISOString()
  const day = String(Number(iso.slice(8, 10))).padStart(2, ' ')
  return `<134>${months[Number(iso.slice(5, 7)) - 1] ?? ''} ${day} ${iso.slice(11, 19)} ${host} `
}

/**
 * A record (strict JSON) as the message that a shipped DSM parses; `unparsed` names the log type that none does. Throws
 * JsonError. A record goes out once, however many events are in it.
 */
export function nativeLine(
  bytes: Buffer,
  options: NativeLineOptions,
): { readonly line: string } | { readonly unparsed: string } {
  const inspected = inspect(bytes)
  const view = inspected?.views[0]
  if (!inspected || !view) return { unparsed: 'no log type is known for it' }
  const { hostname, maxMessage, activity, now } = options
  const header = hostname === undefined ? '' : headerAt(now(), hostname.replaceAll('{type}', view.type))
  const maxBytes = maxMessage === 0 ? 0 : Math.max(512, maxMessage - header.length)
  const payload = nativePayload(view, inspected, { activity, maxBytes })
  return payload === undefined ? { unparsed: `no DSM of IBM reads ${view.type}` } : { line: header + payload }
}
