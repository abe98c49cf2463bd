/** One code point, for inside and outside of a class: letters and digits as they are, all else by its number. */
export function printCode(code: number): string {
  const char = String.fromCodePoint(code)
  if (/[A-Za-z0-9 "'%<>=:;,@~`!#&_]/.test(char)) return char
  return /[\^$\\.*+?()[\]{}|/-]/.test(char) ? escaped(char) : `\\u{${code.toString(16)}}`
}

// With the flag `u`, `-` may be escaped inside of a class alone, so it goes by its number.
const escaped = (char: string): string => (char === '-' ? '\\u{2d}' : `\\${char}`)
