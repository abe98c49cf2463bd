import { problemAt, type FormatProblem } from '../problem.ts'

/** `joda`: Joda-Time's `DateTimeFormat`; `simple`: `java.text.SimpleDateFormat`. */
export type DateDialect = 'joda' | 'simple'

/** What one run of letters stands for. `name`: English name of a month or day. */
export type DatePart = 'year' | 'month' | 'name' | 'day' | 'weekday' | 'hour' | 'hour12' | 'half' | 'minute' | 'second'

export type DateItem =
  | { readonly is: 'literal'; readonly text: string }
  | {
      readonly is: DatePart | 'fraction' | 'offset'
      readonly letters: string
      /** Digits follow at once. */ readonly fixed: boolean
    }

const common: Readonly<Record<string, DatePart | 'fraction' | 'offset'>> = {
  y: 'year',
  M: 'month',
  d: 'day',
  E: 'weekday',
  H: 'hour',
  h: 'hour12',
  a: 'half',
  m: 'minute',
  s: 'second',
  S: 'fraction',
  Z: 'offset',
}

// Joda's Y is the year of the era; SimpleDateFormat's is that of the week, which is another one around New Year. X is
// SimpleDateFormat's alone.
const own: Readonly<Record<DateDialect, Readonly<Record<string, DatePart | 'offset'>>>> = {
  joda: { Y: 'year' },
  simple: { X: 'offset' },
}

/** Cuts a pattern into its parts, or says which letter is not among those that are read. */
export function datePattern(pattern: string, dialect: DateDialect): readonly DateItem[] | FormatProblem {
  const items: DateItem[] = []
  const token = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/y
  for (let found = token.exec(pattern); found; found = token.exec(pattern)) {
    const [text, quoted, letter] = found
    if (text === "'") return problemAt(found.index, 'a quote that is not closed')
    const is = letter === undefined ? undefined : (common[letter] ?? own[dialect][letter])
    if (letter === undefined) items.push({ is: 'literal', text: quoted === undefined ? text : literal(quoted) })
    else if (is === undefined) return problemAt(found.index, `the letter "${letter}" is not one that is read`)
    else items.push({ is: is === 'month' && text.length > 2 ? 'name' : is, letters: text, fixed: false })
    if (token.lastIndex === pattern.length) break
  }
  return items.map((item, at) =>
    item.is === 'literal' ? item : { ...item, fixed: isNumber(item) && isNumber(items[at + 1]) },
  )
}

/** `''` is one quote, also outside of quotes. */
const literal = (quoted: string): string => (quoted === '' ? "'" : quoted.replaceAll("''", "'"))

const texts: readonly string[] = ['literal', 'name', 'weekday', 'half', 'offset']
const isNumber = (item: DateItem | undefined): boolean => item !== undefined && !texts.includes(item.is)
