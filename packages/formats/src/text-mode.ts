/**
 * How a JavaScript string holds its text.
 *
 * - `utf8`: an ordinary string; it becomes bytes by UTF-8 encoding.
 * - `latin1`: every char is one byte of UTF-8 text (0x00-0xFF), read with `latin1` and written with `latin1`.
 *   Chars of 0x80 and more are parts of UTF-8 sequences and never letters.
 */
export type TextMode = 'utf8' | 'latin1'

/** Bytes that `text` takes on the wire. A lone surrogate counts 3, the bytes of U+FFFD that replace it. */
export function byteLength(text: string, mode: TextMode): number {
  return mode === 'latin1' ? text.length : Buffer.byteLength(text)
}

/**
 * The longest prefix of `text` of at most `maxBytes` bytes that does not split a code point.
 * Both modes give the same bytes for the same text.
 *
 * @returns the index in chars at which to cut
 */
export function cutIndex(text: string, maxBytes: number, mode: TextMode): number {
  if (maxBytes <= 0) return 0
  return mode === 'latin1' ? cutBytes(text, maxBytes) : cutCodePoints(text, maxBytes)
}

function cutCodePoints(text: string, maxBytes: number): number {
  let bytes = 0
  let i = 0
  while (i < text.length) {
    const code = text.codePointAt(i) ?? 0
    bytes += utf8Size(code)
    if (bytes > maxBytes) return i
    i += code > 0xffff ? 2 : 1
  }
  return i
}

function utf8Size(code: number): number {
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code > 0xffff ? 4 : 3
}

function cutBytes(text: string, maxBytes: number): number {
  if (text.length <= maxBytes) return text.length
  // RFC 3629 section 3: a sequence has at most three continuation bytes; a longer run is not UTF-8 and is cut anywhere.
  for (let i = maxBytes; i >= Math.max(0, maxBytes - 3); i--) {
    if (!isContinuation(text.charCodeAt(i))) return i
  }
  return maxBytes
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf
}
