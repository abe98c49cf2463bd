// C0 controls and DEL, written as what they are not. Chars of 0x80 and more may be bytes of UTF-8: never touched.
const control = /[^ -~\u0080-\uffff]/
const controlOrPair = /\r\n|[^ -~\u0080-\uffff]/g

/** The index of the first C0 control or DEL at or after `from`, or -1. */
export function findControl(text: string, from = 0): number {
  const found = text.slice(from).search(control)
  return found < 0 ? -1 : from + found
}

/** Each C0 control and DEL becomes one space; CR LF together become one. */
export function controlsToSpaces(text: string): string {
  return control.test(text) ? text.replace(controlOrPair, ' ') : text
}

/** Removes ASCII spaces at both ends, and nothing else: `trim()` would also remove the byte 0xA0. */
export function trimSpaces(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && text.charCodeAt(start) === 32) start++
  while (end > start && text.charCodeAt(end - 1) === 32) end--
  return text.slice(start, end)
}

/** Where `mark` (`CEF:`, `LEEF:`) starts: at 0, or after a space or byte order mark. -1 when it does not. */
export function findMark(line: string, mark: string): number {
  const at = line.indexOf(mark)
  return at <= 0 || /(?: |\ufeff|\u00ef\u00bb\u00bf)$/.test(line.slice(0, at)) ? at : -1
}

/** True when `s` needs no work: not empty, no space at either end, nothing that `special` finds. */
export function isPlain(s: string, special: RegExp): boolean {
  if (s.charCodeAt(0) === 32 || s.charCodeAt(s.length - 1) === 32) return false
  return !special.test(s) && s !== ''
}
