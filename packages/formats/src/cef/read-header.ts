import { isProblem, problemAt } from '../problem.ts'
import { headerEscapes, unescapeCef } from './unescape.ts'
import type { FormatProblem } from '../problem.ts'

/** The words that CEF allows instead of a number. */
export type CefSeverityWord = 'Unknown' | 'Low' | 'Medium' | 'High' | 'Very-High'

const severityWords: readonly string[] = ['Unknown', 'Low', 'Medium', 'High', 'Very-High'] satisfies CefSeverityWord[]
const fieldNames = ['version', 'vendor', 'product', 'device version', 'class id', 'name', 'severity'] as const

/** The seven header fields in order, and the index of the first char after the seventh pipe. */
export interface ScannedHeader {
  readonly fields: readonly string[]
  readonly end: number
}

/** Reads the header whose version starts at `from` (after `CEF:`). */
export function readCefHeader(line: string, from: number, tolerant: boolean): ScannedHeader | FormatProblem {
  const fields: string[] = []
  let at = from
  for (const name of fieldNames) {
    const pipe = nextPipe(line, at)
    if (pipe < 0) return problemAt(at, `no pipe after the ${name}: a CEF header has seven`)
    if (pipe === at && !tolerant) return problemAt(at, `the ${name} is empty`)
    const field = unescapeCef(line.slice(at, pipe), at, headerEscapes, tolerant)
    if (isProblem(field)) return field
    fields.push(field)
    at = pipe + 1
  }
  return { fields, end: at }
}

/** A severity of 0 to 10 without leading zeros, or one of the five words. */
export function readSeverity(text: string): number | CefSeverityWord | undefined {
  if (/^(?:10|[0-9])$/.test(text)) return Number(text)
  return severityWords.includes(text) ? (text as CefSeverityWord) : undefined
}

/** The next pipe without a backslash before it, or -1. */
export function nextPipe(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (code === 124) return at
    if (code === 92) at++
  }
  return -1
}
