import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostile } from '../hostile.test.ts'
import { isProblem } from '../problem.ts'
import { javaReplace, javaReplacement } from './replacement.ts'
import { javaRegex, type JavaRegex } from './translate.ts'

function translated(pattern: string): JavaRegex {
  const regex = javaRegex(pattern)
  if (isProblem(regex)) throw new Error(`${regex.problem} at ${regex.at}`)
  return regex
}

test.for([
  ['a++', 1, 'a possessive quantifier'],
  ['(?>a)', 0, 'an atomic group'],
  ['x[a-z&&[^b]]', 5, 'an intersection of classes'],
  ['[a[b]]', 2, 'a class inside of a class'],
  ['(?<=a+)b', 0, 'a look-behind without a longest length'],
  ['(a)?\\1', 4, 'a reference to a group that is not surely set here'],
  ['(a*)*', 4, 'a repeated part that can match nothing'],
  ['(?:(a)|b)+', 9, 'a repeated part with a group that not every turn sets'],
  ['(?=(a))', 0, 'a capturing group in a look-around, which Java does not take back'],
  ['(?x)a b', 0, 'the flag x'],
  ['a\\Rb', 1, '\\R, whose backtracking depends on the release of Java'],
  ['\\Gx', 0, '\\G, the end of the last match'],
  ['\\p{javaLowerCase}', 0, 'a property whose members in Java and JavaScript are not known to agree'],
  ['(?i)\\p{Lower}', 4, '\\p{Lower} without regard to case'],
  ['.*({"kind".*)', 3, 'a { that begins no quantifier; Java wants it escaped'],
  ['(a', 0, 'a ( without its )'],
  ['\\ud83d', 0, 'half of a surrogate pair'],
] as const)('refuses %s with position and reason', ([pattern, at, problem]) => {
  expect(javaRegex(pattern)).toEqual({ problem, at })
})

test('knows the chars that JavaScript and Java take differently', () => {
  expect(translated('^\\s$').find.test('\u00a0')).toBe(false)
  expect(translated('^.$').find.test('\u0085')).toBe(false)
  expect(translated('a$').find.test('a\r\n')).toBe(true)
  expect(translated('a\\z').find.test('a\n')).toBe(false)
  expect(translated('(?i)^k$').find.test('\u212a')).toBe(false)
  expect(translated('^.$').whole.test('😀')).toBe(true)
  expect(translated('(?m)^b').find.test('a\u0085b')).toBe(true)
})

test('a flag in the middle is good to the end of its group', () => {
  const { whole } = translated('(?:a(?i)b)c')
  expect(whole.test('aBc')).toBe(true)
  expect(whole.test('aBC')).toBe(false)
  expect(whole.test('Abc')).toBe(false)
})

test('tells where the answer beyond ASCII depends on the release of Java', () => {
  expect(translated('a\\b').asciiFrom).toBe(1)
  expect(translated('a').asciiFrom).toBeUndefined()
})

test('counts and names its groups', () => {
  const regex = translated('(a)(?:b)(?<n>c(d))')
  expect(regex.groups).toBe(3)
  expect([...regex.names]).toEqual([['n', 2]])
})

test('nesting and length do not break it', () => {
  expect(isProblem(javaRegex('('.repeat(100_000)))).toBe(true)
  expect(isProblem(javaRegex('a'.repeat(100_000)))).toBe(false)
})

test('never throws, and refuses with a position within the pattern', () => {
  fc.assert(
    fc.property(hostile, (pattern) => {
      const regex = javaRegex(pattern)
      if (isProblem(regex)) expect(regex.at).toBeLessThanOrEqual(pattern.length)
    }),
    { numRuns: 2000 },
  )
})

test('a quoted text matches itself and nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, other) => {
      if (text.includes('\\E')) return
      const { whole } = translated(`\\Q${text}\\E`)
      expect(whole.test(text)).toBe(true)
      expect(whole.test(other)).toBe(other === text)
    }),
  )
})

test.for(['$', '$2', '${no}', '\\'])('refuses the replacement %s', (text) => {
  expect(javaReplacement(text, translated('(a)'))).toEqual(expect.objectContaining({ at: 0 }))
})

test('replaces by group number, group name and escaped text', () => {
  const regex = translated('(?<first>a)(b)?')
  const by = javaReplacement('<${first}$2\\$>', regex)
  if (isProblem(by)) throw new Error(by.problem)
  expect(javaReplace('ab a', regex, by, true)).toBe('<ab$> <a$>')
  expect(javaReplace('ab a', regex, by, false)).toBe('<ab$> a')
})
