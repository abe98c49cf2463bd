import { byteLength, cutIndex } from '../text-mode.ts'
import type { TextMode } from '../text-mode.ts'

const dots = '...'

/**
 * Cuts a value, before it is escaped, to at most `maxBytes` bytes. A cut value ends with `...` and never splits a
 * code point. Lengths are counted in bytes because the vendors say "characters" without saying which: a text that
 * fits in bytes fits under every reading.
 */
export function cutValue(raw: string, maxBytes: number, mode: TextMode): string {
  // A UTF-16 code unit takes at most three bytes of UTF-8: most values need no counting.
  if (raw.length * 3 <= maxBytes || byteLength(raw, mode) <= maxBytes) return raw
  if (maxBytes < dots.length) return raw.slice(0, cutIndex(raw, maxBytes, mode))
  return raw.slice(0, cutIndex(raw, maxBytes - dots.length, mode)) + dots
}

/**
 * Cuts a value that is already escaped with backslashes; it never ends in half an escape. Where backslash means
 * nothing (LEEF), the cut may be one byte shorter than it could be.
 */
export function cutEscaped(escaped: string, maxBytes: number, mode: TextMode): string {
  if (byteLength(escaped, mode) <= maxBytes) return escaped
  const head = escaped.slice(0, cutIndex(escaped, maxBytes - dots.length, mode))
  return (endsInsideEscape(head) ? head.slice(0, -1) : head) + dots
}

function endsInsideEscape(text: string): boolean {
  let at = text.length
  while (at > 0 && text.charCodeAt(at - 1) === 92) at--
  return (text.length - at) % 2 === 1
}
