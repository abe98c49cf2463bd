/** Cuts the elements of an array out of JSON text that a parser has taken already: their bytes stay exactly as they came. */

const quote = 0x22
const backslash = 0x5c
const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

const skipSpace = (bytes: Buffer, from: number): number => {
  let at = from
  while (isSpace(bytes[at])) at++
  return at
}

/** Position behind the string that begins at `from`. */
function endOfString(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(quote, from + 1); at !== -1; at = bytes.indexOf(quote, at + 1)) {
    let slashes = 0
    while (bytes[at - 1 - slashes] === backslash) slashes++
    if (slashes % 2 === 0) return at + 1
  }
  throw new SyntaxError('a string does not end')
}

/** Position behind the object or array that begins at `from`. */
function endOfBrackets(bytes: Buffer, from: number): number {
  let depth = 0
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) at = endOfString(bytes, at) - 1
    else if (byte === 0x7b || byte === 0x5b) depth++
    else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return at + 1
  }
  throw new SyntaxError('brackets do not close')
}

/** Position behind a number, `true`, `false` or `null`. */
function endOfWord(bytes: Buffer, from: number): number {
  let at = from
  // Comma and closing brackets end it.
  while (at < bytes.length && !isSpace(bytes[at]) && ![0x2c, 0x5d, 0x7d].includes(bytes[at] as number)) at++
  return at
}

function endOfValue(bytes: Buffer, from: number): number {
  const byte = bytes[from]
  if (byte === quote) return endOfString(bytes, from)
  return byte === 0x7b || byte === 0x5b ? endOfBrackets(bytes, from) : endOfWord(bytes, from)
}

/** Text of a key, whose quotes are at `from` and before `to`. */
const keyOf = (bytes: Buffer, from: number, to: number): string => {
  const raw = bytes.toString('utf8', from, to)
  return raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1)
}

/** Where the value of a member of the outermost object begins; of several the last, as parsers have it. Undefined where it has none. */
function memberAt(bytes: Buffer, from: number, name: string): number | undefined {
  let found: number | undefined
  for (let at = skipSpace(bytes, from + 1); bytes[at] === quote;) {
    const keyEnds = endOfString(bytes, at)
    const value = skipSpace(bytes, skipSpace(bytes, keyEnds) + 1)
    if (keyOf(bytes, at, keyEnds) === name) found = value
    const next = skipSpace(bytes, endOfValue(bytes, value))
    at = bytes[next] === 0x2c ? skipSpace(bytes, next + 1) : bytes.length
  }
  return found
}

function elementsAt(bytes: Buffer, from: number): number[] {
  const pairs: number[] = []
  for (let at = skipSpace(bytes, from + 1); at < bytes.length && bytes[at] !== 0x5d;) {
    const end = endOfValue(bytes, at)
    pairs.push(at, end - at)
    at = skipSpace(bytes, end)
    if (bytes[at] === 0x2c) at = skipSpace(bytes, at + 1)
  }
  return pairs
}

const start = (bytes: Buffer): number =>
  skipSpace(bytes, bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0)

/** Pairs of offset and length of the elements of the outermost object's member `name`; none where that is no array. */
export function elementsOfMember(bytes: Buffer, name: string): number[] {
  const at = memberAt(bytes, start(bytes), name)
  return at === undefined || bytes[at] !== 0x5b ? [] : elementsAt(bytes, at)
}

/** Pairs of offset and length of the elements of the outermost array. */
export const elementsOfArray = (bytes: Buffer): number[] =>
  bytes[start(bytes)] === 0x5b ? elementsAt(bytes, start(bytes)) : []
