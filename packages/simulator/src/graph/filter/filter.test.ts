import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkFilter } from './check.ts'
import { meets } from './evaluate.ts'
import { FilterError } from './lex.ts'
import { parseFilter } from './parse.ts'
import { readTicks, ticksOf, timeText } from '../../ticks.ts'
import type { Filter, Literal } from './parse.ts'

const paths = fc.constantFrom('severity', 'lastUpdateDateTime', 'initiatedBy/user/id', 'a.b', 'orders', 'anda')
const times = fc
  .tuple(
    fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
    fc.nat(9999),
    fc.nat(7),
  )
  .map(([date, ticks, digits]): Literal => {
    const text = timeText(ticksOf(date.getTime()) + ticks, digits)
    return { type: 'time', text, ticks: readTicks(text) ?? Number.NaN }
  })
const literals: fc.Arbitrary<Literal> = fc.oneof(
  fc.string().map((value): Literal => ({ type: 'string', value })),
  fc.integer().map((value): Literal => ({ type: 'number', value })),
  fc.boolean().map((value): Literal => ({ type: 'boolean', value })),
  fc.constant<Literal>({ type: 'null' }),
  times,
)
const { filter: filters } = fc.letrec<{ filter: Filter; leaf: Filter }>((tie) => ({
  leaf: fc.oneof(
    fc.record({
      type: fc.constant('compare' as const),
      path: paths,
      operator: fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le'),
      literal: literals,
    }),
    fc.record({
      type: fc.constant('call' as const),
      name: fc.constantFrom('startswith', 'endswith', 'contains'),
      path: paths,
      text: fc.string(),
    }),
  ),
  filter: fc.oneof(
    { maxDepth: 4 },
    tie('leaf'),
    fc.record({ type: fc.constantFrom('and' as const, 'or' as const), left: tie('filter'), right: tie('filter') }),
    fc.record({ type: fc.constant('not' as const), filter: tie('filter') }),
    fc.record({
      type: fc.constant('any' as const),
      path: paths,
      variable: fc.constantFrom('t', 'e'),
      filter: tie('filter'),
    }),
  ),
}))

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function print(filter: Filter): string {
  switch (filter.type) {
    case 'and':
    case 'or':
      return `(${print(filter.left)} ${filter.type} ${print(filter.right)})`
    case 'not':
      return `not (${print(filter.filter)})`
    case 'any':
      return `${filter.path}/any(${filter.variable}: ${print(filter.filter)})`
    case 'call':
      return `${filter.name}(${filter.path}, ${quote(filter.text)})`
    case 'compare':
      return `${filter.path} ${filter.operator} ${printLiteral(filter.literal)}`
  }
}

function printLiteral(literal: Literal): string {
  if (literal.type === 'string') return quote(literal.value)
  if (literal.type === 'null') return 'null'
  return literal.type === 'time' ? literal.text : String(literal.value)
}

it('reads back every filter that can be written', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      expect(parseFilter(print(filter))).toEqual(filter)
    }),
  )
})

it('throws nothing but a FilterError, whatever the text', () => {
  const words = fc.constantFrom(
    'and',
    'or',
    'not',
    '(',
    ')',
    'a',
    "'x",
    "'y'",
    'eq',
    'any(',
    '/',
    ':',
    '1',
    '2026-01-01T00:00:00Z',
  )
  const texts = fc.oneof(
    fc.string(),
    fc.array(words).map((parts) => parts.join(' ')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      try {
        parseFilter(text)
      } catch (error) {
        expect(error).toBeInstanceOf(FilterError)
      }
    }),
  )
})

it('compares times by 100 ns whatever their digits', () => {
  const instants = fc.tuple(fc.integer({ min: 0, max: 2e15 }), fc.integer({ min: 0, max: 3 }))
  fc.assert(
    fc.property(instants, fc.nat(7), ([ticks, apart], digits) => {
      const [one, other] = [timeText(ticks, 7), timeText(ticks + apart, digits)]
      const sign = Math.sign((readTicks(one) ?? 0) - (readTicks(other) ?? 0))
      const met = (operator: string) => meets(parseFilter(`t ${operator} ${other}`), { t: one })
      expect([met('lt'), met('eq'), met('gt')]).toEqual([sign < 0, sign === 0, sign > 0])
      expect([met('le'), met('ge')]).toEqual([sign <= 0, sign >= 0])
    }),
  )
})

it('follows paths, type casts and lambdas', () => {
  const evidence = [{ '@odata.type': '#microsoft.graph.security.deviceEvidence', deviceDnsName: 'h' }, { ip: '::1' }]
  const record = { evidence, initiatedBy: { user: null }, kinds: ['a', 'b'] }
  const met = (text: string) => meets(parseFilter(text), record)
  expect(met("evidence/any(e: e/microsoft.graph.security.deviceEvidence/deviceDnsName eq 'h')")).toBe(true)
  expect(met("evidence/any(e: e/microsoft.graph.security.userEvidence/deviceDnsName eq 'h')")).toBe(false)
  expect(met("kinds/any(k: k eq 'b')")).toBe(true)
  expect(met("kinds/any(k: k eq 'c')")).toBe(false)
  expect(met("initiatedBy/user/id eq 'x'")).toBe(false)
  expect(met('initiatedBy/user/id eq null')).toBe(true)
})

it('refuses an offset whose plus sign was sent as a space', () => {
  const query = new URLSearchParams('f=t ge 2026-01-01T00:00:00+00:00')
  expect(() => parseFilter(query.get('f') ?? '')).toThrow(FilterError)
  expect(meets(parseFilter('t ge 2026-01-01T02:00:00+02:00'), { t: '2026-01-01T00:00:00Z' })).toBe(true)
})

it('refuses properties and operators that are not documented', () => {
  const allowed = { t: ['ge', 'le'], 'kinds/any': ['eq'] } as const
  const check = (text: string) => checkFilter(parseFilter(text), allowed)
  expect(() => check('t gt 2026-01-01T00:00:00Z')).toThrow("the operator 'gt'")
  expect(() => check("other eq 'x'")).toThrow("the property 'other'")
  expect(() => check("t/any(x: x eq 'a')")).toThrow('takes no lambda')
  expect(() => check("kinds/any(x: x ne 'a')")).toThrow("the operator 'ne'")
  expect(() => check("kinds/any(x: x eq 'a') and t le 2026-01-01T00:00:00Z")).not.toThrow()
})
