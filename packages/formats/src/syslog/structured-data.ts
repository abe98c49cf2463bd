import { controlsToSpaces } from '../plain.ts'
import { problemAt } from '../problem.ts'
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

const element = /\[([!#-<>-\\^-~]{1,32})((?: [!#-<>-\\^-~]{1,32}="[^"\\\]]*(?:\\[^][^"\\\]]*)*")*)\]/y
const param = / ([!#-<>-\\^-~]{1,32})="([^"\\\]]*(?:\\[^][^"\\\]]*)*)"/g

/** Reads STRUCTURED-DATA at `from`; `end` is the index after it. */
export function readStructuredData(text: string, from: number): { data: StructuredData; end: number } | FormatProblem {
  const data: Record<string, Record<string, string | string[]>> = Object.create(null)
  if (text[from] === '-') return { data, end: from + 1 }
  let end = from
  for (let found = matchAt(text, end); found; found = matchAt(text, end)) {
    const [whole, id = '', params = ''] = found
    if (id in data) return problemAt(end, `the SD-ID ${id} appears twice`)
    data[id] = readParams(params)
    end += whole.length
  }
  return end === from ? problemAt(from, 'neither "-" nor an SD-ELEMENT') : { data, end }
}

function matchAt(text: string, at: number): RegExpExecArray | null {
  element.lastIndex = at
  return element.exec(text)
}

function readParams(text: string): Record<string, string | string[]> {
  const params: Record<string, string | string[]> = Object.create(null)
  for (const [, name = '', raw = ''] of text.matchAll(param)) {
    // RFC 5424 section 6.3.3: a backslash before any other char is a backslash.
    const value = raw.replace(/\\(["\\\]])/g, '$1')
    const seen = params[name]
    params[name] = seen === undefined ? value : [seen, value].flat()
  }
  return params
}
