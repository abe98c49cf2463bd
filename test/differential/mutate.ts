import type { Random } from '../bench/random.ts'
import { copy, type Node, objectsOf, print } from './tree.ts'

const numbers = [
  '1.0',
  '1e3',
  '-0',
  '12345678901234567890',
  '0.10',
  '0',
  '-1',
  '3.25',
  '1E-7',
  '9007199254740993',
  '0.0000001',
  '-0.0',
  '1.5e300',
  '123456789012345',
  '443',
  '65536',
  '1764000000',
  '1764000000000',
]
const texts = [
  '',
  '-',
  'N/A',
  'null',
  'a|b=c\\d',
  'x\r\ny',
  '\t tab ',
  '  spaced  ',
  'Zürich • 東京',
  '😀',
  '\u007f',
  '\u0000',
  '\u2028',
  'é'.repeat(700),
  'x'.repeat(5000),
  '[]',
  '{}',
  'true',
  '10.1.2.3:443',
  '[2001:db8::1]:80',
  '::ffff:10.1.2.3',
  'FE80::1%eth0',
  '2026-11-21T04:39:00.1234567Z',
  '2026-11-21 04:39',
  '11/21/2026 4:39:00 AM',
  '2026-02-31T00:00:00Z',
  'HTTPS://User@Example.COM:8443/A?b=c#d',
  'CONTOSO\\ana',
  'a=1;b=2,c: 3',
  '<a>1&amp;2</a>',
  '00000000-0000-0000-0000-000000000000',
  'masked',
  '__proto__',
  'constructor',
]
const nested = [
  '{"a":1}',
  '[{"Name":"UserAgent","Value":"x"}]',
  '{"a":1.0}',
  '{"a":',
  "{'a': 'it''s', 'b': None}",
  '[ 218 B blob data ]',
  '{"1":2,"a":3}',
  '{ "a" : [ 1 , 2 ] }',
  '{"a":12345678901234567890}',
  '{"A":1,"a":2}',
  '"text"',
  '{"x":"\\u00e9\\ud800"}',
  '{"__proto__":{"a":1}}',
]
const rawStrings = [
  '"\\u00e9"',
  '"\\ud83d\\ude00"',
  '"\\ud800"',
  '"\\udc00x"',
  '"\\u0000"',
  '"\\u0041bc"',
  '"a\\/b"',
  '"\\\\u0041"',
  '"\u0001"',
  '"\\x"',
  '"https://h.example/b?sv=1&sig=abcdefghijklmnop%2Bqrstuvwxyz%3D&x=1"',
  '"sig%3dABCDEFGHIJKLMNOPQRSTUVWX"',
  '"sig=short"',
]
const keys = [
  '"0"',
  '"12"',
  '"007"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"a b"',
  '"\\u0069d"',
  '"Zürich"',
  '""',
  '"k\\n"',
  '"-1"',
]
const gaps = [' ', '\n', '\r\n  ', '\t']

type Change = (r: Random, object: { members: [string, Node][] }, at: number) => void

const value =
  (make: (r: Random, old: Node) => Node): Change =>
  (r, { members }, at) => {
    const member = members[at]
    if (member) member[1] = make(r, member[1])
  }
const string = (text: string): Node => ({ raw: JSON.stringify(text) })

const changes: readonly Change[] = [
  (r, { members }, at) => void (members[at] && (members[at][0] = otherCase(r, members[at][0]))),
  (_, { members }, at) => void members.splice(at, 1),
  (r, { members }, at) =>
    void (
      members[at] &&
      members.splice(r.below(members.length + 1), 0, [
        members[at][0],
        copy(members[r.below(members.length)]?.[1] ?? { raw: '1' }),
      ])
    ),
  (r, { members }, at) =>
    void (
      members[at] &&
      members.splice(r.below(members.length + 1), 0, [otherCase(r, members[at][0]), copy(members[at][1])])
    ),
  (r, { members }) => void members.splice(r.below(members.length + 1), 0, [r.pick(keys), string(r.pick(texts))]),
  (r, { members }) => void members.splice(0, members.length, ...members.toReversed().slice(r.below(2))),
  value((r) => ({ raw: r.pick(numbers) })),
  value((r) => string(r.pick(numbers))),
  value((r) => ({ raw: r.pick(['true', 'false', 'null', '""', '[]', '{}', '[null]', '[[]]']) })),
  value((r) => string(r.pick(texts))),
  value((r) => ({ raw: r.pick(rawStrings) })),
  value((r) => string(r.pick(nested))),
  value((_, old) => string(print(old))),
  value((_, old) => string(print(old, ' '))),
  value((_, old) => ({ items: [old] })),
  value((r, old) => ({ items: [old, { raw: r.pick(numbers) }, copy(old), string(r.pick(texts)), { raw: 'null' }] })),
  value((r, old) => ({
    members: [
      [r.pick(keys), old],
      ['"a"', { raw: '1' }],
    ],
  })),
  value((r, old) =>
    'raw' in old && old.raw.startsWith('"') ? { raw: swapCase(r, old.raw) } : { raw: r.pick(numbers) },
  ),
  value((r) =>
    string(
      r
        .pick(texts)
        .slice(0, 20)
        .repeat(1 + r.below(300)),
    ),
  ),
]

/** Letters only outside of escapes, so that the text stays what it is but for case. */
const swapCase = (r: Random, raw: string): string =>
  raw.replace(/\\.|[A-Za-z]/g, (c) =>
    c.length > 1 || r.below(2) === 0 ? c : c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase(),
  )
const otherCase = (r: Random, key: string): string =>
  r.below(2) === 0
    ? swapCase(r, key)
    : r.below(2) === 0
      ? key.toUpperCase().replaceAll('\\U', '\\u')
      : key.toLowerCase()

const deep = (n: number): string => `${'['.repeat(n)}1${']'.repeat(n)}`

const textChanges: readonly ((r: Random, text: string) => string)[] = [
  (r, text) => text.slice(0, r.below(text.length)),
  (r, text) => text + r.pick([' x', '}', '\n', ' \r\n', ',', '{}', '\u00a0', '\u2003']),
  (r, text) => r.pick([' ', '\n', '\ufeff', '\u00a0', '\t\t', '[']) + text,
  (_, text) => text.replaceAll('"', "'"),
  (_, text) => text.replace(/}$/, `,"deep":${deep(400)}}`),
  (_, text) => text.replace(/}$/, `,"deep":${deep(600)}}`),
  (_, text) => text.replace(/,/, ',,'),
  (_, text) => text.replace(/}$/, ',}'),
  (r, text) => text.replace(/:"/g, (found) => (r.below(6) === 0 ? ':"\u0001' : found)),
  (_, text) => text.replaceAll(/[éüß]/g, '\\u00e9'),
  (r, text) => text.replace(/true|false|null/, () => r.pick(['True', 'None', 'NaN', 'Infinity'])),
  (_, text) => `[${text}]`,
]

/** One record, changed in one to six ways: most stay proper JSON, so that the generated engine has work to do. */
export function mutate(sample: Node, r: Random): Buffer {
  const tree = copy(sample)
  for (let left = 1 + r.below(5); left > 0; left--) {
    const objects = objectsOf(tree).filter((o) => o.members.length > 0)
    // The record itself and what its selectors reach matter most; what lies deep is seldom read.
    const object = r.below(3) === 0 ? objects[0] : objects[r.below(objects.length)]
    if (object) r.pick(changes)(r, object, r.below(object.members.length))
  }
  const text = print(tree, r.below(12) === 0 ? r.pick(gaps) : '')
  const bytes = Buffer.from(r.below(12) === 0 ? r.pick(textChanges)(r, text) : text)
  if (r.below(60) === 0 && bytes.length > 0) bytes[r.below(bytes.length)] = r.pick([0xff, 0xc3, 0x80, 0xed, 0x00])
  return bytes
}
