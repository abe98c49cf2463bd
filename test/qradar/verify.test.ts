// What is generated, run over every record in every way: the same as `siembridge verify qradar`.
import type { OutputFile, ParsedEvent } from '@siembridge/core'
import { logTypes } from '@siembridge/catalog'
import { qradarKit } from '@siembridge/qradar'
import { describe, expect, test } from 'vitest'
import { Random } from '../bench/random.ts'
import { mutate } from '../differential/mutate.ts'
import { treeOf } from '../differential/tree.ts'
import { records } from './records.ts'

const types = logTypes.map(({ id }) => id)
const { files, findings } = qradarKit.generate(types, {})
const below = (folder: string): readonly OutputFile[] => files.filter(({ path }) => path.startsWith(`${folder}/`))
const unlimited = { maxPayload: '0' }

const summary = (name: string, events: readonly ParsedEvent[]): string[] =>
  events.flatMap(({ is, problems, ambiguous, type }) =>
    is === 'parsed' || is === 'generic'
      ? [
          ...problems.map((p) => `${name} ${type}: ${JSON.stringify(p)}`),
          ...ambiguous.map((a) => `${name} ${type}: ${a}`),
        ]
      : [`${name} ${type}: ${is}`],
  )

const ways = [
  ['leef', unlimited],
  ['lsx-flat', unlimited],
  ['lsx-raw-plus', unlimited],
  ['native', { ...unlimited, activity: 'json' }],
  ['native', { ...unlimited, activity: 'leef' }],
] as const

describe('every record of every log type', () => {
  test.for(ways)('%s %j: is parsed with all of its fields, whatever IBM leaves open', ([folder, options]) => {
    const verifier = qradarKit.verify(below(folder), options)
    expect(verifier.problems).toEqual([])
    const wrong: string[] = []
    const seen = { parsed: 0, generic: 0, fields: 0 }
    for (const { name, bytes } of records) {
      const events = verifier.record(bytes)
      wrong.push(...summary(name, events))
      for (const { is, fields } of events) {
        if (is === 'parsed' || is === 'generic') seen[is]++
        seen.fields += Object.keys(fields).length
      }
    }
    expect(wrong).toEqual([])
    expect(seen.parsed).toBeGreaterThan(folder === 'native' ? 100 : 250)
    expect(seen.fields).toBeGreaterThan(seen.parsed * 5)
  })

  test('within 4096 bytes each is parsed all the same; what is gone is marked as cut', () => {
    for (const folder of ['leef', 'lsx-flat']) {
      const verifier = qradarKit.verify(below(folder), { maxPayload: '4096' })
      const events = records.flatMap(({ bytes }) => verifier.record(bytes))
      expect(events.filter(({ is }) => is !== 'parsed' && is !== 'generic')).toEqual([])
      const problems = events.flatMap((event) => event.problems)
      expect(new Set(problems.map(({ is }) => is))).toEqual(new Set(['cut']))
      const fields = new Set(problems.map(({ field }) => field))
      for (const kept of ['EventName', 'EventCategory', 'Log Source Time', 'SourceIp'])
        expect(fields).not.toContain(kept)
    }
  })
})

test('within a datagram of 1024 bytes LEEF, flat and native events are parsed too', () => {
  for (const folder of ['leef', 'lsx-flat', 'native']) {
    const verifier = qradarKit.verify(below(folder), { maxPayload: '1024', activity: 'json' })
    const events = records.flatMap(({ bytes }) => verifier.record(bytes))
    expect(events.length).toBeGreaterThan(200)
    expect(
      events.filter(({ is }) => is !== 'parsed' && is !== 'generic').map(({ type }) => `${folder} ${type}`),
    ).toEqual([])
  }
})

test('what cannot be shortened is cut as QRadar cuts it, and then not parsed', () => {
  const verifier = qradarKit.verify(below('lsx-raw-plus'), { maxPayload: '4096' })
  const events = records.flatMap(({ bytes }) => verifier.record(bytes))
  expect(new Set(events.map(({ is }) => is))).toContain('unparsed')
  expect(new Set(events.map(({ is }) => is))).toContain('parsed')
})

describe('changed records', () => {
  test.for(['leef', 'lsx-flat', 'lsx-raw-plus'] as const)(
    '%s: 1000 of them are parsed with all of their fields, or are no records',
    (folder) => {
      const verifier = qradarKit.verify(below(folder), unlimited)
      const trees = records.map(({ bytes }) => treeOf(JSON.parse(bytes.toString('utf8'))))
      const random = new Random(20_261_129)
      const wrong: string[] = []
      let parsed = 0
      for (let at = 0; at < 1000 && wrong.length < 5; at++) {
        const bytes = mutate(trees[at % trees.length] as (typeof trees)[number], random)
        const events = verifier.record(bytes)
        if (events.some(({ type }) => type === undefined)) continue
        parsed += events.length
        for (const event of events) {
          // Members of the same name, as a record of Microsoft may have: which one a keypath of QRadar takes is its own matter.
          const own = folder === 'lsx-raw-plus' && /"sb"\s*:/i.test(bytes.toString('latin1'))
          if (own) continue
          const doubts = event.ambiguous.filter((text) => !text.startsWith('J5'))
          wrong.push(...summary(bytes.toString('utf8').slice(0, 2000), [{ ...event, ambiguous: doubts }]))
        }
      }
      expect(wrong).toEqual([])
      expect(parsed).toBeGreaterThan(500)
    },
  )
})

describe('what is broken is noticed', () => {
  const signIn = records.find(({ name }) => name === 'entra.sign-in/graph-failure-at-risk')
  const changed = (path: string, change: (text: string) => string): readonly OutputFile[] =>
    below('lsx-flat').map((file) => (file.path === path ? { path, content: change(String(file.content)) } : file))
  const lsx = 'lsx-flat/entra.sign-in.lsx.xml'
  const plan = 'lsx-flat/apply-plan.json'

  test.for<[string, string, (text: string) => string, object]>([
    [
      'another keypath of the user',
      lsx,
      (t) => t.replace('/"user_name"', '/"user_nam"'),
      { problems: [{ field: 'UserName', is: 'missing' }] },
    ],
    [
      'another time format',
      lsx,
      (t) => t.replace('yyyy-MM-dd', 'yyyy-dd-MM'),
      { problems: [{ field: 'Log Source Time', is: 'wrong' }] },
    ],
    ['no EventName', lsx, (t) => t.replace('/"sb_signature_id"', '/"sb_signature"'), { is: 'unparsed' }],
    [
      'a mapping that is missing',
      plan,
      (t) => t.replaceAll('"eventId":"sign-in.interactive.failure"', '"eventId":"x"'),
      { is: 'unknown' },
    ],
    [
      'a property that reads another key',
      plan,
      (t) => t.replaceAll('"expression":"/\\"microsoft_risk_state\\""', '"expression":"/\\"nothing\\""'),
      { problems: [{ field: 'SB Microsoft Risk State', is: 'missing' }] },
    ],
    [
      'a doubtful template',
      lsx,
      (t) =>
        t
          .replace(
            '<matcher field="EventCategory" order="1" pattern-id="outcome" capture-group="1"/>',
            '<json-matcher field="EventCategory" order="1" pattern-id="both" enable-substitutions="true"/>',
          )
          .replace(
            '<match-group',
            '<pattern id="both" type="JsonKeypath">{/"event_outcome"}-{/"nothing"}</pattern><match-group',
          ),
      {},
    ],
  ])('%s', ([, path, change, expected]) => {
    const before = qradarKit.verify(below('lsx-flat'), unlimited).record(signIn?.bytes ?? Buffer.from(''))
    expect(before).toMatchObject([{ is: 'parsed', problems: [], ambiguous: [] }])
    const [event] = qradarKit.verify(changed(path, change), unlimited).record(signIn?.bytes ?? Buffer.from(''))
    expect(event).toMatchObject(expected)
    expect([event?.is === 'parsed', event?.problems.length, event?.ambiguous.length]).not.toEqual([true, 0, 0])
  })

  test('a plan that is none, or refers to nothing, is told with its place', () => {
    const wrong = (change: (text: string) => string) => qradarKit.verify(changed(plan, change), unlimited).problems
    expect(wrong((t) => t.slice(0, 100))).toMatchObject([
      { code: 'plan-wrong', message: expect.stringContaining('no JSON') },
    ])
    expect(wrong((t) => t.replace('siembridge-qradar-plan/1', 'siembridge-qradar-plan/9'))).toMatchObject([
      { message: expect.stringMatching(/^format: /) },
    ])
    expect(wrong((t) => t.replace('"severity":1', '"severity":11'))).toMatchObject([
      { message: expect.stringMatching(/qidRecords\.\d+\.severity/) },
    ])
    expect(wrong((t) => t.replace(/"qid":"[^"]+"/, '"qid":"nobody"'))).toMatchObject([
      { message: 'no QID record has the key "nobody"' },
    ])
    expect(qradarKit.verify([], unlimited).problems).toMatchObject([{ code: 'nothing-there' }])
  })
})

describe('an extension of one’s own', () => {
  const own = `<ns2:device-extension xmlns:ns2="event_parsing/device_extension">
<pattern id="n" type="JsonKeypath">/"operationName"</pattern>
<match-group order="1"><json-matcher field="EventName" order="1" pattern-id="n"/></match-group></ns2:device-extension>`

  test('is read, and run over what it is told to read', () => {
    const verifier = qradarKit.verify([{ path: 'own.xml', content: own }], { form: 'raw' })
    expect(verifier.problems).toEqual([])
    const diagnostic = records.find(({ name }) => name === 'entra.directory-audit/diagnostic-add-member-to-group')
    expect(verifier.record(diagnostic?.bytes ?? Buffer.from(''))).toMatchObject([
      { is: 'parsed', fields: { EventName: 'Add member to group' } },
    ])
    const mailbox = records.find(({ name }) => name === 'o365.exchange-admin/activity-set-mailbox-forwarding')
    expect(verifier.record(mailbox?.bytes ?? Buffer.from(''))).toMatchObject([{ is: 'unparsed' }])
  })
})

describe('the generator', () => {
  test('says what it wrote, and writes the same again', () => {
    expect(findings).toEqual([
      expect.objectContaining({ is: 'good', says: expect.stringMatching(/^\d+ of \d+ shapes/) }),
    ])
    expect(qradarKit.generate(types, {}).files).toEqual(files)
  })

  test('every extension over Microsoft’s own records is without a fault', () => {
    const raw = below('lsx-raw').filter(({ path }) => path.endsWith('.xml'))
    expect(raw.length).toBeGreaterThan(20)
    expect(qradarKit.verify(raw, {}).problems.filter(({ code }) => code !== 'nothing-there')).toEqual([])
  })

  test('only the wanted log types are there', () => {
    const some = qradarKit.generate(['entra.sign-in'], {}).files.map(({ path }) => path)
    expect(some.filter((path) => path.startsWith('lsx-flat/'))).toEqual([
      'lsx-flat/apply-plan.json',
      'lsx-flat/entra.sign-in.lsx.xml',
    ])
  })

  test.for(['', 'a b', 'x'.repeat(200), '-a', '{type}'])('--identifier %j is refused', (identifier) => {
    expect(() => qradarKit.generate(types, { identifier })).toThrow(RangeError)
  })

  test('--max-payload must be a number of bytes', () => {
    expect(() => qradarKit.verify(below('leef'), { maxPayload: '10' })).toThrow(RangeError)
    expect(() => qradarKit.verify(below('leef'), { maxPayload: 'many' })).toThrow(RangeError)
  })
})
