import { lowerAgain, lowerAscii } from './text.ts'

// Enough for the vocabulary of any product, and little memory where somebody else's texts fill it.
const most = 256
const longest = 96

// One text is asked about in several tables.
const lowerOf = lowerAgain()

/** A text as it stands in a record that is held one character a byte. */
export const inBytes = (text: string): string => Buffer.from(text).toString('latin1')

/** Rows for records in either form: a text beyond ASCII is looked for, and given, in the record's own. */
export const inBothForms = <T>(rows: readonly (readonly [string, T])[]): (readonly [string, T])[] =>
  rows.flatMap(([key, value]) => {
    if (!/[^\0-\x7f]/.test(key)) return [[key, value] as const]
    const other = typeof value === 'string' ? (inBytes(value) as T) : value
    return [[key, value] as const, [inBytes(key), other] as const]
  })

interface Met<T> {
  readonly text: string
  readonly value: T | undefined
}

const places = 32
const placeOf = (text: string): number =>
  (text.length + text.charCodeAt(0) + 5 * text.charCodeAt(text.length >> 1) + 3 * text.charCodeAt(text.length - 1)) &
  (places - 1)

/** A copy: what is cut out of a record would keep all of it in memory. */
const alone = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le')

/**
 * A table whose keys know no ASCII case. Texts are remembered as they were met, so that the usual ones cost one look-up;
 * `otherwise` answers for texts (in lower case) that are not in it, and looks at their first `reach` characters only.
 */
export class Folded<T> {
  private readonly lower: ReadonlyMap<string, T>
  private readonly otherwise: (lower: string) => T | undefined
  private readonly reach: number
  private readonly longestRow: number
  private readonly met = new Map<string, Met<T>>()
  /** Those that were asked for last, by a few of their characters: comparing texts costs less than hashing them. */
  private latest: (Met<T> | undefined)[] | undefined

  constructor(
    rows: Iterable<readonly [string, T]>,
    otherwise: (lower: string) => T | undefined = () => undefined,
    reach = Infinity,
  ) {
    this.lower = new Map([...rows].map(([key, value]) => [lowerAscii(key), value]))
    this.longestRow = Math.max(0, ...[...this.lower.keys()].map((key) => key.length))
    this.otherwise = otherwise
    this.reach = reach
  }

  get(text: string): T | undefined {
    if (text.length > longest) return this.find(text)
    const known = this.latest?.[placeOf(text)]
    return known !== undefined && known.text === text ? known.value : this.learn(text)
  }

  private learn(text: string): T | undefined {
    const known = this.met.get(text) ?? this.meet(text)
    this.latest ??= Array.from({ length: places }, () => undefined)
    this.latest[placeOf(text)] = known
    return known.value
  }

  private meet(text: string): Met<T> {
    const met = { text: alone(text), value: this.find(text) }
    if (this.met.size < most) this.met.set(met.text, met)
    return met
  }

  private find(text: string): T | undefined {
    if (text.length > this.longestRow)
      return this.otherwise(text.length > this.reach ? lowerAscii(text.slice(0, this.reach)) : lowerOf(text))
    const lower = lowerOf(text)
    return this.lower.get(lower) ?? this.otherwise(lower)
  }
}
