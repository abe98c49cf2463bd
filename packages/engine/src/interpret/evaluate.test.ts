import { build } from '@siembridge/catalog'
import { expect, test } from 'vitest'
import { parseJson } from '../json/parse.ts'
import { timeIso } from '../values/time.ts'
import { addressOf } from '../values/address.ts'
import { containers, evaluate, typed } from './evaluate.ts'
import type { Scope } from './select.ts'
import type { Expr } from '@siembridge/catalog'

const { all, concat, first, join, literal, lower, number, pairs, part, port, strip, table, time, when, dissect } = build

const record = parseJson(`{
  "Name": "Ana", "UPPER": "X", "empty": "", "dash": "-", "zero": "00000000-0000-0000-0000-000000000000", "n": 1.0, "big": 12345678901234567890,
  "yes": true, "nothing": null, "list": ["a", "", "b", null, "a"], "none": [], "hollow": {},
  "Props": [{"Name": "UserAgent", "Value": "curl"}, {"name": "Other", "value": "x"}, {"Name": "UserAgent", "Value": "wget"}],
  "single": {"Name": "UserAgent", "Value": "one"}, "text": "plain", "nested": "{\\"a\\": {\\"b\\": [1, 2.50]}}", "pseudo": "{'a':'it''s'}",
  "odd.key/x": "odd", "when": "2026-06-01T10:00:00Z", "ms": 1780308000000, "garbage": "NAME (10.900.0.1)", "ip": "[192.0.2.1]:80"
}`)

const scope: Scope = {
  here: record,
  record: parseJson('{"outer":"o"}'),
  levels: new Map([['rows', parseJson('{"row":7}')]]),
}
const of = (expr: Expr): string[] => evaluate(expr, scope)

test.for<[string, readonly string[]]>([
  ['Name', ['Ana']],
  ['name', ['Ana']],
  ['upper', ['X']],
  ['missing|Name', ['Ana']],
  ['nothing|Name', ['Ana']],
  ['empty', []],
  ['dash', []],
  ['zero', []],
  ['nothing', []],
  ['none', []],
  ['hollow', []],
  ['n', ['1.0']],
  ['big', ['12345678901234567890']],
  ['yes', ['true']],
  ['list[]', ['a', 'b', 'a']],
  ['list', ['["a","","b",null,"a"]']],
  ['list.x', []],
  ['text[]', ['plain']],
  ['Props[].Value', ['curl', 'x', 'wget']],
  ['Props[Name=UserAgent].Value', ['curl', 'wget']],
  ['Props[Name=useragent].Value', []],
  ['single[Name=UserAgent].Value', ['one']],
  ['nested~.a.b[]', ['1', '2.50']],
  ['nested~.a', ['{"b":[1,2.50]}']],
  ['pseudo~.a', ["it's"]],
  ['text~.a', []],
  ['single~.Value', ['one']],
  ['"odd.key/x"', ['odd']],
  ['^.outer', ['o']],
  ['^rows.row', ['7']],
])('selector %s', ([selector, values]) => {
  expect(of(selector)).toEqual(values)
})

test.for<[Expr, readonly string[]]>([
  [literal('x'), ['x']],
  [first('missing', 'list[]', 'Name'), ['a']],
  [all('Name', 'list[]', 'Name'), ['Ana', 'a', 'b']],
  [table('Name', { ANA: 'found' }), ['found']],
  [table('UPPER', { ANA: 'found' }), ['X']],
  [table('UPPER', { ANA: 'found' }, literal('other')), ['other']],
  [table('missing', { ANA: 'found' }, literal('other')), []],
  [lower('UPPER'), ['x']],
  [concat('Name', literal('-'), 'UPPER'), ['Ana-X']],
  [concat('Name', 'missing'), []],
  [concat('Name', first('missing', literal(''))), ['Ana']],
  [join('list[]', '+'), ['a+b+a']],
  [port('ip'), ['80']],
  [time('ms', 'ms'), ['2026-06-01T10:00:00.000Z']],
  [number(literal('0x10')), ['16']],
  [part('when', 'T', 0), ['2026-06-01']],
  [strip('when', '2026-', 'Z'), ['06-01T10:00:00']],
  [pairs(literal('a=1;b=2'), 'b'), ['2']],
  [dissect(literal('x to y'), ['%{from} to %{to}'], 'to'), ['y']],
  [when({ Name: 'ana' }, literal('yes'), literal('no')), ['yes']],
  [when({ Name: ['b*', '*n*'], text: '*' }, literal('yes'), literal('no')), ['yes']],
  [when({ missing: '*' }, literal('yes')), []],
  [when({ 'list[]': 'B' }, 'list[]'), ['a', 'b', 'a']],
])('operation %j', ([expr, values]) => {
  expect(of(expr)).toEqual(values)
})

test('a typed value goes on to the next part where one is garbled', () => {
  expect(typed(first('garbage', 'ip'), addressOf, scope)).toEqual(['192.0.2.1'])
  expect(typed(first('text', first('Name', 'when')), timeIso, scope)).toEqual(['2026-06-01T10:00:00.000Z'])
})

test('a scalar where a container should stand is wrapped', () => {
  expect(containers('single', scope)).toEqual(['{"Name":"UserAgent","Value":"one"}'])
  expect(containers(first('missing', 'text'), scope)).toEqual(['{"value":"plain"}'])
  expect(containers('Props[]', scope)).toHaveLength(3)
})
