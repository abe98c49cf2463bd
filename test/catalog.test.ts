import { checkCatalog, dictionaryOf, entityTables, logTypes } from '@siembridge/catalog'
import { createEngine, Output } from '@siembridge/engine'
import { currentLock, unkept, brokenPromises } from '@siembridge/engine/lock'
import { cefPlacements } from '@siembridge/engine/describe'
import { expect, test } from 'vitest'
import { samples } from './samples.ts'
import lock from '../packages/engine/src/slots.lock.json' with { type: 'json' }

test('the catalog has no wrong definition', () => {
  expect(checkCatalog(logTypes, entityTables)).toEqual([])
})

test('the checker refuses a wrong definition', () => {
  const [first] = logTypes
  if (!first) throw new Error('no log type')
  const wrong = {
    ...first,
    id: 'Wrong_Id',
    fields: {
      ...first.fields,
      'no.such.field': 'a',
      'event.action': ['no-such-operation', 'a'] as const,
      'event.code': 'a[',
      'related.ip': 'b',
    },
  }
  const problems = checkCatalog([wrong], entityTables)
    .map((p) => p.problem)
    .join('\n')
  expect(problems).toMatch(/kebab case/)
  expect(problems).toMatch(/"no.such.field" is in no dictionary/)
  expect(problems).toMatch(/no operation "no-such-operation"/)
  expect(problems).toMatch(/a key is missing/)
  expect(problems).toMatch(/derived by the dictionary/)
})

test('the checker demands a rank where two shapes could claim one record', () => {
  const [first] = logTypes
  if (!first) throw new Error('no log type')
  const twin = { ...first, id: 'twin.type', dictionary: {} }
  expect(
    checkCatalog([first, twin], entityTables)
      .map((p) => p.problem)
      .join('\n'),
  ).toMatch(/give one of them another rank/)
})

const engine = await createEngine({ to: 'ecs', now: () => 0 })
const known = new Set(dictionaryOf(logTypes).keys())

function eventsOf(bytes: Buffer): Record<string, unknown>[] {
  const out = new Output()
  engine.record(bytes, out)
  return out
    .take()
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

/** Names of the dictionary that a nested event has a value for. */
function fieldsIn(value: unknown, path = ''): string[] {
  if (known.has(path)) return [path]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).flatMap(([key, member]) => fieldsIn(member, path === '' ? key : `${path}.${key}`))
}

test.for(logTypes.map((type) => [type.id, type] as const))(
  '%s: every catalogued field is exercised by a sample, in samples of every shape',
  ([id, type]) => {
    const events = samples.filter((s) => s.type === id).flatMap((s) => eventsOf(s.bytes))
    const seen = new Set(events.flatMap((event) => fieldsIn(event)))
    const wanted = [
      ...Object.keys(type.fields),
      ...Object.values(type.shapes).flatMap((shape) => Object.keys(shape.fields ?? {})),
    ]
    expect(wanted.filter((field) => !seen.has(field))).toEqual([])
    const shapes = new Set(events.map((event) => (event['siembridge'] as { shape: string }).shape))
    expect(Object.keys(type.shapes).filter((shape) => !shapes.has(shape))).toEqual([])
  },
)

test('the lock file of slots holds all that is allotted (npm run golden adds to it)', () => {
  expect(currentLock()).toEqual(lock)
})

test('the catalog keeps what the lock file promises', () => {
  expect(unkept()).toEqual([])
})

test('a slot that changes, a signature or key that goes, is told', () => {
  const id = 'entra.sign-in'
  const type = lock[id]
  const broken = {
    ...lock,
    [id]: { ...type, cef: { ...type.cef, cs1: 'event.kind' }, signatures: [], flat: [], sourcetypes: {} },
  }
  const told = brokenPromises(lock, broken).join('\n')
  expect(told).toMatch(/cs1 was/)
  expect(told).toMatch(/signature id/)
  expect(told).toMatch(/flat key/)
  expect(told).toMatch(/sourcetype/)
  expect(brokenPromises(lock, lock)).toEqual([])
})

test('every field of the dictionary has a place in CEF, or a reason why not', () => {
  for (const { field, cef } of cefPlacements()) expect(cef, field).toMatch(/^[A-Za-z0-9]+( \(.+\))?$|^slot$|^- .{10,}/)
})
