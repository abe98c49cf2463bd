import type { SourcetypeProps } from './knowledge.ts'

/** What the first tier that parses an event makes of a line of the stream, where nobody gives it a time beforehand. */
export interface ParsedLine {
  /** Milliseconds since 1970; undefined where no time is found, and Splunk takes its own. */
  readonly timeMs?: number
  /** Bytes that TRUNCATE cuts off. */
  readonly cut: number
  /** More than one event would be made of it. */
  readonly broken: boolean
}

/** Time, length and line breaks of a line by the props of its sourcetype; without props by Splunk's defaults. */
export function indexTime(line: string, props: SourcetypeProps | undefined): ParsedLine {
  const truncate = props?.truncate ?? 10_000
  const length = Buffer.byteLength(line)
  const timeMs = props && timeOf(line, props)
  return {
    ...(timeMs !== undefined && { timeMs }),
    cut: truncate === 0 ? 0 : Math.max(0, length - truncate),
    broken: /[\r\n]/.test(line),
  }
}

function timeOf(line: string, { timePrefix, timeFormat, lookahead }: SourcetypeProps): number | undefined {
  if (timeFormat === undefined) return undefined
  const found = timePrefix?.exec(line)
  if (timePrefix && !found) return undefined
  const from = found ? found.index + found[0].length : 0
  const time = strptime(timeFormat).exec(line.slice(from, from + lookahead))
  if (!time) return undefined
  const { Y = '', m = '', d = '', H = '', M = '', S = '', N = '0' } = time.groups ?? {}
  return (
    Date.UTC(Number(Y), Number(m) - 1, Number(d), Number(H), Number(M), Number(S)) + Math.trunc(Number(`0.${N}`) * 1000)
  )
}

/** The directives that are generated, and none else. */
const directives: Readonly<Record<string, string>> = {
  '%Y': String.raw`(?<Y>\d{4})`,
  '%m': String.raw`(?<m>\d{2})`,
  '%d': String.raw`(?<d>\d{2})`,
  '%H': String.raw`(?<H>\d{2})`,
  '%M': String.raw`(?<M>\d{2})`,
  '%S': String.raw`(?<S>\d{2})`,
  '%3N': String.raw`(?<N>\d{3})`,
}

function strptime(format: string): RegExp {
  const pattern = format.replaceAll(/%3N|%[A-Za-z]|[.*+?^${}()|[\]\\]/g, (part) => directives[part] ?? `\\${part}`)
  return new RegExp(`^${pattern}`)
}
