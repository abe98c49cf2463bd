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

// A string, or one bracket; everything between them is skipped. The loop over plain chars is unrolled: a group that
// repeats once per char would exhaust the stack of the matcher on a string of megabytes.
const token = /"[^"\\]*(?:\\[^][^"\\]*)*"?|[[\]{}]/g

function closing(text: string, start: number): number {
  token.lastIndex = start
  let depth = 0
  for (let found = token.exec(text); found; found = token.exec(text)) {
    if (found[0] === '{' || found[0] === '[') depth++
    else if (found[0] === '}' || found[0] === ']') depth--
    if (depth === 0) return token.lastIndex
  }
  return -1
}

/** The four of RFC 8259 section 2; NaN (past the end) is none. */
function isWhitespace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13
}
