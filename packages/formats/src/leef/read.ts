import { findControl, findMark } from '../plain.ts'
import { isProblem, problemAt } from '../problem.ts'
import { readDelimiter } from './delimiter.ts'
import type { FormatProblem } from '../problem.ts'

/** One LEEF record. */
export interface LeefEvent {
  readonly version: '1.0' | '2.0'
  readonly vendor: string
  readonly product: string
  readonly deviceVersion: string
  readonly eventId: string
  /** The char between attributes; TAB in 1.0. */
  readonly delimiter: string
  /** Key to value in the order of the line. No prototype. */
  readonly attributes: Readonly<Record<string, string>>
  /** The text before `LEEF:`, such as a syslog header, with its final space. */
  readonly prefix: string
}

const fieldNames = ['vendor', 'product', 'product version', 'event id'] as const

interface Header {
  readonly fields: readonly string[]
  readonly delimiter: string
  readonly end: number
}

/**
 * Reads one LEEF 1.0 or 2.0 line, without line end. It refuses an empty header field or value, a key of other chars
 * than letters, digits, `_`, `.` and `-`, repeated keys, a delimiter that LEEF does not define, and control
 * characters other than the delimiter. An attribute is split at its first `=`.
 */
export function readLeef(line: string): LeefEvent | FormatProblem {
  const start = findMark(line, 'LEEF:')
  if (start < 0) return problemAt(0, 'no "LEEF:" at the start or after a space')
  const version = /^LEEF:([12]\.0)\|/.exec(line.slice(start, start + 9))?.[1]
  if (version !== '1.0' && version !== '2.0') return problemAt(start + 5, 'a version other than 1.0 and 2.0')
  const header = readHeader(line, start + 9, version)
  if (isProblem(header)) return header
  const attributes = readAttributes(line, header)
  if (isProblem(attributes)) return attributes
  const [vendor = '', product = '', deviceVersion = '', eventId = ''] = header.fields
  const { delimiter } = header
  return { version, vendor, product, deviceVersion, eventId, delimiter, attributes, prefix: line.slice(0, start) }
}

function readHeader(line: string, from: number, version: string): Header | FormatProblem {
  const fields: string[] = []
  let at = from
  for (const name of fieldNames) {
    const pipe = line.indexOf('|', at)
    if (pipe < 0) return problemAt(at, `no pipe after the ${name}`)
    if (pipe === at) return problemAt(at, `the ${name} is empty`)
    fields.push(line.slice(at, pipe))
    at = pipe + 1
  }
  const control = findControl(line.slice(0, at))
  if (control >= 0) return problemAt(control, 'a control character in the header')
  return version === '1.0' ? { fields, delimiter: '\t', end: at } : readDelimiterField(line, at, fields)
}

function readDelimiterField(line: string, at: number, fields: string[]): Header | FormatProblem {
  const pipe = line.indexOf('|', at)
  const delimiter = pipe < 0 ? undefined : readDelimiter(line.slice(at, pipe))
  if (delimiter === undefined) return problemAt(at, 'a delimiter that is neither one char nor x and 1 to 4 hex digits')
  return { fields, delimiter, end: pipe + 1 }
}

function readAttributes(line: string, { delimiter, end }: Header): Record<string, string> | FormatProblem {
  const attributes: Record<string, string> = Object.create(null)
  if (end === line.length) return attributes
  let at = end
  for (const attribute of line.slice(end).split(delimiter)) {
    const wrong = attributeProblem(attribute, at, attributes)
    if (wrong) return wrong
    const equals = attribute.indexOf('=')
    attributes[attribute.slice(0, equals)] = attribute.slice(equals + 1)
    at += attribute.length + delimiter.length
  }
  return attributes
}

function attributeProblem(attribute: string, at: number, seen: Record<string, string>): FormatProblem | undefined {
  const equals = attribute.indexOf('=')
  const key = attribute.slice(0, Math.max(0, equals))
  if (!/^[A-Za-z0-9_.-]+$/.test(key)) return problemAt(at, 'an attribute without a key of a single word')
  if (key in seen) return problemAt(at, `${key} appears twice`)
  if (equals === attribute.length - 1) return problemAt(at + equals + 1, `${key} has no value`)
  const control = findControl(attribute)
  return control < 0 ? undefined : problemAt(at + control, 'a control character in a value')
}
