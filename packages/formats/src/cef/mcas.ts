/** What the Cloud App Security agent writes for one activity (severity 0) or alert (severity 3). */
export interface McasEvent {
  /** ISO 8601 in UTC with milliseconds, such as `2017-11-22T17:50:04.000Z`. */
  readonly time: string
  readonly host?: string
  /** Version of the agent, such as `0.111.85`. */
  readonly version: string
  readonly classId: string
  readonly name: string
  readonly severity: number
  /** In the agent's order. A value may be empty. */
  readonly pairs: readonly (readonly [key: string, value: string])[]
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '=': '\\=' }

/**
 * One line of the Cloud App Security agent's dialect, byte for byte. It differs from {@link cefLine}: a time and no
 * PRI before `CEF:`, empty values written as `key=`, pipes in values kept, single quotes doubled in `msg` and the
 * name, and the label of `c6a1` in double quotes. {@link readCef} reads it with `tolerant`.
 *
 * Source: "Integrate your SIEM server with Defender for Cloud Apps", sample activity and alert logs.
 */
export function mcasLine(e: McasEvent): string {
  const host = e.host ? ` ${e.host}` : ''
  const header = [e.version, e.classId, doubleQuotes(e.name)].map(headerField).join('|')
  const extension = e.pairs.map(([key, value]) => `${key}=${pairValue(key, value)}`).join(' ')
  return `${e.time}${host} CEF:0|MCAS|SIEM_Agent|${header}|${e.severity}|${extension}`
}

function pairValue(key: string, value: string): string {
  const escaped = value
    .replace(/[\\=]/g, (c) => escapes[c] ?? c)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/[^ -~\u0080-\uffff]/g, ' ')
  if (key === 'c6a1Label') return `"${escaped}"`
  return key === 'msg' ? doubleQuotes(escaped) : escaped
}

function headerField(field: string): string {
  return field.replace(/[\\|]/g, '\\$&').replace(/\r\n|[^ -~\u0080-\uffff]/g, ' ')
}

function doubleQuotes(text: string): string {
  return text.replaceAll("'", "''")
}
