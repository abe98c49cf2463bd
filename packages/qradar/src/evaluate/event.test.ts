import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readKeypath } from '../lsx/keypath.ts'
import { readLsx } from '../lsx/read.ts'
import { evaluate, type LsxEvent, type QidRow } from './event.ts'
import { keypathValue } from './keypath-value.ts'
import { Compiled } from './pattern.ts'
import { type Ask, presets, readings, type SwitchName, switches } from './switches.ts'
import { Views } from './views.ts'

const qid: QidRow = { qid: 1, name: 'Found', severity: 3, category: 'Misc' }

/** The rows that these tests know; every category of it. */
const known = new Set(['Add member to group-success', 'hit', 'a', '1', 'x'])

const collector = { now: Date.UTC(2026, 5, 1), zone: 330 }
const setting = { lookUp: (id: string) => (known.has(id.trim()) ? qid : undefined), collector }

function run(xml: string, payload: string, ask: Ask = presets): LsxEvent {
  const { lsx } = readLsx('x.xml', xml)
  if (!lsx) throw new Error('no extension')
  return evaluate(lsx, new Compiled(), payload, setting, ask)
}

const document = (patterns: string, ...groups: readonly string[]): string =>
  `<n:device-extension xmlns:n="event_parsing/device_extension">${patterns}${groups
    .map((inner, at) => `<match-group order="${at + 1}">${inner}</match-group>`)
    .join('')}</n:device-extension>`

const p = (id: string, text: string, more = ''): string => `<pattern id="${id}" ${more}><![CDATA[${text}]]></pattern>`
const j = (id: string, text: string): string => p(id, text, 'type="JsonKeypath"')
const m = (field: string, id: string, more = 'capture-group="1"', order = 1): string =>
  `<matcher field="${field}" order="${order}" pattern-id="${id}" ${more}/>`
const jm = (field: string, id: string, more = '', order = 1): string =>
  `<json-matcher field="${field}" order="${order}" pattern-id="${id}" ${more}/>`

describe('the worked example', () => {
  const folder = new URL('../../testing/', import.meta.url)
  const xml = readFileSync(new URL('worked-example.lsx.xml', folder), 'utf8')
  const payload = readFileSync(new URL('worked-example.txt', folder), 'utf8').trimEnd()

  test('comes out as printed', () => {
    expect(run(xml, payload)).toEqual({
      state: 'parsed',
      fields: {
        EventName: 'Add member to group-success',
        EventCategory: 'AuditLogs',
        SourceIp: '203.0.113.24',
        UserName: 'alice.admin@contoso.example',
        DeviceTime: '2026-03-04T09:15:27.123+0000',
      },
      time: 1_772_615_727_123,
      severity: 3,
      identity: 'OverrideAndNeverSend',
      category: 'AuditLogs',
      qid,
    })
  })

  test('its custom properties are found by keypath, and the group by an expression', () => {
    const json = new Views(payload, presets).json
    const found = (text: string): string | undefined => {
      const path = readKeypath(text)
      return 'problem' in path ? undefined : keypathValue(json, path, presets)
    }
    expect(found('/"properties"/"targetResources"[0]/"userPrincipalName"')).toBe('bob@contoso.example')
    expect(found('/"correlationId"')).toBe('b0a7e6a2-6f0b-4b0f-8a53-0d9a7d5f3c21')
    expect(found('/"tenantId"')).toBe('7c1d3f60-52a1-4d0e-9b8a-0f2c6f1d9e11')
    expect(found('/"properties"/"category"')).toBe('GroupManagement')
    expect(found('/"properties"/"initiatedBy"/"user"/"displayName"')).toBeUndefined()
    expect(found('/"properties"/"additionalDetails"[]')).toBe('[]')
    const group = new Compiled().regex(String.raw`Group\.DisplayName","oldValue":[^,]*,"newValue":"\\"([^\\"]+)`, false)
    expect('find' in group && group.find.exec(payload)?.[1]).toBe('Tier0 Admins')
  })

  test('without a result, the name alone is the event id; an application stands for the user', () => {
    const other = payload
      .replace('"result":"success",', '')
      .replace(
        /"initiatedBy":\{"user":\{[^}]*\}\}/,
        '"initiatedBy":{"app":{"displayName":"Sync"}},"callerIpAddress":"192.0.2.9"',
      )
      .replace('"time":"2026-03-04T09:15:27.1234567Z"', '"time":"2026-03-04T09:15:27Z"')
    const { state, fields, time } = run(xml, other)
    expect(state).toBe('unknown')
    expect(fields).toMatchObject({ EventName: 'Add member to group', UserName: 'Sync' })
    expect(time).toBe(1_772_615_727_000)
  })
})

describe('matchers', () => {
  const all = document(
    p('name', 'name=(\\w+)') +
      p('leef', 'usrName', 'type="LeefKey"') +
      p('leef-id', '$eventid$', 'type="LeefKey"') +
      p('cef', '$id$', 'type="CefKey"') +
      p('cef-src', 'src', 'type="CefKey"') +
      p('pair', 'user', 'type="NameValuePairKey"') +
      p('list', '$2', 'type="GenericListKey"'),
    m('EventName', 'name') +
      '<leef-matcher field="EventName" order="2" pattern-id="leef-id"/><leef-matcher field="UserName" order="1" pattern-id="leef"/>' +
      '<cef-matcher field="EventName" order="3" pattern-id="cef"/><cef-matcher field="SourceIp" order="1" pattern-id="cef-src"/>' +
      '<namevaluepair-matcher field="UserName" order="2" pattern-id="pair" delimiter-pair=";" delimiter-namevalue="="/>' +
      '<genericlist-matcher field="HostName" order="1" pattern-id="list" delimiter=","/>',
  )

  test.for<[string, object]>([
    ['LEEF:1.0|V|P|1|hit|usrName=ann\tsev=3', { EventName: 'hit', UserName: 'ann' }],
    ['<13>Jan 18 11:07:53 host CEF:0|V|P|1|hit|Name|5|src=192.0.2.1', { EventName: 'hit', SourceIp: '192.0.2.1' }],
    ['name=hit;user=ann;x=y', { EventName: 'hit', UserName: 'ann' }],
    ['name=hit,second,third', { EventName: 'hit', HostName: 'second' }],
  ])('%s', ([payload, fields]) => expect(run(all, payload).fields).toEqual(expect.objectContaining(fields)))

  test('a value that the field does not take leaves the turn to the next matcher', () => {
    const xml = document(
      p('n', '(hit)') + p('a', 'a=(\\S+)') + p('b', 'b=(\\S+)'),
      m('EventName', 'n') + m('SourceIp', 'a') + m('SourceIp', 'b', 'capture-group="1"', 2),
    )
    expect(run(xml, 'hit a=300.0.0.1 b=192.0.2.7').fields).toMatchObject({ SourceIp: '192.0.2.7' })
    expect(run(xml, 'hit a=192.0.2.5 b=192.0.2.7').fields).toMatchObject({ SourceIp: '192.0.2.5' })
  })

  test('a template without a group is a constant', () => {
    const xml = document(p('n', '.'), m('EventName', 'n', 'capture-group="hit" enable-substitutions="true"'))
    expect(run(xml, 'whatever').fields.EventName).toBe('hit')
  })

  test('orders decide, not the place in the document', () => {
    const xml = document(
      p('a', '(hit)') + p('b', '(miss)'),
      m('EventName', 'a', 'capture-group="1"', 2) + m('EventName', 'b', 'capture-group="1"', 1),
    )
    expect(run(xml, 'hit miss').fields.EventName).toBe('miss')
  })
})

describe('modifiers', () => {
  const single = (attributes: string): string =>
    document(
      p('n', '(hit)') + p('c', '(c\\d)'),
      `${m('EventName', 'n')}${m('EventCategory', 'c')}<event-match-single event-name="hit" ${attributes}/>`,
    )

  test('a severity of the document goes before that of the QID record; out of range it is 5', () => {
    expect(run(single('severity="9"'), 'hit').severity).toBe(9)
    expect(run(single('severity="11"'), 'hit').severity).toBe(5)
    expect(run(single(''), 'hit').severity).toBe(3)
  })

  test('the event name must be equal, upper and lower case and all', () => {
    expect(run(single('severity="9"').replace('"hit"', '"HIT"'), 'hit').severity).toBe(3)
  })

  test('a category of the document is what is looked up', () => {
    expect(run(single('device-event-category="own"'), 'hit c1')).toMatchObject({
      category: 'own',
      fields: { EventCategory: 'c1' },
    })
  })

  test('event-match-multiple is held against the event name, not the payload', () => {
    const xml = document(
      p('n', 'n=(\\w+)') + p('e', '^hi'),
      `${m('EventName', 'n')}<event-match-multiple pattern-id="e" severity="7"/>`,
    )
    expect(run(xml, 'n=hit').severity).toBe(7)
    expect(run(xml, 'hi n=x').severity).toBe(3)
  })
})

test('of several groups the first whose event name is found wins, and nothing is taken from the others', () => {
  const xml = document(
    p('a', 'a=(\\w+)') + p('b', 'b=(\\w+)') + p('u', 'u=(\\w+)'),
    m('EventName', 'a'),
    m('EventName', 'b') + m('UserName', 'u'),
  )
  expect(run(xml, 'a=hit b=x u=ann').fields).toEqual({ EventName: 'hit' })
  expect(run(xml, 'b=x u=ann').fields).toEqual({ EventName: 'x', UserName: 'ann' })
})

test('without an event name an event is stored, without a mapping it is unknown', () => {
  const xml = document(p('n', 'n=(\\w+)') + p('u', 'u=(\\w+)'), m('EventName', 'n') + m('UserName', 'u'))
  expect(run(xml, 'u=ann')).toMatchObject({ state: 'stored', fields: { UserName: 'ann' } })
  expect(run(xml, 'n=nobody u=ann')).toMatchObject({ state: 'unknown' })
  expect(run(xml, 'n=hit u=ann')).toMatchObject({ state: 'parsed', qid })
})

/** One document and payload a question, whose two answers give two results. */
const doubts: Readonly<Record<SwitchName, readonly [xml: string, payload: string]>> = {
  A01: [
    document(p('n', '(hit)') + p('u', 'u=(\\w+)'), m('EventName', 'n'), m('EventName', 'n') + m('UserName', 'u')),
    'hit u=ann',
  ],
  A02: [document(p('n', 'n=(\\w+)') + p('u', 'u=(\\w+)'), m('EventName', 'n') + m('UserName', 'u')), 'u=ann'],
  A03: [
    document(
      p('n', 'n=(\\w+)') + p('e', '(hit)'),
      `${m('EventName', 'n')}<event-match-multiple pattern-id="e" capture-group-index="1"/>`,
    ),
    'hit',
  ],
  A04: [
    document(
      p('n', '(hit)') + p('c', '(c\\d)'),
      `${m('EventName', 'n')}${m('EventCategory', 'c')}<event-match-single event-name="hit" device-event-category="own"/>`,
    ),
    'hit c1',
  ],
  A05: [document(p('n', ' (a b) ', 'trim-whitespace="true"'), m('EventName', 'n')), 'a b'],
  A06: [document(p('n', '(hit) ') + p('u', 'u=([^;]*)'), m('EventName', 'n') + m('UserName', 'u')), 'hit u=ann ;'],
  A07: [
    document(
      p('n', '(hit)') + p('u', 'u=(\\w*)') + p('v', 'v=(\\w*)'),
      m('EventName', 'n') + m('UserName', 'u') + m('UserName', 'v', 'capture-group="1"', 2),
    ),
    'hit u= v=bob',
  ],
  A08: [
    document(p('n', '(hit)(x)?'), m('EventName', 'n', 'capture-group="\\1\\2" enable-substitutions="true"')),
    'hit',
  ],
  A09: [
    document(
      p('n', '(hit)') + p('t', 't=(.*)'),
      m('EventName', 'n') + m('DeviceTime', 't', 'capture-group="1" ext-data="yyyy-MM-dd HH:mm:ss"'),
    ),
    'hit t=2026-01-02 03:04:05',
  ],
  A10: [
    document(
      p('n', '(hit)') + p('t', 't=(.*)'),
      m('EventName', 'n') + m('DeviceTime', 't', 'capture-group="1" ext-data="dd MMM yyyy Z"'),
    ),
    'hit t=02 JAN 2026 +0000',
  ],
  A11: [
    document(
      p('n', '(hit)') + p('t', 't=(.*)'),
      m('EventName', 'n') + m('DeviceTime', 't', 'capture-group="1" ext-data="yy-MM-dd Z"'),
    ),
    'hit t=60-01-02 +0000',
  ],
  A12: [document(p('n', '(?<=n=)(hit)'), m('EventName', 'n')), 'n=hit'],
  A13: [
    document(
      p('n', '(hit)') + p('u', 'u=(\\w+)') + p('v', 'v=(\\w+)'),
      m('EventName', 'n') + m('UserName', 'u') + m('UserName', 'v'),
    ),
    'hit u=ann v=bob',
  ],
  A14: [document(p('n', '(hit)'), m('EventName', 'n') + m('AlertId', 'n')), 'hit'],
  A15: [
    document(
      p('n', '(hit)') + p('u', 'u=(\\w+)'),
      m('EventName', 'n') + m('UserName', 'u', 'capture-group="A\\B\\1" enable-substitutions="true"'),
    ),
    'hit u=ann',
  ],
  A16: [
    document(p('n', '(hit)') + p('u', '^(\\S+)'), m('EventName', 'n') + m('UserName', 'u')),
    '<13>Jan 18 11:07:53 host hit',
  ],
  D1: [
    document(
      p('n', '(hit)') + p('t', 't=(.*)'),
      m('EventName', 'n') + m('DeviceTime', 't', 'capture-group="1" ext-data="yyyy-MM-dd HH:mm:ss.SSSZ"'),
    ),
    'hit t=2026-01-02 03:04:05.5+0000',
  ],
  G1: [
    document(
      p('n', '(hit)') + p('l', '$1', 'type="GenericListKey"'),
      `${m('EventName', 'n')}<genericlist-matcher field="UserName" order="1" pattern-id="l" delimiter=","/>`,
    ),
    'hit,ann',
  ],
  J1: [document(j('n', '/"a"/"b"'), jm('EventName', 'n')), '{"a":"{\\"b\\":\\"hit\\"}"}'],
  J2: [document(j('n', '/"a"') + j('u', '/"u"'), jm('EventName', 'n') + jm('UserName', 'u')), '{"a":"hit","u":null}'],
  J3: [
    document(
      j('n', '{/"a"}-{/"b"}') + j('o', '/"a"'),
      jm('EventName', 'n', 'enable-substitutions="true"') + jm('EventName', 'o', '', 2),
    ),
    '{"a":"hit"}',
  ],
  J4: [
    document(j('n', '/"a"') + j('u', '/"u"'), jm('EventName', 'n') + jm('UserName', 'u')),
    '{"a":"hit","u":{"b": 1}}',
  ],
  J5: [document(j('n', '/"a"') + j('u', '/"u"'), jm('EventName', 'n') + jm('UserName', 'u')), '{"a":"hit","u":1.50}'],
  N1: [
    `<device-extension xmlns="event_parsing/device_extension">${p('n', '(hit)')}<match-group order="1">${m('EventName', 'n')}</match-group></device-extension>`,
    'hit',
  ],
}

describe('what IBM leaves open', () => {
  test.for(Object.keys(switches) as SwitchName[])('%s has two answers, and two results', (name) => {
    const [xml, payload] = doubts[name]
    const found = readings((ask) => JSON.stringify(run(xml, payload, ask)))
    expect(found.flatMap(({ answers }) => [...answers.keys()])).toContain(name)
    const one = run(xml, payload, (asked) => asked !== name)
    expect(JSON.stringify(one)).not.toBe(JSON.stringify(run(xml, payload)))
  })

  test('every combination of the questions that come up is tried once, presets first', () => {
    const found = readings((ask) => [ask('A01') && ask('A02'), ask('J2')].join())
    expect(found[0]?.answers).toEqual(
      new Map([
        ['A01', true],
        ['A02', true],
        ['J2', true],
      ]),
    )
    expect(
      found
        .map(({ answers }) => [...answers].map(([name, preset]) => `${name}${preset ? '+' : '-'}`).join(' '))
        .toSorted(),
    ).toEqual(['A01+ A02+ J2+', 'A01+ A02+ J2-', 'A01+ A02- J2+', 'A01+ A02- J2-', 'A01- J2+', 'A01- J2-'])
  })
})
