import { controlsToSpaces } from '../plain.ts'
import { isProblem, problemAt } from '../problem.ts'
import type { FormatProblem } from '../problem.ts'

/** SD-ID to PARAM-NAME to value; a name that repeats has an array (RFC 5424 section 6.3.3 allows it). */
export type StructuredData = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

/** STRUCTURED-DATA with its escapes, or `-` when there is none. Names are made of what SD-NAME allows. */
export function structuredDataText(data: StructuredData): string {
  const elements = Object.entries(data).map(([id, params]) => `[${sdName(id)}${paramsText(params)}]`)
  return elements.join('') || '-'
}

function paramsText(params: StructuredData[string]): string {
  const flat = Object.entries(params).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
  return flat.map(([name, value]) => ` ${sdName(name)}="${sdValue(value)}"`).join('')
}

/** RFC 5424 section 6.3.1: 1 to 32 printable ASCII chars without `=`, space, `]` and `"`. */
function sdName(name: string): string {
  return name.replace(/[^!#-<>-\\^-~]+/g, '_').slice(0, 32) || '_'
}

function sdValue(value: string): string {
  return controlsToSpaces(value).replace(/["\\\]]/g, '\\$&')
}

const elementStart = /\[([!#-<>-\\^-~]{1,32})(?=[ \]])/y
const paramStart = / ([!#-<>-\\^-~]{1,32})="/y

/** Reads STRUCTURED-DATA at `from`; `end` is the index after it. */
export function readStructuredData(text: string, from: number): { data: StructuredData; end: number } | FormatProblem {
  const data: Record<string, Params> = Object.create(null)
  if (text[from] === '-') return { data, end: from + 1 }
  let end = from
  for (let id = matchAt(elementStart, text, end); id !== undefined; id = matchAt(elementStart, text, end)) {
    if (id in data) return problemAt(end, `the SD-ID ${id} appears twice`)
    const element = readParams(text, end + id.length + 1)
    if (isProblem(element)) return element
    data[id] = element.params
    end = element.end
  }
  return end === from ? problemAt(from, 'neither "-" nor an SD-ELEMENT') : { data, end }
}

type Params = Record<string, string | string[]>

/** Reads ` name="value"` until the `]` of the element. */
function readParams(text: string, from: number): { params: Params; end: number } | FormatProblem {
  const params: Params = Object.create(null)
  let at = from
  for (let name = matchAt(paramStart, text, at); name !== undefined; name = matchAt(paramStart, text, at)) {
    const start = at + name.length + 3
    const end = valueEnd(text, start)
    if (text[end] !== '"') return problemAt(end, `the value of ${name} holds "]" without a backslash, or never ends`)
    // RFC 5424 section 6.3.3: a backslash before any other char is a backslash.
    const value = text.slice(start, end).replace(/\\(["\\\]])/g, '$1')
    const seen = params[name]
    params[name] = seen === undefined ? value : [seen, value].flat()
    at = end + 1
  }
  return text[at] === ']' ? { params, end: at + 1 } : problemAt(at, 'neither a parameter nor the end of the SD-ELEMENT')
}

// Char by char: a regular expression that follows escapes exhausts its stack on a value of megabytes.
function valueEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== '"' && text[at] !== ']') at += text[at] === '\\' ? 2 : 1
  return at
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[1]
}
