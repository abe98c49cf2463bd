/** A row of a search: fields by name. `_time` is seconds since 1970. */
export type SearchRow = Readonly<Record<string, string>>

/** Whether a row is found. */
export type Matches = (row: SearchRow) => boolean

const token = /\s*(\(|\)|"(?:[^"\\]|\\.)*"|[^\s()"=<>!]+\s*(?:=|!=)\s*(?:"(?:[^"\\]|\\.)*"|[^\s()"]+)|[^\s()"]+)/y

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.trimEnd().length) {
    const found = token.exec(text)
    if (!found) throw new Error(`Error in 'search' command: Unable to parse the search: ${text}`)
    tokens.push(found[1] ?? '')
  }
  return tokens
}

/** The arguments of the command `search`: words, phrases, `field=value` with `*`, AND (also unwritten), OR, NOT, parentheses. */
export function parseTerms(text: string): Matches {
  const tokens = tokensOf(text)
  const either = (): Matches => {
    const parts = [both()]
    while (tokens[0] === 'OR') {
      tokens.shift()
      parts.push(both())
    }
    return (row) => parts.some((part) => part(row))
  }
  const both = (): Matches => {
    const parts: Matches[] = []
    while (tokens.length > 0 && tokens[0] !== ')' && tokens[0] !== 'OR') {
      if (tokens[0] === 'AND') tokens.shift()
      parts.push(one())
    }
    return (row) => parts.every((part) => part(row))
  }
  const one = (): Matches => {
    const next = tokens.shift() ?? ''
    if (next === 'NOT') {
      const part = one()
      return (row) => !part(row)
    }
    if (next !== '(') return term(next)
    const part = either()
    if (tokens.shift() !== ')')
      throw new Error("Error in 'search' command: Unable to parse the search: unbalanced parentheses.")
    return part
  }
  const whole = either()
  if (tokens.length > 0)
    throw new Error("Error in 'search' command: Unable to parse the search: unbalanced parentheses.")
  return whole
}

function term(text: string): Matches {
  const [, field, sign, value] = /^([^\s"=!]+)\s*(!?=)\s*(.+)$/s.exec(text) ?? []
  if (field === undefined) {
    const found = wild(unquoted(text), '')
    return (row) => found.test(row['_raw'] ?? '')
  }
  const found = wild(unquoted(value ?? ''), '^$')
  return (row) => {
    const is = row[field]
    return sign === '!=' ? is !== undefined && !found.test(is) : is !== undefined && found.test(is)
  }
}

const unquoted = (text: string): string => (text.startsWith('"') ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text)

/** A value with `*` in it, without regard to case. */
function wild(text: string, ends: '' | '^$'): RegExp {
  const body = text.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(ends === '' ? body.join('.*') : `^${body.join('.*')}$`, 'is')
}
