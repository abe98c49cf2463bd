import { isProblem } from '../problem.ts'
import { readCef } from './read.ts'

// Published samples of Defender for Identity have lost what stands between the syslog header and the first pipe: "… CEF 6076
// AccountEnumerationSecurityAlert |Microsoft|Azure ATP|…" (Defender for Identity SIEM log reference).
const headless = /\bCEF[^|]*\|(?=Microsoft\|(?:Azure ATP|ATA)\|)/

/**
 * A line of CEF, with or without a syslog header before it, as the text of a JSON record:
 * `{"cef":{"vendor":…,"product":…,"deviceVersion":…,"classId":…,"name":…,"severity":"5","ext":{key:value,…}}}`. All values are texts, and
 * empty ones are there. Undefined where the line is no CEF. Read tolerantly, as senders in the field write it.
 */
export function cefRecord(line: string): string | undefined {
  const event = readCef(line, { tolerant: true })
  const read = isProblem(event) ? readCef(line.replace(headless, 'CEF:0|'), { tolerant: true }) : event
  if (isProblem(read)) return undefined
  const { vendor, product, deviceVersion, classId, name, severity, extensions } = read
  const cef = { vendor, product, deviceVersion, classId, name, severity: String(severity), ext: extensions }
  return JSON.stringify({ cef })
}
