import { type CharSet, complement, setOf } from './char-set.ts'

const point = (code: number): readonly [number, number] => [code, code]

const digit = setOf([0x30, 0x39])
const word = setOf([0x30, 0x39], [0x41, 0x5a], point(0x5f), [0x61, 0x7a])
const space = setOf([0x09, 0x0d], point(0x20))
const horizontal = setOf(...[0x09, 0x20, 0xa0, 0x1680, 0x180e, 0x202f, 0x205f, 0x3000].map(point), [0x2000, 0x200a])
const vertical = setOf([0x0a, 0x0d], point(0x85), [0x2028, 0x2029])

const not = (set: CharSet): CharSet => setOf(...complement(set.ranges))

/** Predefined classes of java.util.regex.Pattern, without UNICODE_CHARACTER_CLASS, by the letter of their escape. */
export const predefined: Readonly<Record<string, CharSet | undefined>> = {
  d: digit,
  D: not(digit),
  w: word,
  W: not(word),
  s: space,
  S: not(space),
  h: horizontal,
  H: not(horizontal),
  v: vertical,
  V: not(vertical),
}

/** What `.` leaves out without DOTALL. */
export const lineTerminators = setOf(point(0x0a), point(0x0d), point(0x85), [0x2028, 0x2029])

/** POSIX classes (US-ASCII only) by their names in `\p{…}`. */
export const posix: Readonly<Record<string, CharSet | undefined>> = {
  Lower: setOf([0x61, 0x7a]),
  Upper: setOf([0x41, 0x5a]),
  ASCII: setOf([0, 0x7f]),
  Alpha: setOf([0x41, 0x5a], [0x61, 0x7a]),
  Digit: digit,
  Alnum: setOf([0x30, 0x39], [0x41, 0x5a], [0x61, 0x7a]),
  Punct: setOf([0x21, 0x2f], [0x3a, 0x40], [0x5b, 0x60], [0x7b, 0x7e]),
  Graph: setOf([0x21, 0x7e]),
  Print: setOf([0x20, 0x7e]),
  Blank: setOf(point(0x09), point(0x20)),
  Cntrl: setOf([0, 0x1f], point(0x7f)),
  XDigit: setOf([0x30, 0x39], [0x41, 0x46], [0x61, 0x66]),
  Space: space,
}

/** General categories that both languages spell alike. */
export const categories: ReadonlySet<string> = new Set(
  'L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Co Cs'.split(' '),
)

/** Names whose members under CASE_INSENSITIVE depend on the release of Java. */
export const cased: ReadonlySet<string> = new Set(['Lower', 'Upper', 'Lu', 'Ll', 'Lt'])
