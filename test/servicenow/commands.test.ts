import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isElement, readXml, type XmlElement, xmlElementsOf, xmlTextOf } from '@siembridge/formats/xml'
import type { SimulatedServiceNow } from '@siembridge/simulator/servicenow'
import { expect, test } from 'vitest'
import { alert, lines, nativeId } from './alerts.ts'
import { Desk, environment, until } from './site.ts'

const rules = `rules:\n  - name: alerts\n    fields: { category: security, assignment_group: 'Security Operations' }`

test('`tickets dry-run` prints tickets as a person would see them, and writes nothing', async () => {
  await using desk = await Desk.open({}, rules)
  desk.site.write('records.ndjson', lines([alert({ number: 1, severity: 'medium' })]))
  const offline = await desk.site.run(['tickets', 'dry-run', '--no-network', 'records.ndjson'], environment)
  expect(offline).toMatchObject({ status: 0 })
  expect(offline.stdout).toContain('short_description:    Suspicious sign-in 1')
  expect(offline.stdout).toMatch(/priority: +3 - Moderate/)
  expect(offline.stdout).toMatch(/assignment_group: +Security Operations/)
  expect(offline.stdout).toContain('host1.contoso.com')
  expect(desk.instance.requests).toHaveLength(0)
  const asked = await desk.site.run(['tickets', 'dry-run', 'records.ndjson', '--json'], environment)
  const ticket = JSON.parse(asked.stdout) as { fields: Record<string, string>; attachments: string[] }
  const group = desk.instance.tables.rows('sys_user_group').find((row) => row['name'] === 'Security Operations')
  expect(ticket.fields['assignment_group']).toBe(group?.['sys_id'])
  expect(ticket.attachments).toHaveLength(1)
  expect(desk.instance.tables.writes).toHaveLength(0)
})

test('`tickets list` and `tickets journal` find a ticket by the id of its alert, and say why each write was made', async () => {
  await using desk = await Desk.open({}, rules)
  desk.site.write(
    'in.ndjson',
    lines([alert({ number: 1 }), alert({ number: 2 }), alert({ number: 1, revision: 1, severity: 'low' })]),
  )
  expect(await desk.once()).toMatchObject({ status: 0 })
  const found = await desk.site.run(['tickets', 'list', '--find', nativeId(2)], environment)
  expect(found.stdout).toContain(nativeId(2))
  expect(found.stdout).not.toContain(nativeId(1))
  expect(await desk.site.run(['tickets', 'list', '--find', 'nothing'], environment)).toMatchObject({ status: 1 })
  const journal = await desk.site.run(['tickets', 'journal', '--find', nativeId(2)], environment)
  expect(journal.stdout).toMatch(/create incident sb1:\S+ \(write \S+\) because of /)
  expect(journal.stdout).toMatch(/done INC\d+/)
})

test('`status` shows how the tickets fare, and `send-test` makes none', async () => {
  await using desk = await Desk.open({}, `read_every: 100ms\n${rules}`)
  desk.site.write('in.ndjson', lines([alert({ number: 1 })]))
  const agent = desk.site.start(['run'], environment)
  await until(() => desk.tickets().length === 1)
  const [row] = desk.tickets()
  desk.instance.tables.edit('incident', row?.['sys_id'] ?? '', { state: '2' }, 'fred', Date.now())
  let status = ''
  await until(
    async () => (status = (await desk.site.run(['status'], environment)).stdout).includes('1 in-progress; read back'),
    () => status,
  )
  const tested = await desk.site.run(['send-test'], environment)
  expect(tested).toMatchObject({ status: 0, stdout: expect.stringContaining('no test ticket is made') as string })
  expect(desk.tickets()).toHaveLength(1)
  expect(await agent.end()).toBe(0)
})

test('the example of docs/servicenow.md is a valid configuration', async () => {
  const page = readFileSync(new URL('../../docs/servicenow.md', import.meta.url), 'utf8')
  const example = /````yaml\n([^]*?)\n````/.exec(page)?.[1] ?? ''
  await using desk = await Desk.open()
  desk.site.write('docs.yaml', `sources: [{ name: graph, kind: file, paths: in*.ndjson }]\n${example}\nhttp: off\n`)
  const { status, stdout, stderr } = await desk.site.run(
    ['check', '--no-network', '--config', 'docs.yaml'],
    environment,
  )
  expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' })
})

/** What committing an update set does, as far as the bridge's own goes. */
function commit({ tables }: SimulatedServiceNow, xml: string): number {
  const document = rootOf(xml)
  const updates = xmlElementsOf(document).filter(({ name }) => name === 'sys_update_xml')
  for (const update of updates) {
    const payload = xmlElementsOf(update).find(({ name }) => name === 'payload')
    const [record] = payload ? xmlElementsOf(rootOf(xmlTextOf(payload))) : []
    if (record)
      tables.put(record.name, Object.fromEntries(xmlElementsOf(record).map((one) => [one.name, xmlTextOf(one)])))
  }
  return updates.length
}

function rootOf(xml: string): XmlElement {
  const read = readXml(xml)
  if (!('children' in read) || !isElement(read)) throw new Error(JSON.stringify(read))
  return read
}

test('`generate servicenow` makes an update set with which an import set works, and the pre-flight finds nothing', async () => {
  await using desk = await Desk.open({}, `api: import-set\n${rules}`)
  const before = await desk.site.run(['check'], environment)
  expect(before).toMatchObject({ status: 1, stdout: expect.stringContaining('transform map') as string })
  const made = await desk.site.run(['generate', 'servicenow', '--out', 'set'], environment)
  expect(made).toMatchObject({ status: 0 })
  expect(commit(desk.instance, readFileSync(join(desk.site.path, 'set', 'update-set.xml'), 'utf8'))).toBeGreaterThan(20)
  expect(await desk.site.run(['check'], environment)).toMatchObject({ status: 0 })
  desk.site.write('in.ndjson', lines([alert({ number: 1 }), alert({ number: 2 })]))
  expect(await desk.once()).toMatchObject({ status: 0 })
  desk.site.append('in.ndjson', lines([alert({ number: 1, revision: 1, severity: 'low' })]))
  expect(await desk.once()).toMatchObject({ status: 0 })
  expect(desk.tickets().map((row) => [row['impact'], row['category']])).toEqual([
    ['3', 'security'],
    ['1', 'security'],
  ])
  expect(desk.instance.requests.some(({ path }) => path === '/api/now/import/u_siembridge_ticket')).toBe(true)
})

test('trap: every map of a staging table runs for every row: with incidents and security incidents each alert has one ticket', async () => {
  const two = `api: import-set
rules:
  - name: security
    when: 'severity >= high'
    record: sn_si_incident
  - name: rest
    fields: { comments: '{{message}}' }`
  await using desk = await Desk.open({}, two)
  expect(await desk.site.run(['generate', 'servicenow', '--out', 'set'], environment)).toMatchObject({ status: 0 })
  const set = readFileSync(join(desk.site.path, 'set', 'update-set.xml'), 'utf8')
  commit(desk.instance, set)
  expect(await desk.site.run(['check'], environment)).toMatchObject({ status: 0 })
  desk.site.write('in.ndjson', lines([alert({ number: 1 }), alert({ number: 2, severity: 'low' })]))
  expect(await desk.once()).toMatchObject({ status: 0 })
  expect([desk.tickets('sn_si_incident').length, desk.tickets().length]).toEqual([1, 1])
  // Closed by people: the ticket that takes its place points to it, by way of the import set too.
  const [row] = desk.tickets()
  desk.instance.tables.edit('incident', row?.['sys_id'] ?? '', { state: '7' }, 'fred', Date.now())
  desk.site.append(
    'in.ndjson',
    lines([alert({ number: 2, revision: 5_000_000, severity: 'low', status: 'inProgress' })]),
  )
  expect(await desk.once()).toMatchObject({ status: 0 })
  expect(desk.tickets()[1]).toMatchObject({ parent_incident: row?.['sys_id'] })
  const column = desk.instance.tables.rows('sys_dictionary').find((one) => one['element'] === 'u_comments')
  expect(column?.['max_length']).toBe('4000')
})
