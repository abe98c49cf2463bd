import { problemAt, type FormatProblem } from '../problem.ts'
import { logicalLines } from './lines.ts'

/** One key with its value, unescaped. */
export interface Property {
  readonly key: string
  readonly value: string
  /** Line on which it begins, from 1. */
  readonly line: number
  /** The value as it stands in the file, before escapes are taken out; continued lines are joined. */
  readonly raw: string
}

/**
 * Reads a file as `java.util.Properties.load(InputStream)` does. `text` holds bytes as latin1. A key that stands twice is given twice,
 * although Java keeps the last alone. Refused, as Java refuses it: `\u` without four hexadecimal digits.
 */
export function readProperties(text: string): readonly Property[] | FormatProblem {
  const found: Property[] = []
  for (const { chars, places, line } of logicalLines(text)) {
    const { end, valueAt } = split(chars)
    const key = unescaped(chars.slice(0, end))
    const raw = chars.slice(valueAt)
    const value = unescaped(raw)
    if (typeof key === 'number') return malformed(places[key])
    if (typeof value === 'number') return malformed(places[valueAt + value])
    found.push({ key, value, line, raw })
  }
  return found
}

const malformed = (at = 0): FormatProblem => problemAt(at, 'a \\u without four hexadecimal digits')

/** Line of a position in `text`, from 1. */
export const lineAt = (text: string, at: number): number => text.slice(0, at).split(/\r\n|[\r\n]/).length

/** Where the key ends and the value begins. */
function split(chars: string): { end: number; valueAt: number } {
  const end = /^(?:\\[^]|[^\\=: \t\f])*/.exec(chars)?.[0].length ?? 0
  const between = /^[ \t\f]*(?:[=:][ \t\f]*)?/.exec(chars.slice(end))?.[0].length ?? 0
  return { end, valueAt: end + between }
}

const letters: Readonly<Record<string, string | undefined>> = { t: '\t', n: '\n', r: '\r', f: '\f' }

/** The text, or where a malformed escape is. */
function unescaped(raw: string): string | number {
  const wrong = /^(?:[^\\]|\\[^u]|\\u[0-9A-Fa-f]{4})*/.exec(raw)?.[0].length ?? 0
  if (wrong < raw.length && raw[wrong + 1] === 'u') return wrong
  return raw.replace(/\\(?:u([0-9A-Fa-f]{4})|([^]?))/g, (_, hex: string | undefined, char = '') =>
    hex === undefined ? (letters[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
