import { isProblem, propertyComment, propertyLine, readProperties } from '@siembridge/formats'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasJava, javaSuite, JavaQuestions } from './java.ts'

const bits = [
  'a',
  'b.c',
  '[0]',
  '=',
  ':',
  ' ',
  '\t',
  '\f',
  '\\',
  '\\\\',
  '\n',
  '\r',
  '\r\n',
  '\\\n',
  '\\\r\n',
  '#',
  '!',
  '\\u00e9',
]
const more = ['\\u', '\\uD83D', '\\t', '\\n', '\\:', '\\d', 'é', '\u00a0', '\\u12', '\\\r', '  # x', '"', '\0']
const file = fc.array(fc.constantFrom(...bits, ...more), { maxLength: 14 }).map((all) => all.join(''))

describe.skipIf(!hasJava)(javaSuite('java.util.Properties'), () => {
  test('reads any file as our reader does', () => {
    const files = fc.sample(file, 8000)
    const questions = new JavaQuestions()
    for (const text of files) questions.properties(Buffer.from(text, 'latin1'))
    for (const [i, answer] of questions.ask().entries()) {
      const text = files[i] ?? ''
      const read = readProperties(text)
      const ours = isProblem(read) ? { error: 'Malformed \\uxxxx encoding.' } : lastOfEach(read)
      expect({ text, answer }).toEqual({ text, answer: ours })
    }
  })

  test('reads what our writer writes', () => {
    const pair = fc.tuple(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 30 }))
    const files = fc.sample(fc.array(pair, { maxLength: 6 }), 500).map((pairs) => Object.fromEntries(pairs))
    const questions = new JavaQuestions()
    for (const pairs of files) questions.properties(Buffer.from(written(pairs), 'latin1'))
    expect(questions.ask()).toEqual(files.map((pairs) => sorted(Object.entries(pairs))))
  })
})

type Pair = readonly [key: string, value: string]

/** As Java sorts: by UTF-16 code units. Pairs, because Node 24's JSON.parse mistakes some escaped keys of objects. */
const sorted = (pairs: readonly Pair[]): readonly Pair[] => pairs.toSorted(([a], [b]) => (a < b ? -1 : 1))

const lastOfEach = (read: readonly { key: string; value: string }[]): readonly Pair[] =>
  sorted([...new Map(read.map(({ key, value }) => [key, value]))])

const written = (pairs: Readonly<Record<string, string>>): string =>
  [propertyComment('made\nup'), ...Object.entries(pairs).map(([k, v]) => propertyLine(k, v)), ''].join('\n')
