import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readConf } from './read.ts'
import { confText } from './write.ts'

describe('what is written', () => {
  const name = fc.stringMatching(/^[A-Za-z:_-][A-Za-z0-9:_ /*-]{0,20}$/).map((text) => text.trim())
  const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.:-]{0,20}$/)
  const value = fc
    .string({ maxLength: 60 })
    .map((text) =>
      text
        .replaceAll(/[\0-\x1f\u{FEFF}]/gu, '')
        .replaceAll(/\\+\s*$/g, '')
        .trim(),
    )
    .filter((text) => !text.endsWith('\\') && text === text.trim())
  const settings = fc.uniqueArray(fc.tuple(key, value), { selector: ([k]) => k })
  const stanzas = fc.uniqueArray(fc.record({ name, settings }), { selector: (stanza) => stanza.name })

  test('is read back as it was', () => {
    fc.assert(
      fc.property(stanzas, (wanted) => {
        const { stanzas: read, problems } = readConf(confText(wanted))
        expect(problems).toEqual([])
        expect(read.map((s) => ({ name: s.name, settings: s.settings.map((x) => [x.key, x.value]) }))).toEqual(wanted)
      }),
    )
  })

  test('continues a value of several lines with backslashes', () => {
    const text = confText([{ name: 'a', settings: [['EVAL-x', 'case(\n  true(), "1")']] }])
    expect(text).toBe('[a]\nEVAL-x = case(\\\n  true(), "1")\n')
    expect(readConf(text).stanzas[0]?.settings).toEqual([{ key: 'EVAL-x', value: 'case(\n  true(), "1")', line: 2 }])
  })

  test.for([
    [
      'a stanza twice',
      [
        { name: 'a', settings: [] },
        { name: 'a', settings: [] },
      ],
    ],
    [
      'a setting twice',
      [
        {
          name: 'a',
          settings: [
            ['k', '1'],
            ['k', '2'],
          ],
        },
      ],
    ],
    ['a value that ends with a backslash', [{ name: 'a', settings: [['k', 'C:\\']] }]],
    ['a value with white space at its end', [{ name: 'a', settings: [['k', 'v ']] }]],
    ['a key with an equals sign', [{ name: 'a', settings: [['k=l', 'v']] }]],
    ['a stanza with a bracket in its name', [{ name: 'a]', settings: [] }]],
  ] as const)('is refused with %s', ([, wrong]) => {
    expect(() => confText(wrong)).toThrow(RangeError)
  })
})

describe('the reader', () => {
  test('passes over comments and empty lines, and keeps equals signs of values', () => {
    const { stanzas, problems } = readConf('# note\n\n[a]\n  # another\nk = x=y\nempty =\n')
    expect(problems).toEqual([])
    expect(stanzas).toEqual([
      {
        name: 'a',
        line: 3,
        settings: [
          { key: 'k', value: 'x=y', line: 5 },
          { key: 'empty', value: '', line: 6 },
        ],
      },
    ])
  })

  test.for([
    ['[a]\nk = 1\nk = 2\n', 'twice-setting', 3],
    ['[a]\n[b]\n[a]\n', 'twice-stanza', 3],
    ['[a]\njust words\n', 'no-setting', 2],
    ['[a\nk = 1\n', 'no-stanza', 1],
    ['[a]\nk = 1 \\ \n  2\n', 'space-after-backslash', 2],
    ['[a]\nk = \u0007\n', 'control', 2],
  ] as const)('tells what is wrong with %j', ([text, is, line]) => {
    expect(readConf(text).problems[0]).toMatchObject({ is, line })
  })

  test('ends a value with two backslashes where it ends', () => {
    expect(readConf('[a]\nk = C:\\\\\nl = 2\n').stanzas[0]?.settings.map(({ value }) => value)).toEqual(['C:\\\\', '2'])
  })
})
