import { isProblem, javaRegex, javaReplace, javaReplacement } from '@siembridge/formats'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasJava, javaSuite, JavaQuestions, type JavaRefusal } from './java.ts'

const spaced = [
  'a b K s 0 _ - : / " } ] & , é ß 漢 😀 [a-c] [^a] [^"] []a] [^]a] [a^] [a&b] [-a] [a-] [K-s] [a[b]] [a-z&&[^b]]',
]
const escaped = [
  String.raw`\d \D \w \W \s \S \h \H \v \V \t \n \r \f \a \e \. \- \/ \" \{ \: \= \x41 \x{1F600} \u00e9 \ud83d\ude00 \0101 \cA`,
  String.raw`\p{Alpha} \P{Alpha} \p{Punct} \pL \p{Lu} \P{Nd} \p{IsLatin} \p{Cntrl} \p{Graph} \A \Z \z \Qa.*\E \Q] \R \G \X \1 \y`,
  String.raw`[\d.-] [\s\S] [\W_] [\Qa-]\E] [\p{Lu}x] [\x41-\x43] [^\r\n] ^ $ . { * + ? (?i) (?s) (?m) (?-i) (?x) ) ( ${'\\'}`,
]
const pieces = [' ', '\u00a0', '\n', ...[...spaced, ...escaped].flatMap((line) => line.split(' '))]
const quantifiers = [
  '',
  '',
  '',
  '',
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '{2}',
  '{1,2}',
  '{0,}',
  '{2,3}?',
  '++',
  '{,2}',
  '**',
]

const atom: fc.Arbitrary<string> = fc.letrec<{ item: string; branch: string; all: string }>((tie) => ({
  item: fc
    .tuple(
      fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(...pieces) },
        { weight: 2, arbitrary: tie('all').map((inner) => `(${inner})`) },
        { weight: 1, arbitrary: tie('all').map((inner) => `(?:${inner})`) },
        {
          weight: 1,
          arbitrary: fc
            .tuple(fc.constantFrom('?=', '?!', '?<=', '?<!', '?i:', '?s-i:', '?<n>'), tie('all'))
            .map(([open, inner]) => `(${open}${inner})`),
        },
      ),
      fc.constantFrom(...quantifiers),
    )
    .map(([piece, quantifier]) => piece + quantifier),
  branch: fc.array(tie('item'), { maxLength: 4 }).map((items) => items.join('')),
  all: fc.oneof(
    { weight: 3, arbitrary: tie('branch') },
    { weight: 1, arbitrary: fc.tuple(tie('branch'), tie('branch')).map(([a, b]) => `${a}|${b}`) },
  ),
})).all

const letters = Array.from('aabbcKks0_ -:/".,]}&é漢😀ſ\u212a\u00a0\u0085\u2028\n\r\t\u0001')
const subject = fc
  .array(fc.oneof(fc.constantFrom(...letters), fc.constant('\r\n')), { maxLength: 10 })
  .map((t) => t.join(''))

const groupsOf = (match: RegExpExecArray | null): readonly (string | null)[] | null =>
  match && Array.from(match, (group: string | undefined) => group ?? null)

describe.skipIf(!hasJava)(javaSuite('java.util.regex'), () => {
  test('finds and matches what the translated pattern does, group by group, and compiles whatever was translated', () => {
    const cases = fc.sample(fc.tuple(atom, fc.array(subject, { minLength: 4, maxLength: 8 }), fc.boolean()), 6000)
    const read = cases.flatMap(([pattern, texts, caseInsensitive]) => {
      const regex = javaRegex(pattern, { caseInsensitive })
      // Beyond ASCII, \b depends on the release of Java.
      const fair =
        isProblem(regex) || regex.asciiFrom === undefined ? texts : texts.filter((t) => /^[\0-\x7f]*$/.test(t))
      return isProblem(regex) ? [] : [{ pattern, texts: fair, regex, flags: caseInsensitive ? 2 : 0 }]
    })
    expect(read.length).toBeGreaterThan(1500)
    const questions = new JavaQuestions()
    for (const { pattern, texts, flags } of read) questions.regex(pattern, texts, flags)
    for (const [i, answer] of questions.ask().entries()) {
      const { pattern, texts, regex, flags } = read[i] as (typeof read)[number]
      const ours = texts.map((t) => ({ find: groupsOf(regex.find.exec(t)), whole: groupsOf(regex.whole.exec(t)) }))
      expect({ pattern, flags, texts, answer }).toEqual({ pattern, flags, texts, answer: ours })
    }
  })

  test.for([
    'a{',
    '{"kind"',
    '*a',
    'a**',
    '(a',
    'a)',
    '[a',
    '\\y',
    '\\',
    'a{2,1}',
    '(?<1>a)',
    '[b-a]',
    '\\x{110000}',
    '\\k<n>',
  ])('refuses %s, and so do we', (pattern) => {
    const [answer] = new JavaQuestions().regex(pattern, []).ask() as JavaRefusal[]
    expect(answer).toHaveProperty('error')
    expect(isProblem(javaRegex(pattern))).toBe(true)
  })

  test('replaces as the translated pattern does', () => {
    const replacements = ['', 'x', '$0', '[$1]', '\\$1', '\\\\', '$1$2', '${n}', '$3', '$', '\\', '$12', '$x', 'é$1']
    const patterns = ['(a)(b)?', '(?<n>a+)', 'a', '([^ ]) ', '\\\\', '\\.']
    const texts = ['', 'aab a b aa', 'a\\b.c', 'é a ab']
    const cases = patterns.flatMap((p) => replacements.flatMap((r) => texts.map((t) => [p, r, t] as const)))
    const questions = new JavaQuestions()
    for (const [pattern, by, within] of cases) questions.replace(pattern, by, within)
    for (const [i, answer] of (questions.ask() as (JavaRefusal & { all: string; first: string })[]).entries()) {
      const [pattern, by, within] = cases[i] as (typeof cases)[number]
      const regex = javaRegex(pattern)
      if (isProblem(regex)) throw new Error(regex.problem)
      const replacement = javaReplacement(by, regex)
      // Java reads the replacement when something matches.
      if (isProblem(replacement))
        expect([answer.error, regex.find.test(within)].some((x) => x === false || typeof x === 'string')).toBe(true)
      else
        expect({ pattern, by, within, answer }).toEqual({
          pattern,
          by,
          within,
          answer: {
            all: javaReplace(within, regex, replacement, true),
            first: javaReplace(within, regex, replacement, false),
          },
        })
    }
  })
})
