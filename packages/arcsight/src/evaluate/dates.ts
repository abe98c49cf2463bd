/**
 * Times by a pattern of java.text.SimpleDateFormat, not lenient, in English. `S` counts milliseconds whatever the number of its
 * digits, `Z` is an offset such as +0100, as Java has it.
 */
export type DateReader = (text: string) => number | undefined

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
const monthNames = 'January February March April May June July August September October November December'.split(' ')

interface Parts {
  year?: number
  month?: number
  day?: number
  hour?: number
  half?: number
  minute?: number
  second?: number
  millisecond?: number
  offset?: number
}

interface Piece {
  readonly source: string
  readonly take?: (text: string, parts: Parts) => void
}

const numeric = (name: keyof Parts, shift = 0): ((count: number, tight: boolean) => Piece) => {
  return (count, tight) => ({
    source: tight ? `([0-9]{${count}})` : ' *([0-9]+)',
    take: (text, parts) => (parts[name] = Number(text) + shift),
  })
}

const month = (count: number, tight: boolean): Piece =>
  count < 3
    ? numeric('month', -1)(count, tight)
    : {
        source: `(${[...monthNames, ...months].join('|')})`,
        take: (text, parts) => (parts.month = months.indexOf(text.slice(0, 3).toLowerCase())),
      }

const year = (count: number, tight: boolean): Piece => ({
  source: tight ? `([0-9]{${count}})` : ' *([0-9]+)',
  take: (text, parts) => (parts.year = Number(text)),
})

const offset: Piece = {
  source: '(?:GMT|UTC)?([+-][0-9]{2}:?[0-9]{2})',
  take: (text, parts) => {
    const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))
    parts.offset = text.startsWith('-') ? -minutes : minutes
  },
}

const zone: Piece = {
  source: '((?:GMT|UTC)?[+-][0-9]{2}:?[0-9]{2}|GMT|UTC)',
  take: (text, parts) => {
    if (/[0-9]/.test(text)) offset.take?.(text.replace(/^(?:GMT|UTC)/, ''), parts)
    else parts.offset = 0
  },
}

const letters: Readonly<Record<string, ((count: number, tight: boolean) => Piece) | undefined>> = {
  y: year,
  M: month,
  d: numeric('day'),
  H: numeric('hour'),
  h: numeric('hour'),
  m: numeric('minute'),
  s: numeric('second'),
  S: numeric('millisecond'),
  a: () => ({ source: '(AM|PM|am|pm)', take: (text, parts) => (parts.half = /p/i.test(text) ? 12 : 0) }),
  z: () => zone,
  // Java reads either form of a zone for either letter.
  Z: () => zone,
  E: () => ({ source: `(?:${[...days, ...days.map((day) => day.slice(0, 3))].join('|')})` }),
}

/** Undefined where the pattern has a letter that is not understood. */
export function dateReader(pattern: string): DateReader | undefined {
  const pieces = piecesOf(pattern)
  if (!pieces) return undefined
  const regex = new RegExp(`^${pieces.map((piece) => piece.source).join('')}`, 'i')
  const takers = pieces.filter((piece) => piece.take)
  return (text) => {
    const found = regex.exec(text)
    if (!found) return undefined
    const parts: Parts = {}
    for (const [i, piece] of takers.entries()) piece.take?.(found[i + 1] ?? '', parts)
    return millisecondsOf(parts, pattern)
  }
}

function piecesOf(pattern: string): readonly Piece[] | undefined {
  const found: Piece[] = []
  const tokens = pattern.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']/g) ?? []
  if (tokens.join('') !== pattern) return undefined
  for (const [i, token] of tokens.entries()) {
    if (/^[A-Za-z]/.test(token)) {
      const make = letters[token[0] ?? '']
      if (!make) return undefined
      // Digits right behind digits are told apart by their number alone.
      found.push(make(token.length, /^[yMdHhmsS]/.test(tokens[i + 1] ?? '')))
    } else
      found.push({ source: literal(token.startsWith("'") ? token.slice(1, -1).replaceAll("''", "'") || "'" : token) })
  }
  return found
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

const most = { month: 11, day: 31, hour: 23, minute: 59, second: 59, millisecond: 999 } as const

function millisecondsOf(parts: Parts, pattern: string): number | undefined {
  const { year = 1970, month = 0, day = 1, hour = 0, half, minute = 0, second = 0, millisecond = 0, offset = 0 } = parts
  const whole = { month, day, hour, minute, second, millisecond }
  if (Object.entries(whole).some(([name, value]) => value < 0 || value > most[name as keyof typeof most]))
    return undefined
  if (/h/.test(pattern.replace(/'[^']*'/g, '')) && (hour < 1 || hour > 12)) return undefined
  const hours = half === undefined ? (/h/.test(pattern) ? hour % 12 : hour) : (hour % 12) + half
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return undefined
  return date.getTime() + hours * 3_600_000 + minute * 60_000 + second * 1000 + millisecond - offset * 60_000
}
