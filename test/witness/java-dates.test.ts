import { loadParser, runParser } from '@siembridge/arcsight'
import { parseJson } from '@siembridge/engine/json'
import { describe, expect, test } from 'vitest'
import { hasJava, javaSuite, JavaQuestions } from './java.ts'

const patterns = [
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-dd HH:mm:ss.SSS',
  "yyyy-MM-dd'T'HH:mm:ss.SSSZ",
  "yyyy-MM-dd'T'HH:mm:ssz",
  'yyyy-MM-dd HH:mm:ss Z',
  'dd/MMM/yyyy:HH:mm:ss',
  'EEE MMM dd HH:mm:ss zzz yyyy',
  'dd-MMM-yyyy hh:mm:ss a',
  'yyyyMMddHHmmss',
  "MMMM d, yyyy 'at' HH:mm",
]
const texts = [
  '2024-03-05 14:22:31|2024-3-5 4:2:1|2024-02-30 00:00:00|2024-13-01 00:00:00|2024-03-05 24:00:00',
  '2024-03-05|2024-03-05 14:22:31.482|2024-03-05 14:22:31.4|2024-03-05T14:22:31.482+0100',
  '2024-03-05T14:22:31.482-0830|2024-03-05T14:22:31UTC|2024-03-05T14:22:31Z',
  '2024-03-05T14:22:31.482Z|2024-03-05T14:22:31.482GMT|2024-03-05T14:22:31.4821973+0000',
  '2024-03-05T14:22:31GMT+02:00|2024-03-05T14:22:31+0200|2024-03-05 14:22:31 +0000',
  '05/Mar/2024:14:22:31|05/mar/2024:14:22:31|Tue Mar 05 14:22:31 UTC 2024',
  'Tuesday March 05 14:22:31 GMT 2024|05-Mar-2024 02:22:31 PM|05-Mar-2024 12:00:00 AM',
  '05-Mar-2024 13:00:00 PM|20240305142231|20240305|March 5, 2024 at 14:22',
  '',
].flatMap((line) => line.split('|'))

/** What our evaluator makes of a text by a pattern: milliseconds, or nothing. */
function ours(pattern: string, value: string): number | null {
  const file = `trigger.node.location=/
token.count=1
token[0].name=t
token[0].type=TimeStamp
token[0].location=t
token[0].format=${pattern}
event.endTime=t
`
  const parser = loadParser('x.jsonparser.properties', file)
  if (!parser) throw new Error('no parser')
  const [event] = runParser(parser, parseJson(JSON.stringify({ t: value })), {
    parser: () => undefined,
    table: () => undefined,
  })
  const text = event?.fields.get('endTime')?.text
  return text === undefined ? null : Number(text)
}

describe.skipIf(!hasJava)(javaSuite('java.text.SimpleDateFormat'), () => {
  test('reads times as our evaluator does', () => {
    const cases = patterns.flatMap((pattern) => texts.map((value) => [pattern, value] as const))
    const questions = new JavaQuestions()
    for (const [pattern, value] of cases) questions.date(pattern, 'UTC', value)
    for (const [i, answer] of (questions.ask() as ({ ms: number } | null)[]).entries()) {
      const [pattern, value] = cases[i] ?? ['', '']
      expect({ pattern, value, ms: answer?.ms ?? null }).toEqual({ pattern, value, ms: ours(pattern, value) })
    }
  })
})
