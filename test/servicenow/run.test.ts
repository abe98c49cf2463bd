import { expect, test } from 'vitest'
import { alert, lines, nativeId } from './alerts.ts'
import { Desk } from './site.ts'

test('alerts become tickets: one each, with the newest revision, evidence and the record attached', async () => {
  await using desk = await Desk.open()
  desk.site.write('in.ndjson', lines([alert({ number: 1 }), alert({ number: 2, severity: 'low' })]))
  expect(await desk.once()).toMatchObject({ status: 0 })
  const tickets = desk.tickets()
  expect(tickets.map((row) => row['short_description'])).toEqual(['Suspicious sign-in 1', 'Suspicious sign-in 2'])
  expect(tickets.map((row) => row['priority'])).toEqual(['1', '4'])
  expect(tickets[0]?.['description']).toContain(nativeId(1))
  expect(desk.notes(tickets[0]?.['sys_id'] ?? '').join('\n')).toContain('host1.contoso.com')
  expect(desk.instance.tables.rows('sys_attachment')).toHaveLength(2)
})
