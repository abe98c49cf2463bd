import { controlsToSpaces, isPlain, trimSpaces } from '../plain.ts'

const headerSpecial = /\||[^ -~\u0080-\uffff]/
const valueSpecial = /[^ -~\u0080-\uffff]/
const keySpecial = /[^A-Za-z0-9_.-]+/g

/**
 * A LEEF header field. LEEF defines no escapes: `|` becomes `/`, controls become spaces, spaces at the ends go, and
 * an empty field becomes `unknown`.
 */
export function leefHeader(s: string): string {
  if (isPlain(s, headerSpecial)) return s
  return trimSpaces(controlsToSpaces(s).replaceAll('|', '/')) || 'unknown'
}

/**
 * An attribute value. LEEF defines no escapes, so what would end the value or the line is replaced: see
 * {@link leefSubstituted}.
 *
 * @returns '' when nothing is left; the caller then omits the attribute
 */
export function leefValue(s: string): string {
  return isPlain(s, valueSpecial) ? s : leefSubstituted(s)
}

/** What a reader gets back: C0 controls and DEL become spaces (CR LF one space), ASCII spaces at the ends go. */
export function leefSubstituted(s: string): string {
  return trimSpaces(controlsToSpaces(s))
}

/** An attribute key: a single word. Each run of other chars than letters, digits, `_`, `.` and `-` becomes one `_`. */
export function leefKey(s: string): string {
  return s.replace(keySpecial, '_') || '_'
}
