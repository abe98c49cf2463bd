import { controlsToSpaces, isPlain, trimSpaces } from '../plain.ts'

// The three chars that mean something to CEF, C0 controls and DEL: the ordinary value costs one scan.
const special = /[\0-\x1f=\\|\x7f]/
// What is not only escaped but replaced.
const substituted = /[\0-\x1f|\x7f]/
const headerReplacement: Readonly<Record<string, string>> = { '|': '/', '=': ':', '\\': '/' }
const valueEscape: Readonly<Record<string, string>> = { '\\': '\\\\', '=': '\\=', '\n': '\\n', '\r': '\\r' }

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
  if (isPlain(s, substituted)) return s.replace(/[\\=]/g, '\\$&')
  return cefSubstituted(s).replace(/[\\=\n\r]/g, (c) => valueEscape[c] ?? c)
}

/**
 * What a reader gets back for an extension value: CR LF becomes LF, `|` becomes `/` (an old collector splits on every
 * pipe), other C0 controls and DEL become spaces, and ASCII spaces at the ends go because decoders trim them anyway.
 */
export function cefSubstituted(s: string): string {
  if (isPlain(s, special)) return s
  const lines = s.replaceAll('\r\n', '\n').replaceAll('|', '/')
  return trimSpaces(lines.replace(/[^ -~\u0080-\uffff\n\r]/g, ' '))
}
