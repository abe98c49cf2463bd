import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { arcsightKit, loadParser } from '@siembridge/arcsight'
import { describe, expect, test } from 'vitest'

const head = 'trigger.node.location=/\ntoken.count=2\n'
const tokens = ['user', 'count']
  .map((name, at) => `token[${at}].name=${name}\ntoken[${at}].location=${name}\n`)
  .join('')
const good = `${head}${tokens}token[1].type=Integer\nevent.name=user\n`

const codesOf = (content: string, path = 'x.jsonparser.properties'): readonly string[] =>
  loadParser(path, content)?.problems.map(({ code, line }) => `${code}:${line ?? '-'}`) ?? ['not a parser']

test('a parser without a fault loads without a word', () => {
  expect(codesOf(good)).toEqual([])
})

// Each of the first group stands in a parser that was published; the lines here are made up.
describe('defects of files that people ship', () => {
  test.for([
    [
      'every token has the number 0',
      `${head}${tokens.replaceAll('[1]', '[0]')}event.name=count\n`,
      ['duplicate-key:5', 'duplicate-key:6', 'token-count:2'],
    ],
    ['a count that is larger than what is there', good.replace('count=2', 'count=9'), ['token-count:2']],
    [
      'a shell prompt that was copied along',
      `${good}event.message=user[root@host agent]# `,
      ['trailing-space:9', 'token-undeclared:9'],
    ],
    ['two equals signs', `${good}event.message==user\n`, ['double-equals:9']],
    ['a field that there is not', `${good}event.customString6=user\n`, ['field-unknown:9']],
    ['a slip in the word event', `${good}ecent.deviceVendor=__stringConstant("X")\n`, ['key-unknown:9']],
    ['a slip in the word token', good.replace('token[1].type', 'toket[1].type'), ['key-unknown:7']],
    ['a slip in the word type', good.replace('token[1].type', 'token[1].mtype'), ['key-unknown:7']],
    ['a token in another case', `${good}event.message=__toLowerCase(User)\n`, ['token-undeclared:9']],
    ['a brace that Java takes for a quantifier', `${good}event.message=__regexToken(user,"x:{(.*)")\n`, ['pattern:9']],
    [
      'a category that is none',
      `${good}event.categorySignificance=__stringConstant("/Critical")\n`,
      ['category-value:9'],
    ],
    [
      'a category without its slash',
      `${good}event.categoryOutcome=__stringConstant("Success")\n`,
      ['category-value:9'],
    ],
    ['a custom field without a label', `${good}event.deviceCustomString1=user\n`, ['label-missing:9']],
    [
      'twelve hours without a half of the day',
      `${good}event.endTime=__createOptionalTimeStampFromString(user,"dd-MMM-yyyy hh:mm:ss")\n`,
      ['twelve-hours:9'],
    ],
    [
      'a collection',
      good.replace('token[0].location', 'token[0].format=__collection(k,false,false)\ntoken[0].location'),
      ['collection:3'],
    ],
    ['a field of no published table', `${good}event.priority=count\n`, ['field-undocumented:9']],
  ] as const)('%s', ([, content, codes]) => expect(codesOf(content)).toEqual(codes))
})

describe('bad input', () => {
  test.for([
    ['no trigger node', good.replace(/^trigger.*\n/, ''), ['trigger-missing:-']],
    ['a count that is no number', good.replace('count=2', 'count=two'), ['count-not-a-number:2', 'count-missing:-']],
    ['an unknown operation', `${good}event.message=__toLowercase(user)\n`, ['operation-unknown:9']],
    [
      'an operation that nobody documents',
      `${good}event.message=__concatenateDeleting(user)\n`,
      ['operation-undocumented:9'],
    ],
    ['too few arguments', `${good}event.message=__ifThenElse(user,"a","b")\n`, ['operation-arguments:9']],
    ['a bracket that is not closed', `${good}event.message=__toLowerCase(user\n`, ['expression:9']],
    ['a quote that is not closed', `${good}event.message=__stringConstant("user)\n`, ['expression:9']],
    ['a text for a number', `${good}event.sourcePort=user\n`, ['type-mismatch:9']],
    ['a type that there is not', good.replace('=Integer', '=Int'), ['token-type:5']],
    ['two tokens of one name', good.replace('name=count', 'name=user'), ['token-name-twice:5']],
    ['a token without a place', good.replace(/token\[1\].location.*\n/, ''), ['token-without-location:5']],
    ['an index in a path', good.replace('location=count', 'location=list[0]'), ['path-unsupported:5']],
    ['a severity that there is not', `${good}severity.map.critical.if.deviceSeverity=1\n`, ['severity-level:9']],
    [
      'a value at two severities',
      `${good}severity.map.low.if.deviceSeverity=1..4\nseverity.map.high.if.deviceSeverity=3\n`,
      ['severity-overlap:10'],
    ],
    ['a range from high to low', `${good}severity.map.low.if.deviceSeverity=9..3\n`, ['severity-range:9']],
    [
      'a wrong count of maps',
      `${good}conditionalmap.count=2\nconditionalmap[0].field=event.name\nconditionalmap[0].mappings.count=1\nconditionalmap[0].mappings[0].values=a\nconditionalmap[0].mappings[0].event.message=user\n`,
      ['count-wrong:9'],
    ],
    [
      'a wrong count of mappings',
      `${good}conditionalmap.count=1\nconditionalmap[0].field=event.name\nconditionalmap[0].mappings.count=2\nconditionalmap[0].mappings[0].values=a\nconditionalmap[0].mappings[0].event.message=user\n`,
      ['conditional-count:10'],
    ],
    [
      'an extra processor without a file',
      `${good}extraprocessor.count=1\nextraprocessor[0].type=json\nextraprocessor[0].field=event.message\n`,
      ['extra-filename:10'],
    ],
    ['a letter beyond ASCII', `${good}event.message=__stringConstant("é")\n`, ['not-ascii:9']],
    ['half an escape', `${good}event.message=\\u12\n`, ['properties-unreadable:9', 'trigger-missing:-']],
    ['a label alone', `${good}event.deviceCustomString1Label=__stringConstant("x")\n`, ['label-alone:9']],
    ['a time without a format', good.replace('=Integer', '=TimeStamp'), ['token-without-format:5']],
  ] as const)('%s', ([, content, codes]) => expect(codesOf(content)).toEqual(codes))

  test.for([
    ['columns of another kind', 'name,set.event.message\na,b\n', ['table-columns:1']],
    ['a column to set before one to look at', 'set.event.message,event.name\na,b\n', ['table-columns:1']],
    ['a row with a cell too many', 'event.name,set.event.message\na,b,c\n', ['table-cells:2']],
    ['a quote that does not close', 'event.name,set.event.message\n"a,b\nc,d\n', ['table-quote:2']],
    ['text behind a quote', 'event.name,set.event.message\n"a"x,b\n', ['table-quote:2']],
    ['a quote within a quote', 'event.name,set.event.message\n"""a""",b\n', []],
    ['a row twice', 'event.name,set.event.message\na,b\na,c\n', ['table-row-twice:3']],
    ['a category that is none', 'event.name,set.event.categoryTechnique\na,/TrafficAnomaly\n', ['category-value:2']],
    ['a column of no field', 'event.nme,set.event.message\na,b\n', ['field-unknown:1']],
  ] as const)('a table with %s', ([, content, codes]) => {
    const { problems } = arcsightKit.verify([{ path: 'acp/categorizer/current/contoso/x.csv', content }], {})
    expect(problems.map(({ code, line }) => `${code}:${line ?? '-'}`)).toEqual(codes)
  })

  test('every problem says what to do', () => {
    const { problems } = arcsightKit.verify(
      [{ path: 'x.jsonparser.properties', content: good.replace('name=user', 'nme=user') }],
      {},
    )
    for (const { message, help, file, line } of problems) {
      expect([message, help, file].every((text) => text.length > 3)).toBe(true)
      expect(line === undefined || line > 0).toBe(true)
    }
    expect(problems.length).toBeGreaterThan(0)
  })
})

const folder = process.env['SIEMBRIDGE_ARCSIGHT_PARSERS'] ?? ''
const there = existsSync(folder)

describe.skipIf(!there)(
  there ? 'parsers of others' : 'parsers of others (needs a folder of them, named by SIEMBRIDGE_ARCSIGHT_PARSERS)',
  () => {
    const files = there
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((path) => path.endsWith('.properties'))
          .map((path) => ({ path, content: readFileSync(join(folder, path)) }))
      : []

    test('every one of them loads: its tokens and mappings are there, and what is wrong with it is told', () => {
      expect(files.length).toBeGreaterThanOrEqual(20)
      for (const { path, content } of files) {
        const parser = loadParser(path, content)
        if (!parser) continue
        expect(parser.tokens.length + parser.mappings.length, path).toBeGreaterThan(0)
        for (const { code } of parser.problems)
          expect(['properties-unreadable', 'expression'], path).not.toContain(code)
      }
    })
  },
)

test('a folder without anything that a connector reads is told of', () => {
  const { problems } = arcsightKit.verify([{ path: 'README.md', content: 'hello' }], {})
  expect(problems).toMatchObject([{ level: 'error', code: 'nothing-there' }])
})
