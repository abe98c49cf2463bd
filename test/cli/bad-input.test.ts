import { describe, expect, test } from 'vitest'
import { fourRecords, lines, sampleLine, siembridge, Workspace } from './run.ts'

const [signIn = '', , activity = ''] = fourRecords
const resourceLog = sampleLine('azure.resource-log', 'envelope-automation')

interface Case {
  readonly input: string | Uint8Array
  /** Messages on standard error, before the summary, without their level. */
  readonly messages: readonly (string | RegExp)[]
  readonly events: number
  readonly args?: readonly string[]
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')

const cases: Readonly<Record<string, Case>> = {
  'a record cut off in the middle of its line': {
    input: [signIn, signIn.slice(0, 300), activity].join('\n'),
    messages: ['bad.json:2: rejected: the line ends in the middle of the record; the next one goes on'],
    events: 2,
  },
  'a record cut off at the end of the input': {
    input: `${signIn}\n${signIn.slice(0, 300)}`,
    messages: ['bad.json:2: rejected: the input ends in the middle of a record'],
    events: 1,
  },
  'an envelope cut off in the middle of its second record': {
    input: `{"records":[${activity},${activity.slice(0, 200)}`,
    messages: [/^bad\.json:1: rejected: the input ends in the middle of a record$/],
    events: 1,
  },
  'bytes that are not UTF-8': {
    input: bytes(`${signIn.replace('alex', 'al\xff\xfeex')}\n${signIn}\n`),
    messages: [/^bad\.json:1: read all the same: bytes that are not UTF-8 at byte \d+ became U\+FFFD$/],
    events: 2,
  },
  'UTF-16 in place of UTF-8': {
    input: Buffer.concat([Buffer.from(`\ufeff${signIn}\n`, 'utf16le')]),
    messages: [/^bad\.json:1: rejected: the text is UTF-16; write it as UTF-8/],
    events: 0,
  },
  'a record over --max-record-bytes': {
    input: [signIn, `{"x":"${'x'.repeat(9000)}"}`, activity].join('\n'),
    args: ['--max-record-bytes', '8000'],
    messages: ['bad.json:2: rejected: over max_record_bytes (8000); passed over'],
    events: 2,
  },
  'a record over --max-record-bytes that stands in a list over many lines': {
    input: JSON.stringify(
      [JSON.parse(signIn), { x: 'x'.repeat(9000), y: ['{', '}', '"'] }, JSON.parse(activity)],
      null,
      2,
    ),
    args: ['--max-record-bytes', '8000'],
    messages: [/^bad\.json:\d+: rejected: over max_record_bytes \(8000\); passed over$/],
    events: 2,
  },
  'a record of an unknown type': {
    input: `${signIn}\n{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}\n${signIn}\n`,
    messages: ['bad.json:2: rejected: no log type is known for it (keys "a", "b", "c", "d", "e", "f", …)'],
    events: 2,
  },
  'several records in one line, the second of them broken': {
    input: `${signIn} {"a":} ${activity}\n`,
    messages: ['bad.json:1: rejected: not JSON: a member name was expected, byte 6 of the record'],
    events: 2,
  },
  'values that are no records': {
    input: `{}\n""\n17\nnull\nhello world\n[1,2]\n${signIn}\n`,
    messages: [
      'an empty object',
      'not a record: "\\"\\""',
      'not a record: "17"',
      'not a record: "null"',
      'not a record: "hello world"',
      /not a record: "1,2\]?"/,
    ].map((m, i) => (typeof m === 'string' ? `bad.json:${i + 1}: rejected: ${m}` : m)),
    events: 1,
  },
  'single quotes in place of double ones in the object `properties`': {
    input: `${resourceLog.replace(/"properties":\{.*?\}(?=,"|\})/, `"properties":{'runbookName':'It''s mine','ok':True}`)}\n${signIn}\n`,
    messages: [/^bad\.json:1: read all the same: not strict JSON \(.*\), read tolerantly$/],
    events: 2,
  },
  'NUL bytes between records': { input: `\0\0${signIn}\0\n\0${signIn}\0`, messages: [], events: 2 },
  'NUL bytes inside a text': {
    input: signIn.replace('alex', 'al\0ex'),
    messages: [
      'bad.json:1: read all the same: not strict JSON (a raw control character stands inside a string), read tolerantly',
    ],
    events: 1,
  },
  'nothing at all': { input: '', messages: [], events: 0 },
  'blank lines, empty lists and empty envelopes': {
    input: '\n \r\n\n[]\n{"records":[]}\n{"value":[]}\n',
    messages: [],
    events: 0,
  },
}

describe('bad input costs itself, with its line and the reason', () => {
  test.for(Object.entries(cases))('%s', async ([, { input, messages, events, args = [] }]) => {
    using folder = new Workspace()
    folder.file('bad.json', input)
    const { status, stdout, stderr } = await siembridge(['convert', '--to', 'ecs', ...args, 'bad.json'], {
      cwd: folder.path,
    })
    const said = lines(stderr)
      .filter((line) => !line.startsWith('siembridge: ') || /^siembridge: (error|warn): /.test(line))
      .map((line) => line.replace(/^siembridge: (error|warn): /, ''))
    expect(said).toHaveLength(messages.length)
    messages.forEach((m, i) => (typeof m === 'string' ? expect(said[i]).toBe(m) : expect(said[i]).toMatch(m)))
    expect(lines(stdout)).toHaveLength(events)
    expect(status).toBe(said.some((line) => line.includes(': rejected: ')) ? 3 : 0)
  })

  test('one bad record among five hundred', async () => {
    const many = Array.from({ length: 500 }, (_, i) => (i === 250 ? signIn.slice(0, -40) : signIn))
    const { status, stdout, stderr } = await siembridge(['convert', '--to', 'cef'], { stdin: many.join('\n') })
    expect(status).toBe(3)
    expect(lines(stdout)).toHaveLength(499)
    expect(lines(stderr)).toEqual([
      'siembridge: error: standard input:251: rejected: the line ends in the middle of the record; the next one goes on',
      'siembridge: 500 records, 499 events written, 1 rejected (499 entra.sign-in)',
    ])
  })

  test('after a hundred messages the rest is counted, and messages about mending hide none about rejection', async () => {
    const mended = Array.from({ length: 300 }, () => signIn.replace('alex', 'al\0ex'))
    const { stderr } = await siembridge(['convert', '--to', 'cef'], {
      stdin: [...mended, '{"a":1}', signIn].join('\n'),
    })
    expect(lines(stderr)).toHaveLength(103)
    expect(stderr).toContain('more messages of this kind are not printed; the summary counts them')
    expect(stderr).toContain('standard input:301: rejected: ')
    expect(stderr).toContain('302 records, 301 events written, 1 rejected, 300 read in spite of damage')
  })
})
