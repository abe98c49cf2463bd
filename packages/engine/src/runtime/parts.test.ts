import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { cefValue } from '@siembridge/formats'
import { lowerAscii } from '../values/text.ts'
import { guard, keyGuard } from './keys.ts'
import { willRead } from './names.ts'
import { escapes, escapesOf, opened, otherTexts, type Part } from './parts.ts'
import { found, readOf } from './scan.ts'
import { type Scanner, scannerOf } from './scanner.ts'

// Compiled here: what the build has made may be older than the source.
vi.mock('../generated/scanner.js', async () => {
  const { scannerModule } = await import('../generate/scanner.ts')
  return { scanner: /'(.*)'/.exec(await scannerModule())?.[1] }
})

const read = readOf()
const names = [
  'a',
  'b',
  'id',
  'a longer name, of more than sixteen characters',
  'of the same length as other names are, but one',
]
names.forEach(willRead)

// The first: what is learned is kept, and there is room for so many keys.
test('keys that cannot be learned, signatures and deep nesting are left to others', () => {
  const longest = 'k'.repeat(128)
  expect(read(Buffer.from(`{"${longest}":1}`))).toBe(0)
  expect(read(Buffer.from(`{"${longest}k":1}`))).toBe(-1)
  for (const odd of [
    '"a=b":1',
    '"é":1',
    '"a\\n":1',
    '" a":1',
    '"a":"x&sig=abc"',
    '"a":"sig%3Dx"',
    '"a":1,"a":2',
    '"a":1.0',
    '"a":-0',
  ])
    expect(read(Buffer.from(`{${odd}}`)), odd).toBe(-1)
  const nest = (depth: number): Buffer => Buffer.from(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)
  expect([read(nest(63)), read(nest(64))]).toEqual([0, -1])
})

test('code that is loaded while a record is open reads it', () => {
  const bytes = Buffer.from('{"loaded":1,"a":{"loaded":"x"}}')
  expect(read(bytes)).toBe(0)
  const record = root(bytes) as Part & { loaded: number; a: Part & { loaded: string } }
  const keys = keyGuard(['a', 'loaded'], [])
  guard(record, keys)
  expect(record.loaded).toBe(1)
  guard(record.a, keys)
  expect(record.a.loaded).toBe('x')
})

test('names that are read later get getters too, and keys met before get their numbers', () => {
  const bytes = Buffer.from('{"later":1,"a":{"later":"x"}}')
  expect(read(bytes)).toBe(0)
  willRead('later')
  expect(read(bytes)).toBe(0)
  const { later, a } = root(bytes) as unknown as { later: number; a: { later: string } }
  expect([later, a.later]).toEqual([1, 'x'])
  expect(() => willRead('toJSON')).toThrow('toJSON')
})

test.for([
  '{"a":[1}',
  '{"a":{"b":1]}',
  '{"a":1]',
  '{"a":1}}',
  '{"a":1',
  '{"a":[1,]}',
  '{"a":1,}',
  '{,"a":1}',
  '{"a" 1}',
  '{"a":"b}',
  '{"a":01}',
  '{"a":1.}',
  '{"a":tru}',
  '{"a":1}x',
  '[1]',
  '',
])('%s is not read', (text) => {
  expect(read(Buffer.from(text))).toBe(-1)
})

const pieces = [
  '"',
  '\\',
  '\\u00e9',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '1',
  '-',
  '.',
  'e',
  '0',
  'true',
  'nul',
  ' ',
  '\n',
  '\u0001',
  'é',
  '"a":1',
]
const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...names) },
  fc.constantFrom('x', 'A', '0', 'of the same length as other names are, but two'),
)
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...pieces, 'a', ' ', '\\', '=', '%', '|', '\u007f', '東', '😀') }),
  fc.constantFrom('', ' ', 'B=', 'x'.repeat(15), `${'x'.repeat(16)}"`, `${'é'.repeat(9)}=`, '{"a":" b"}', '{"a":"b "}'),
)
const number = fc.oneof(fc.constantFrom(0, -1, 0.5, 12.25, 123456789, 1234567890, -999999999999999), fc.integer())
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    text,
    number,
    fc.constantFrom(true, false, null),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 6 }),
})).object
const gap = fc.constantFrom('', '', ' ', '\n', '\t')

/** Everything that can be read of a part, by the names that are read. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf)
  if (typeof value !== 'object' || value === null) return value
  const members = names.map((name) => [name, copyOf((value as Record<string, unknown>)[name])] as const)
  return Object.fromEntries(members.filter(([, member]) => member !== undefined))
}

const printed = (value: unknown, space: string): Buffer => Buffer.from(JSON.stringify(value, null, space))

function root(bytes: Buffer): Part {
  return opened(scannerOf() as Scanner, bytes.toString('latin1'))
}

const inBytes = (value: unknown): unknown => JSON.parse(Buffer.from(JSON.stringify(value)).toString('latin1'))

test('what is read of a record is what JSON.parse gives', () => {
  let taken = 0
  fc.assert(
    fc.property(json, gap, (value, space) => {
      const bytes = printed(value, space)
      if (read(bytes) < 0) return
      taken++
      expect(copyOf(root(bytes))).toEqual(copyOf(inBytes(value)))
      expect(JSON.stringify(root(bytes))).toBe(JSON.stringify(inBytes(value)))
    }),
    { numRuns: 3000 },
  )
  expect(taken).toBeGreaterThan(1500)
})

const edit = fc.tuple(
  fc.nat(400),
  fc.nat(2),
  fc.constantFrom('', ...pieces),
  fc.option(fc.constantFrom(0xff, 0xc3, 0x80)),
)

test('what is read is strict JSON in UTF-8, and no number in it loses its text', () => {
  let refused = 0
  fc.assert(
    fc.property(json, gap, edit, (value, space, [place, cut, piece, byte]) => {
      const before = printed(value, space)
      const at = place % (before.length + 1)
      const bytes = Buffer.concat([before.subarray(0, at), Buffer.from(piece), before.subarray(at + cut)])
      if (byte !== null && at < bytes.length) bytes[at] = byte
      if (read(bytes) < 0) return void refused++
      const utf8 = new TextDecoder('utf8', { fatal: true }).decode(bytes)
      const minified = utf8.replace(/("(?:[^"\\]|\\.)*")|[ \n\t\r]+/g, '$1')
      // Names that stand twice are refused, so that nothing is lost on the way round.
      expect(JSON.stringify(JSON.parse(utf8))).toHaveLength(minified.replaceAll('\\/', '/').length)
    }),
    { numRuns: 5000 },
  )
  expect(refused).toBeGreaterThan(500)
})

const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}
/** With those of JSON inside strings. */
const strings = (value: unknown): string[] => texts(value).flatMap((text) => [text, ...nested(text)])
const nested = (value: string): string[] => {
  try {
    return /^[[{]/.test(value) ? strings(JSON.parse(value)) : []
  } catch {
    return []
  }
}

test('a bit that is not set tells that no text holds such a thing', () => {
  fc.assert(
    fc.property(json, (value) => {
      const bits = read(printed(value, ''))
      if (bits < 0) return
      const held = strings(value)
      if (!(bits & found.equals)) expect(held.filter((t) => t.includes('='))).toEqual([])
      if (!(bits & found.quoted)) expect(held.filter((t) => t.includes('"'))).toEqual([])
      if (!(bits & found.beyondAscii)) expect(held.filter((t) => /[^\0-\x7f]/.test(t))).toEqual([])
      if (!(bits & found.hard)) expect(held.filter((t) => /[\0-\x1f\\|\x7f]|^ | $/.test(t))).toEqual([])
    }),
    { numRuns: 3000 },
  )
})

test('a text that is said to be plain needs no escape, in lower case neither', () => {
  let plain = 0
  fc.assert(
    fc.property(json, (value) => {
      if (read(printed(value, '')) < 0) return
      for (const own of texts(copyOf(root(printed(value, ''))))) {
        for (const text of [own, lowerAscii(own)].filter((t) => escapesOf(t) !== escapes.any)) {
          plain++
          expect(cefValue(text)).toBe(escapesOf(text) === escapes.none ? text : text.replaceAll('=', '\\='))
        }
      }
    }),
    { numRuns: 6000 },
  )
  expect(plain).toBeGreaterThan(100)
  otherTexts()
  expect(escapesOf('a')).toBe(escapes.any)
})

test('a record with more values than there is room for is left to others', () => {
  expect(read(Buffer.from(`{"a":[${'1,'.repeat(30_000)}1]}`))).toBe(0)
  expect(read(Buffer.from(`{"a":[${'1,'.repeat(40_000)}1]}`))).toBe(-1)
})
