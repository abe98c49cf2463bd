const quote = 0x22
const backslash = 0x5c

/** One JSON object among concatenated ones: `text.slice(start, end)`. `end` is -1 when it never closes. */
export interface ScannedObject {
  readonly start: number
  readonly end: number
}

/**
 * The next JSON value at or after `from`, past whitespace, or undefined at the end of the text. Only brackets and
 * strings are followed: whether the slice is JSON is for `JSON.parse` to say. What does not start with `{` never
 * closes.
 */
export function nextObject(text: string, from: number): ScannedObject | undefined {
  let start = from
  while (isWhitespace(text.charCodeAt(start))) start++
  if (start >= text.length) return undefined
  return { start, end: text[start] === '{' ? closing(text, start) : -1 }
}

// Char by char: a regular expression that follows escapes exhausts its stack on a string of megabytes.
function closing(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = stringEnd(text, at)
    else if (code === 0x7b || code === 0x5b) depth++
    else if ((code === 0x7d || code === 0x5d) && --depth === 0) return at + 1
  }
  return -1
}

/** The index of the closing quote of the string that opens at `from`, or past the end. */
function stringEnd(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1
  return at
}

/** The four of RFC 8259 section 2; NaN (past the end) is none. */
function isWhitespace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13
}
