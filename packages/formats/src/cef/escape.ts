import { controlsToSpaces, isPlain, trimSpaces } from '../plain.ts'

// The three chars that mean something to CEF, C0 controls and DEL: the ordinary value costs one scan.
const special = /[\0-\x1f=\\|\x7f]/
// What is not only escaped but replaced; line breaks are escaped once CR LF is one.
const substituted = /[\0-\x1f|\x7f]/
const otherControls = /[\0-\x09\x0b\x0c\x0e-\x1f\x7f]/g
const headerReplacement: Readonly<Record<string, string>> = { '|': '/', '=': ':', '\\': '/' }

/**
 * A header field that every known CEF decoder reads the same way. CEF allows `\|` and `\\` in the header, but some
 * decoders fail on a backslash or `=` there, so nothing is escaped: `|` and `\` become `/`, `=` becomes `:`, controls
 * become spaces, spaces at the ends go, and an empty field becomes `unknown`.
 */
export function cefHeader(s: string): string {
  if (isPlain(s, special)) return s
  const replaced = controlsToSpaces(s).replace(/[|=\\]/g, (c) => headerReplacement[c] ?? c)
  return trimSpaces(replaced) || 'unknown'
}

/**
 * An extension value, escaped. `\` and `=` get a backslash, line breaks become `\n` or `\r`; see
 * {@link cefSubstituted} for what cannot be kept.
 *
 * @returns '' when nothing is left; the caller then omits the key and its label
 */
export function cefValue(s: string): string {
  if (isPlain(s, special)) return s
  const text = isPlain(s, substituted) ? s : substitute(s)
  const escaped = escape(escape(text, '\\', '\\\\'), '=', '\\=')
  return escape(escape(escaped, '\n', '\\n'), '\r', '\\r')
}

/** Looking for one char first is far cheaper than replacing none. */
const escape = (text: string, char: string, by: string): string =>
  text.includes(char) ? text.replaceAll(char, by) : text

/**
 * What a reader gets back for an extension value: CR LF becomes LF, `|` becomes `/` (an old collector splits on every
 * pipe), other C0 controls and DEL become spaces, and ASCII spaces at the ends go because decoders trim them anyway.
 */
export function cefSubstituted(s: string): string {
  return isPlain(s, special) ? s : substitute(s)
}

const substitute = (s: string): string =>
  trimSpaces(s.replaceAll('\r\n', '\n').replaceAll('|', '/').replace(otherControls, ' '))
