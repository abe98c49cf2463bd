import { findControl, findMark } from '../plain.ts'
import { isProblem, problemAt } from '../problem.ts'
import { cefKeys, labelledKey } from './keys.ts'
import { readCefHeader, readSeverity } from './read-header.ts'
import { scanPairs } from './scan.ts'
import { tolerantEscapes, unescapeCef, valueEscapes } from './unescape.ts'
import type { FormatProblem } from '../problem.ts'
import type { CefSeverityWord, ScannedHeader } from './read-header.ts'
import type { ScannedPair } from './scan.ts'

/** One CEF record, unescaped. */
export interface CefEvent {
  readonly version: 0 | 1
  readonly vendor: string
  readonly product: string
  readonly deviceVersion: string
  readonly classId: string
  readonly name: string
  readonly severity: number | CefSeverityWord
  /** Key to value in the order of the line. No prototype. Quotes are part of a value. */
  readonly extensions: Readonly<Record<string, string>>
  /** The text before `CEF:`, such as a syslog header, with its final space. */
  readonly prefix: string
}

/** `tolerant`: what senders in the field do is accepted; see {@link readCef}. */
export interface CefReadOptions {
  readonly tolerant?: boolean
}

/**
 * Reads one CEF line, without line end.
 *
 * Strict, it refuses: a control character anywhere, an empty header field or value, a severity outside 0 to 10 and
 * the five words, keys other than letters and digits, repeated keys, `=` not escaped, escapes other than
 * `\\ \= \n \r`, spaces at the ends of a value, a custom field without its label and a label without its field.
 * Tolerant, it refuses only what cannot be understood: empty values, `\:`, `\|`, missing labels, repeated keys (the
 * last one counts) and stray `=` are taken as they are.
 */
export function readCef(line: string, options: CefReadOptions = {}): CefEvent | FormatProblem {
  const tolerant = options.tolerant ?? false
  const start = findMark(line, 'CEF:')
  if (start < 0) return problemAt(0, 'no "CEF:" at the start or after a space')
  const unusable = tolerant ? line.search(/[\0\r\n]/) : findControl(line)
  if (unusable >= 0) return problemAt(unusable, 'a control character')
  if (line.lastIndexOf('|', start) >= 0) return problemAt(line.indexOf('|'), 'a pipe before "CEF:"')
  const header = readCefHeader(line, start + 'CEF:'.length, tolerant)
  if (isProblem(header)) return header
  const extensions = readExtension(line, header.end, tolerant)
  return isProblem(extensions) ? extensions : toEvent(line.slice(0, start), header, extensions)
}

function toEvent(prefix: string, header: ScannedHeader, extensions: Record<string, string>): CefEvent | FormatProblem {
  const [version, vendor = '', product = '', deviceVersion = '', classId = '', name = '', level = ''] = header.fields
  if (version !== '0' && version !== '1') return problemAt(prefix.length + 4, 'a version other than 0 and 1')
  const severity = readSeverity(level)
  if (severity === undefined) return problemAt(header.end - level.length - 1, 'a severity that CEF does not know')
  const number = version === '0' ? 0 : 1
  return { version: number, vendor, product, deviceVersion, classId, name, severity, extensions, prefix }
}

function readExtension(line: string, from: number, tolerant: boolean): Record<string, string> | FormatProblem {
  const pairs = scanPairs(line, from, tolerant)
  if (isProblem(pairs)) return pairs
  const extensions: Record<string, string> = Object.create(null)
  for (const pair of pairs) {
    const raw = line.slice(pair.valueAt, pair.end)
    const wrong = tolerant ? undefined : (valueProblem(raw, pair) ?? repeated(extensions, pair))
    if (wrong) return wrong
    const value = unescapeCef(raw, pair.valueAt, tolerant ? tolerantEscapes : valueEscapes, tolerant)
    if (isProblem(value)) return value
    extensions[pair.key] = value
  }
  return (tolerant ? undefined : labelProblem(pairs, extensions)) ?? extensions
}

function valueProblem(raw: string, pair: ScannedPair): FormatProblem | undefined {
  if (raw === '') return problemAt(pair.valueAt, `${pair.key} has no value`)
  if (raw.startsWith(' ')) return problemAt(pair.valueAt, `${pair.key} starts with a space`)
  return raw.endsWith(' ') ? problemAt(pair.end - 1, `${pair.key} ends with a space`) : undefined
}

function repeated(seen: Record<string, string>, pair: ScannedPair): FormatProblem | undefined {
  return pair.key in seen ? problemAt(pair.keyAt, `${pair.key} appears twice`) : undefined
}

function labelProblem(pairs: readonly ScannedPair[], seen: Record<string, string>): FormatProblem | undefined {
  for (const { key, keyAt } of pairs) {
    const owner = cefKeys[key] && labelledKey(key)
    if (owner !== undefined && !(owner in seen)) return problemAt(keyAt, `${key} without ${owner}`)
    if (`${key}Label` in cefKeys && !(`${key}Label` in seen)) return problemAt(keyAt, `${key} without ${key}Label`)
  }
  return undefined
}
