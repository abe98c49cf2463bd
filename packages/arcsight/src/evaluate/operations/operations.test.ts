import { isProblem } from '@siembridge/formats'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExpression } from '../../parser/expression.ts'
import { evaluate } from '../expression.ts'
import { Outcome } from '../outcome.ts'
import { address, integer, long, string, type Value } from '../value.ts'

const tokens = new Map<string, Value | null>([
  ['text', string('The string to split')],
  ['name', string('Ann')],
  ['User Agent', string('curl/8')],
  ['empty', string('')],
  ['unset', null],
  ['number', integer(17)],
  ['ms', long(1_709_648_551_482)],
  ['ip', address('203.0.113.7')],
  ['notIp', string('host1')],
  ['pairs', string('pid=7;user=mrossi x')],
  ['domain', string('CONTOSO\\ann')],
])

function run(text: string): { value: string | null; type?: string; doubts: readonly string[] } {
  const expression = parseExpression(text)
  if (isProblem(expression)) throw new Error(expression.problem)
  const outcome = new Outcome()
  const value = evaluate(expression, tokens, outcome)
  return { value: value?.text ?? null, ...(value && { type: value.type }), doubts: outcome.ambiguities }
}

// Results are those of the published lists of operations where these have examples.
test.for<[string, string | null, string?]>([
  ['name', 'Ann', 'String'],
  ['User Agent', 'curl/8'],
  ['unset', null],
  ['"a, (b)"', 'a, (b)'],
  ['__stringConstant("x")', 'x', 'String'],
  ['__stringConstant(Microsoft)', 'Microsoft'],
  ['__getVendor("Contoso")', 'Contoso'],
  ['__integerConstant("7")', '7', 'Integer'],
  ['__integerConstant(seven)', null],
  ['__concatenate(name,"-",number)', 'Ann-17', 'String'],
  ['__oneOf(unset,empty,name)', 'Ann'],
  ['__oneOf(unset,empty)', null],
  ['__oneOfAddress(notIp,ip)', '203.0.113.7', 'IPAddress'],
  ['__oneOfHostName(ip,notIp)', 'host1'],
  ['__oneOfInteger(name,number)', '17'],
  ['__split(text," ",2)', 'string'],
  ['__split(text," ",9)', null],
  ['__splitAsInteger("a:12",":",2)', '12', 'Integer'],
  ['__toLowerCase(name)', 'ann'],
  ['__toUpperCase(name)', 'ANN'],
  ['__stringTrim(" a ")', 'a'],
  ['__length(name)', '3', 'Integer'],
  ['__simpleMap(name,"Bob=1","Ann=2")', '2'],
  ['__simpleMap(unset,"=1")', null],
  ['__simpleMap(name,"Bob=1")', null],
  ['__ifThenElse(name,"Ann","yes","no")', 'yes'],
  ['__ifThenElse(unset,,"N/A",unset)', 'N/A'],
  ['__ifThenElse(name,,"N/A",name)', 'Ann'],
  ['__ifThenElse(name,"Ann",,"no")', null],
  ['__ifGreaterOrEqual(number,"5","high","low")', 'high'],
  ['__ifPositive(number,"yes","no")', 'yes'],
  ['__safeToInteger("12")', '12', 'Integer'],
  ['__safeToInteger("12x")', null],
  ['__safeToInteger("4294967296")', null],
  ['__safeToLong("4294967296")', '4294967296', 'Long'],
  ['__safeToLong("9223372036854775808")', null],
  ['__safeToRoundedLong("2.6")', '3', 'Long'],
  ['__longToTimeStamp(ms)', '1709648551482', 'TimeStamp'],
  ['__createLocalTimeStampFromSecondsSinceEpoch("1709648551")', '1709648551000', 'TimeStamp'],
  ['__createOptionalTimeStampFromString("2024-03-05 14:22:31 +0000","yyyy-MM-dd HH:mm:ss Z")', '1709648551000'],
  ['__createOptionalTimeStampFromString(unset,"yyyy")', null],
  ['__parseMultipleTimeStamp("05/03/2024","yyyy-MM-dd z","dd/MM/yyyy")', '1709596800000'],
  ['__divide("200","3")', '67', 'Long'],
  ['__divide("1","0")', null],
  ['__sum("1","2")', '3'],
  ['__toHex("65535","8")', '0x0000FFFF'],
  ['__hexStringToLong("0xff")', '255'],
  ['__replaceAll(text,"[aeiou]","*")', 'Th* str*ng t* spl*t'],
  ['__replaceFirst(text,"(s)(t)","$2$1")', 'The tsring to split'],
  ['__regexToken(pairs,"^pid=([0-9]+);.*$")', '7'],
  ['__regexToken(pairs,"nothing(.)")', null],
  ['__regexTokenAsInteger(pairs,"^pid=([0-9]+);.*$")', '7', 'Integer'],
  ['__regexTokenNoWarning(pairs,"pid=([0-9]+)")', null],
  ['__regexTokenNoWarning(pairs,"pid=([0-9]+);.*")', '7'],
  ['__extractNTDomain(domain)', 'CONTOSO'],
  ['__extractNTUser(domain)', 'ann'],
  ['__getDeviceDirection("inbound")', '0', 'Integer'],
  ['__getDeviceDirection("sideways")', null],
  ['__getNotZeroPort("0")', null],
  ['__getNotZeroPort("443")', '443', 'Integer'],
  ['__getOriginator("Destination")', '1'],
  ['__getType("correlation")', '2'],
  ['__getTimeZone("UTC")', 'UTC'],
  ['__stringToIPv6Address("2001:db8::1")', '2001:db8::1', 'IPAddress'],
  ['__getLongMACAddressByString("00:00:00:00:00:FF")', '255', 'Long'],
  ['__stringConstant("say \\"hi\\"")', 'say "hi"'],
])('%s', ([text, value, type]) => {
  const result = run(text)
  expect(result.value).toBe(value)
  if (type !== undefined) expect(result.type).toBe(type)
})

test.for([
  [
    'find and match differ',
    '__regexToken(pairs,"user=(\\\\w+)")'.replaceAll('\\\\', '\\'),
    /finds "mrossi".*matches nothing/,
  ],
  ['a token that is not set is joined', '__concatenate(name,unset)', /not set/],
  ['a time has no zone', '__createOptionalTimeStampFromString("2024-03-05","yyyy-MM-dd")', /no zone/],
  [
    'a time has seven digits',
    '__createOptionalTimeStampFromString("2024-03-05T14:22:31.4821973 +0000","yyyy-MM-dd\'T\'HH:mm:ss.SSS Z")',
    /.*/,
  ],
  ['an operation is not documented', '__concatenateDeleting(name)', /not published/],
] as const)('it is told where %s', ([, text, doubt]) => {
  const { doubts, value } = run(text)
  if (text.includes('4821973')) expect(value).toBeNull()
  else expect(doubts.join('; ')).toMatch(doubt)
})

test('whatever stands in an expression, reading and running it never throws', () => {
  const bit = fc.constantFrom(
    '__oneOf(',
    '__split(',
    '__regexToken(',
    'name',
    ',',
    ')',
    '"',
    '\\',
    ' ',
    '(',
    '"a"',
    '5',
    '__x(',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(bit, fc.string({ maxLength: 3 })), { maxLength: 12 }), (bits) => {
      const expression = parseExpression(bits.join(''))
      if (!isProblem(expression)) evaluate(expression, tokens, new Outcome())
    }),
    { numRuns: 3000 },
  )
})
