import type { Severity } from './severity.ts'
import { pri } from './severity.ts'

/** How a message begins. `rfc3164` has no tag, which is how CEF and LEEF stand in it; `none` is the bare line. */
export type HeaderForm = 'rfc3164' | 'rfc5424' | 'none'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (n: number): string => String(n).padStart(2, '0')

/** HOSTNAME of RFC 5424 section 6.2.4: printable ASCII without spaces, 255 at most. */
const hostOf = (name: string): string => name.replace(/[^!-~]+/g, '_').slice(0, 255) || '-'

/** The host of a log type's messages: `{type}` in the name stands for the log type. */
function hostOfTypes(name: string): (type: string) => string {
  if (!name.includes('{type}')) {
    const host = hostOf(name)
    return () => host
  }
  const hosts = new Map<string, string>()
  return (type) => {
    let host = hosts.get(type)
    if (host === undefined) hosts.set(type, (host = hostOf(name.replaceAll('{type}', type))))
    return host
  }
}

/**
 * Makes the part before the message. RFC 3164 has no year and no zone, so it carries the time of sending: an old event would
 * land in the future there. RFC 5424 carries the event's own time.
 */
export function headerOf(
  form: HeaderForm,
  hostname: string,
  now: () => number,
): (severity: Severity, timeMs: number | undefined, msgId: string) => string {
  if (form === 'none') return () => ''
  const host = hostOfTypes(hostname)
  if (form === 'rfc5424')
    return (severity, ms, id) =>
      `<${pri[severity]}>1 ${ms === undefined ? '-' : new Date(ms).toISOString()} ${host(id)} siembridge - ${id.slice(0, 32)} - `
  let second = -1
  let stamp = ''
  return (severity, _, id) => {
    const ms = now()
    const at = Math.floor(ms / 1000)
    if (at !== second) {
      const d = new Date(ms)
      stamp = `${months[d.getUTCMonth()]} ${String(d.getUTCDate()).padStart(2, ' ')} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`
      second = at
    }
    return `<${pri[severity]}>${stamp} ${host(id)} `
  }
}

/** Longest header of a form, in bytes. */
export const headerBytes = (form: HeaderForm, hostname: string): number =>
  headerOf(form, hostname, () => 0)('informational', 0, 'x'.repeat(32)).length
