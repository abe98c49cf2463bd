import { parseJson } from '@siembridge/engine/json'
import { describe, expect, test } from 'vitest'
import { loadParser } from '../parser/load.ts'
import type { Parser } from '../parser/model.ts'
import { Problems } from '../parser/problems.ts'
import type { Event } from './event.ts'
import { runParser } from './run.ts'
import { readTable, type Table } from './tables.ts'

function parser(lines: readonly string[], tokens: readonly string[], trigger = '/', base = 'x'): Parser {
  const declared = tokens.flatMap((line, at) => {
    const [name, location, type = 'String', format] = line.split('|')
    return [
      `token[${at}].name=${name}`,
      `token[${at}].location=${location}`,
      `token[${at}].type=${type}`,
      ...(format === undefined ? [] : [`token[${at}].format=${format}`]),
    ]
  })
  const text = [`trigger.node.location=${trigger}`, `token.count=${tokens.length}`, ...declared, ...lines].join('\n')
  const loaded = loadParser(`${base}.jsonparser.properties`, text)
  if (!loaded) throw new Error('no parser')
  return loaded
}

const none = { parser: () => undefined, table: () => undefined }
const run = (p: Parser, document: unknown, library: Parameters<typeof runParser>[2] = none): readonly Event[] =>
  runParser(p, parseJson(JSON.stringify(document)), library)
const fields = (event: Event | undefined): Record<string, string> =>
  Object.fromEntries([...(event?.fields ?? [])].map(([field, { text }]) => [field, text]))

describe('trigger nodes', () => {
  test('every element of an array on the way is an event, in the order of the document', () => {
    const p = parser(['event.name=n', 'event.message=t'], ['n|name', 't|../time'], '/records/properties')
    const events = run(p, {
      records: [
        { time: 'a', properties: { name: 'x' } },
        { time: 'b', properties: [{ name: 'y' }, { name: 'z' }] },
      ],
    })
    expect(events.map(fields)).toEqual([
      { name: 'x', message: 'a' },
      { name: 'y', message: 'b' },
      { name: 'z', message: 'b' },
    ])
  })

  test('nothing there is no event', () => {
    const p = parser(['event.name=n'], ['n|name'], '/records')
    expect(run(p, { records: [] })).toEqual([])
    expect(run(p, {})).toEqual([])
    expect(run(p, [1])).toEqual([])
  })

  test('an event of constants alone is known as such', () => {
    const p = parser(['event.name=__stringConstant("x")', 'event.message=n'], ['n|name'])
    expect(run(p, {}).map(({ found }) => found)).toEqual([false])
  })
})

describe('tokens', () => {
  test.for<[string, unknown, string | undefined]>([
    ['String', 'a', 'a'],
    ['String', 12, '12'],
    ['String', true, 'true'],
    ['String', { b: [1, 'x'] }, '{"b":[1,"x"]}'],
    ['String', null, undefined],
    ['String', '', undefined],
    ['Integer', 5, '5'],
    ['Integer', '5', '5'],
    ['Integer', 4294967296, undefined],
    ['Long', 4294967296, '4294967296'],
    ['Long', 1.5, undefined],
    ['IPAddress', '203.0.113.7', '203.0.113.7'],
    ['IPAddress', '203.0.113.7:443', undefined],
    ['IPAddress', 'fe80::1%eth0', undefined],
    ['MacAddress', '00-11-22-33-44-55', '00-11-22-33-44-55'],
    ['MacAddress', '00-11:22-33-44-55', undefined],
  ])('%s of %j', ([type, value, wanted]) => {
    const field =
      {
        String: 'name',
        Integer: 'sourcePort',
        Long: 'bytesIn',
        IPAddress: 'sourceAddress',
        MacAddress: 'sourceMacAddress',
      }[type] ?? ''
    const [event] = run(parser([`event.${field}=v`], [`v|v|${type}`]), { v: value })
    expect(fields(event)[field]).toBe(wanted)
    const bad = wanted === undefined && value !== null && value !== ''
    expect(event?.outcome.findings.map(({ is }) => is)).toEqual(bad ? ['type'] : [])
  })

  test('a number keeps its text, and the first of several values is taken with a word about it', () => {
    const p = parser(['event.name=v', 'event.message=w'], ['v|v', 'w|list/a'])
    const [event] = runParser(p, parseJson('{"v":1.50,"list":[{"a":1},{"a":2}]}'), none)
    expect(fields(event)).toEqual({ name: '1.50', message: '1' })
    expect(event?.outcome.ambiguities).toEqual([expect.stringContaining('2 values')])
  })

  test('a text that is longer than its column is cut, and that is told', () => {
    const [event] = run(parser(['event.externalId=v'], ['v|v']), { v: 'x'.repeat(50) })
    expect(fields(event)['externalId']).toHaveLength(40)
    expect(event?.outcome.findings).toEqual([expect.objectContaining({ is: 'cut', field: 'externalId' })])
  })
})

describe('maps, severities, additional data', () => {
  test('conditional maps compare the text of a field, the first that fits counts, and overwrite', () => {
    const lines = [
      'event.deviceCustomNumber1=n',
      'event.deviceCustomNumber1Label=__stringConstant("n")',
      'event.message=__stringConstant("before")',
      'conditionalmap.count=1',
      'conditionalmap[0].field=event.deviceCustomNumber1',
      'conditionalmap[0].mappings.count=2',
      'conditionalmap[0].mappings[0].values=1, 2',
      'conditionalmap[0].mappings[0].event.message=__stringConstant("low")',
      'conditionalmap[0].mappings[1].values=2,3',
      'conditionalmap[0].mappings[1].event.message=__stringConstant("high")',
    ]
    const p = parser(lines, ['n|n|Long'])
    expect(p.problems).toEqual([])
    expect([1, 2, 3, 4].map((n) => fields(run(p, { n })[0])['message'])).toEqual(['low', 'low', 'high', 'before'])
  })

  test('severities by values and by ranges, else unknown', () => {
    const rules = ['severity.map.veryhigh.if.deviceSeverity=9..10,urgent', 'severity.map.low.if.deviceSeverity=0..3']
    const p = parser(['event.deviceSeverity=s', ...rules], ['s|s'])
    expect(['10', 'urgent', '2', '5', '2x', ''].map((s) => run(p, { s })[0]?.severity)).toEqual([
      'veryhigh',
      'veryhigh',
      'low',
      'unknown',
      'unknown',
      'unknown',
    ])
  })

  test('what no mapping uses is additional data where that is on', () => {
    const p = parser(
      ['additionaldata.enabled=true', 'additionaldata.Full\\ name=__concatenate(a,"-",b)', 'event.name=a'],
      ['a|a', 'b|b', 'c|c'],
    )
    const [event] = run(p, { a: '1', b: '2', c: '3' })
    expect(Object.fromEntries(event?.additional ?? [])).toEqual({ c: '3', 'Full name': '1-2' })
  })
})

function table(text: string): Table {
  const found = readTable(text, new Problems('t.csv'))
  if (!found) throw new Error('no table')
  return found
}

describe('extra processors', () => {
  const inner = parser(['event.name=n', 'event.message=m'], ['n|n', 'm|m'], '/', 'inner')
  const outer = (...more: string[]): Parser =>
    parser(
      [
        'event.rawEvent=raw',
        'event.name=__stringConstant("outer")',
        'extraprocessor.count=1',
        ...more.map((line) => `extraprocessor[0].${line}`),
      ],
      ['raw|raw'],
    )
  const json = ['type=json', 'filename=inner', 'field=event.rawEvent']
  const library = { parser: (base: string) => (base === 'inner' ? inner : undefined), table: () => undefined }
  const raw = JSON.stringify({ n: 'inner', m: 'text' })

  test('a parser of JSON fills what is not set, and overwrites only where it may', () => {
    expect(fields(run(outer(...json), { raw }, library)[0])).toEqual({ rawEvent: raw, name: 'outer', message: 'text' })
    const over = outer(...json, 'overrideeventmappings=true', 'clearfieldafterparsing=true')
    expect(fields(run(over, { raw }, library)[0])).toEqual({ name: 'inner', message: 'text' })
  })

  test('a text that is no JSON is told, and the event stays', () => {
    const [event] = run(outer(...json), { raw: '{"n":"cut' }, library)
    expect(fields(event)).toEqual({ rawEvent: '{"n":"cut', name: 'outer' })
    expect(event?.outcome.findings).toEqual([
      expect.objectContaining({ field: 'rawEvent', reason: 'inner cannot parse it' }),
    ])
  })

  test.for([
    [['conditionfield=event.name', 'conditionvalues=a,outer'], true],
    [['conditionfield=event.name', 'conditionvalues=a'], false],
    [['conditionfield=event.name', 'conditiontype=regex', 'conditionvalues=out.*'], true],
    [['conditionfield=event.name', 'conditiontype=regex', 'conditionvalues=out'], false],
    [['conditionfield=event.reason'], true],
    [['conditionfield=event.name'], false],
    [['conditionfield=event.name', 'conditionvalues=a;outer', 'conditiondelimiter=;'], true],
  ] as const)('with %j it runs: %s', ([condition, runs]) => {
    const [event] = run(outer(...json, ...condition), { raw }, library)
    expect(event?.fields.has('message')).toBe(runs)
  })

  test('a map file sets what its row says, and overwrites only where it may', () => {
    const map = table('event.name,set.event.message,set.event.name\nouter,from map,renamed\n')
    const tables = { parser: () => undefined, table: (name: string) => (name === 'm.csv' ? map : undefined) }
    const kept = outer('type=map', 'filename=m.csv')
    expect(fields(run(kept, { raw: 'x' }, tables)[0])).toMatchObject({ name: 'outer', message: 'from map' })
    const over = outer('type=map', 'filename=m.csv', 'allowoverwrite=true')
    expect(fields(run(over, { raw: 'x' }, tables)[0])).toMatchObject({ name: 'renamed', message: 'from map' })
  })

  test('parsers that call each other come to an end', () => {
    const self = parser(
      [
        'event.rawEvent=raw',
        'event.message=raw',
        'extraprocessor.count=1',
        ...['type=json', 'filename=self', 'field=event.rawEvent'].map((l) => `extraprocessor[0].${l}`),
      ],
      ['raw|.'],
      '/',
      'self',
    )
    expect(run(self, { a: 1 }, { parser: () => self, table: () => undefined })).toHaveLength(1)
  })
})

test('tables read cells in quotes, and look rows up by all their columns', () => {
  const found = table('event.name,event.reason,set.event.message\n"a, b","say ""hi""","x\ny"\n')
  expect([...found.rows]).toEqual([['a, b\0say "hi"', ['x\ny']]])
})
