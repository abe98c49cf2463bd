import { createEngine, Output } from '@siembridge/engine'
import { isProblem, readHec } from '@siembridge/formats'
import {
  dashboardViews,
  declaredDashboards,
  eventFieldsRead,
  fieldsRead,
  healthPanels,
  logLine,
  statusLookup,
  type Subject,
  subjectFields,
  subjects,
  subjectSourcetypes,
} from '@siembridge/splunk/dashboards'
import { loadKnowledge, searchTime } from '@siembridge/splunk/knowledge'
import { describe, expect, test } from 'vitest'
import { collections } from '../../apps/splunk-addon/src/about.ts'
import type { StreamRecord } from '../../apps/splunk-addon/src/status/record.ts'
import { splunkdLine } from '../../apps/splunk-addon/src/input/log.ts'
import { samples } from '../samples.ts'
import { generated } from './golden.ts'

const knowledge = loadKnowledge(
  generated.map(({ path, content }) => ({
    path: path.slice(path.indexOf('/') + 1),
    content: Buffer.from(content),
  })),
)
/** Under sourcetypes of others, Splunk extracts the JSON and nothing of ours is there. */
const plain = (sourcetype: string) => ({
  ...knowledge,
  sourcetypes: new Map([[sourcetype, { kvMode: 'json', aliases: [], evals: [], lookups: [] }]]),
})

type Fields = ReadonlyMap<string, readonly string[]>

/** Fields that a search finds in every sample, by sourcetype, in both forms in which inputs send it. */
const found = new Map<string, readonly Fields[]>()
for (const to of ['hec', 'hec-flat'] as const) {
  const engine = await createEngine({ to })
  for (const { bytes } of samples) {
    const out = new Output()
    engine.record(bytes, out)
    const read = readHec(out.take().toString('utf8'))
    if (isProblem(read)) throw new Error(read.problem)
    for (const { sourcetype = '', event } of read) {
      const objects = knowledge.sourcetypes.has(sourcetype) ? knowledge : plain(sourcetype)
      const { fields } = searchTime({ raw: JSON.stringify(event), sourcetype }, objects as typeof knowledge)
      found.set(sourcetype, [...(found.get(sourcetype) ?? []), fields])
    }
  }
}

const eventsOf = (sourcetypes: readonly string[]): readonly Fields[] =>
  sourcetypes.flatMap((sourcetype) => found.get(sourcetype) ?? [])

describe.each(subjects)('macro $macro', (subject: Subject) => {
  const own = subjectSourcetypes(subject).filter((name) => name.startsWith('siembridge:'))

  test('every field of events that it reads is there in a sample of its sourcetypes', () => {
    const there = new Set(eventsOf(subjectSourcetypes(subject)).flatMap((fields) => [...fields.keys()]))
    expect([...eventFieldsRead(subject)].filter((name) => !there.has(name))).toEqual([])
  })

  test.for([
    ['our own', own],
    ['compatible', subject.compatible],
  ] as const)('every field of the dashboards has a value under %s sourcetypes', ([, sourcetypes]) => {
    const names = new Set(eventsOf(sourcetypes).flatMap((fields) => [...subjectFields(subject, fields).keys()]))
    expect([...names].toSorted()).toEqual(Object.keys(subject.fields).toSorted())
  })

  test('every sourcetype of it has samples', () => {
    expect(subjectSourcetypes(subject).filter((name) => eventsOf([name]).length === 0)).toEqual([])
  })
})

test('a sign-in says the same under both sourcetypes', () => {
  const [, signIns] = subjects
  const valuesOf = (sourcetype: string, field: string): readonly string[] =>
    [
      ...new Set(
        eventsOf([sourcetype]).flatMap((fields) => subjectFields(signIns as Subject, fields).get(field) ?? []),
      ),
    ].toSorted()
  const both = valuesOf('azure:aad:signin', 'user').filter((user) =>
    valuesOf('siembridge:entra:sign-in', 'user').includes(user),
  )
  expect(both.length).toBeGreaterThan(0)
  expect(valuesOf('azure:aad:signin', 'outcome')).toEqual(expect.arrayContaining(['failure', 'success']))
  expect(valuesOf('siembridge:entra:sign-in', 'outcome')).toEqual(expect.arrayContaining(['failure', 'success']))
})

test('panels read only fields that their macro gives', () => {
  for (const { panels } of declaredDashboards)
    for (const panel of panels)
      expect(fieldsRead(panel).filter((name) => !Object.hasOwn(panel.subject.fields, name))).toEqual([])
})

describe('the log line', () => {
  const inSplunkd = (line: string): string =>
    `11-29-2026 10:00:00.000 +0000 ERROR ExecProcessor [1 ExecProcessor] - message from "/opt/splunk/etc/apps/siembridge_ms/bin/siembridge_alerts.sh" ${line.replace(/^[A-Z]+ /, '')}`
  const line = new RegExp(logLine)

  test.for([
    [
      'siembridge_alerts://prod: the KV store answers again',
      { input: 'siembridge_alerts://prod', says: 'the KV store answers again' },
    ],
    [
      'siembridge_entra_id://prod sign-ins.interactive: Microsoft refuses: Authorization_RequestDenied',
      {
        input: 'siembridge_entra_id://prod',
        stream: 'sign-ins.interactive',
        says: 'Microsoft refuses: Authorization_RequestDenied',
      },
    ],
  ] as const)('%s is taken apart', ([text, parts]) => {
    expect({ ...line.exec(inSplunkd(splunkdLine('error', text)))?.groups }).toEqual(expect.objectContaining(parts))
  })

  test('names every field that the panels of health read', () => {
    const groups = [...logLine.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name)
    for (const { reads, from } of healthPanels)
      if (from === undefined) for (const name of reads) expect(groups).toContain(name)
  })
})

test('what inputs say of their streams has every field that is read of it', () => {
  const record = {
    stream: 'alerts',
    state: 'throttled',
    collectedToMs: 1,
    received: 1,
    throttled: { times: 1, lastMs: 1 },
    error: { code: 'GraphForbidden', message: 'no permission' },
  } as const satisfies StreamRecord
  const has = (name: string): boolean =>
    name.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], record) !==
    undefined
  for (const { reads, from } of healthPanels)
    if (from === 'status') expect(reads.filter((name) => !has(name))).toEqual([])
  expect(statusLookup.settings).toContainEqual(['collection', collections.status])
})

test('panels fill a grid of 1200 without lying on one another', () => {
  for (const { definition } of dashboardViews) {
    const boxes = definition.layout.structure.map(({ position }) => position)
    for (const [at, { x, y, w, h }] of boxes.entries()) {
      expect(x + w).toBeLessThanOrEqual(1200)
      for (const other of boxes.slice(at + 1))
        expect(x + w <= other.x || other.x + other.w <= x || y + h <= other.y || other.y + other.h <= y).toBe(true)
    }
  }
})
