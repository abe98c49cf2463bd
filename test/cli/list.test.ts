import { entityTables, logTypes } from '@siembridge/catalog'
import { expect, test } from 'vitest'
import { lines, siembridge } from './run.ts'

const whats = ['log-types', 'fields', 'formats', 'entities', 'sources', 'targets'] as const

async function rows(...args: string[]): Promise<Record<string, unknown>[]> {
  const { status, stdout, stderr } = await siembridge(['list', ...args, '--json'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout) as Record<string, unknown>[]
}

test.for(whats)('%s: a table for people, and the same rows as JSON', async (what) => {
  const { status, stdout } = await siembridge(['list', what])
  const [head = '', ...body] = lines(stdout)
  const json = await rows(what)
  expect(status).toBe(0)
  expect(json.length).toBeGreaterThan(1)
  expect(body).toHaveLength(json.length)
  expect(head.trim().split(/ {2,}/)).toEqual(Object.keys(json[0] ?? {}))
})

test('log types: every type of the catalog in every shape', async () => {
  const listed = new Set((await rows('log-types')).map((row) => Object.values(row)[0]))
  expect([...listed].toSorted()).toEqual(logTypes.map((t) => t.id).toSorted())
})

test('entities: every kind of every table', async () => {
  expect(await rows('entities')).toHaveLength(entityTables.reduce((sum, t) => sum + Object.keys(t.kinds).length, 0))
})

test('fields of one log type, with where each goes', async () => {
  const all = await rows('fields')
  const some = await rows('fields', '--type', 'entra.sign-in')
  expect(some.length).toBeGreaterThan(20)
  expect(some.length).toBeLessThan(all.length)
  expect(JSON.stringify(some)).toContain('suser')
})

test('a type or a thing that does not exist is refused', async () => {
  const { status, stderr } = await siembridge(['list', 'fields', '--type', 'no.such'])
  expect(status).toBe(2)
  expect(stderr).toContain('there is no log type "no.such"')
  expect((await siembridge(['list', 'nothing'])).status).toBe(2)
})
