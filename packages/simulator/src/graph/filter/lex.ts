/** A word, literal or sign of a `$filter`; `at` is its place in the text. */
export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'time' | 'sign'
  readonly text: string
  readonly at: number
}

/** A `$filter` that cannot be read, with the place. */
export class FilterError extends Error {}

// A time comes before a name or a number: it starts with digits, too. Names may hold slashes, dots and the colon of a
// lambda's variable stays a sign.
const pattern = new RegExp(
  [
    /(?<space>\s+)/,
    /(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))/,
    /(?<number>-?\d+(?:\.\d+)?(?![\w-]))/,
    /(?<string>'(?:[^']|'')*')/,
    /(?<name>[A-Za-z_@][\w.]*(?:\/[A-Za-z_@][\w.]*)*)/,
    /(?<sign>[(),:])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'y',
)

/** The tokens of the text (OData 4.01, part "ABNF"); throws a {@link FilterError} at what is none. */
export function lexFilter(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length;) {
    pattern.lastIndex = at
    const groups = pattern.exec(text)?.groups
    const [kind, found] = Object.entries(groups ?? {}).find(([, value]) => value !== undefined) ?? []
    if (found === undefined) throw new FilterError(`Syntax error at position ${at} in '${text}'.`)
    if (kind !== 'space') tokens.push({ kind: kind as Token['kind'], text: found, at })
    at += found.length
  }
  return tokens
}
