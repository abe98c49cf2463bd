// Extensions over Microsoft's records as they are: what the report says can be told, is told.
import { logTypes } from '@siembridge/catalog'
import { inspect } from '@siembridge/engine/inspect'
import { qradarKit } from '@siembridge/qradar'
import { Compiled, evaluate, type Lsx, type LsxEvent, presets, readLsx } from '@siembridge/qradar/evaluate'
import { expect, test } from 'vitest'
import { samples } from '../samples.ts'

const { files } = qradarKit.generate(
  logTypes.map(({ id }) => id),
  {},
)
const folder = 'lsx-raw/'
const extensions = new Map(
  files.flatMap(({ path, content }): [string, Lsx][] => {
    const lsx = path.startsWith(folder) && path.endsWith('.lsx.xml') ? readLsx(path, String(content)).lsx : undefined
    return lsx ? [[path.slice(folder.length, -'.lsx.xml'.length), lsx]] : []
  }),
)
const report = String(files.find(({ path }) => path === `${folder}report.md`)?.content)

const setting = { lookUp: () => undefined, collector: { now: Date.UTC(2026, 0, 1), zone: 0 } }

const compared = samples.flatMap(({ type, name, bytes }) => {
  const inspected = inspect(bytes)
  const view = inspected?.views[0]
  const lsx = inspected && extensions.get(`${type}.${inspected.candidate.name}`)
  if (!view || !lsx) return []
  const event: LsxEvent = evaluate(lsx, new Compiled(), `<134>Jun 15 00:00:00 h ${inspected.text}`, setting, presets)
  return [{ name: `${type}/${name}`, view, event }]
})

test('the event id is that of the catalog, or the source’s own where the catalog does not list it', () => {
  expect(compared.length).toBeGreaterThan(100)
  const other = compared.filter(({ view, event }) => event.fields.EventName !== view.signature.id)
  const wrong = other.filter(
    ({ view, event }) =>
      view.signature.id !== view.type && event.fields.EventName?.toLowerCase() !== view.signature.id.toLowerCase(),
  )
  // Members in another case: keypaths are exact.
  expect(wrong.map(({ name }) => name).filter((name) => !/lower-case|as-text|pseudo-json|renamed/.test(name))).toEqual(
    [],
  )
})

test('the time is that of the catalog wherever the record writes it in ISO 8601 with three digits or more', () => {
  const late = compared.filter(({ view, event }) => event.time !== Date.parse(`${view.time?.slice(0, 23)}Z`))
  // Numbers of seconds or milliseconds, a fraction of one digit, and a member in another case.
  expect(late.map(({ name }) => name)).toEqual([
    'azure.resource-log/envelope-pseudo-json',
    'mdca.activity/agent-delete-object',
    'mdca.activity/agent-unknown-ipv6',
    'mdca.alert/agent-policy-match',
    'mdca.alert/agent-unknown',
    'mde.alert/siem-unknown',
    'o365.exchange-admin/activity-lower-case',
  ])
})

test('the report has a section for every shape, with what is lost', () => {
  for (const { id, shapes } of logTypes)
    for (const shape of Object.keys(shapes)) expect(report).toContain(`## ${id}, ${shape}\n`)
  expect(report).toContain('keypaths cannot search a list')
  expect(report.match(/No extension: /g)?.length).toBe(
    logTypes.flatMap(({ shapes }) => Object.keys(shapes)).length - extensions.size,
  )
})
