import { describe, expect, test } from 'vitest'
import { alert, nativeId } from './alerts.ts'
import { Bench } from './bench.ts'

const rule = (more: Readonly<Record<string, unknown>>) => ({ rules: [{ name: 'alerts', ...more }] })

describe('fields', () => {
  test('trap: short_description holds 160 characters: it is cut between code points', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, title: `${'a'.repeat(156)}\u{1F600}\u{1F600}\u{1F600}` })])
    const { short_description: title = '' } = bench.ticket()
    expect(title).toBe(`${'a'.repeat(156)}...`)
  })

  test('trap: a name that ServiceNow does not know would be dropped without a word: the ticket says so', async () => {
    await using bench = await Bench.open(rule({ fields: { caller_id: '{{user.name}}' } }))
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    expect(bench.ticket()['caller_id'] ?? '').toBe('')
    expect(bench.notes(bench.ticket()['sys_id'] ?? '').join('\n')).toContain('caller_id stays empty')
  })

  test('trap: names become sys_ids, of records that are active alone', async () => {
    await using bench = await Bench.open(rule({ fields: { assignment_group: 'Service Desk' } }))
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    const group = bench.instance.tables.rows('sys_user_group').find((row) => row['name'] === 'Service Desk')
    expect(bench.ticket()['assignment_group']).toBe(group?.['sys_id'])
  })

  test('trap: a subcategory whose value holds a comma is one value', async () => {
    await using bench = await Bench.open(rule({ fields: { category: 'security', subcategory: 'phishing, spam' } }))
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    expect(bench.ticket()['subcategory']).toBe('phishing, spam')
  })

  test('trap: one missing value among several empties nothing else', async () => {
    await using bench = await Bench.open(
      rule({ fields: { close_notes: 'host {{host.name}}, process {{process.name}}, user {{user.name}}' } }),
    )
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    expect(bench.ticket()['close_notes']).toBe('host host1.contoso.com, process , user user1@contoso.com')
  })

  test('trap: priority is worked out by the instance: it is never written', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, severity: 'medium' })])
    expect(bench.ticket()['priority']).toBe('3')
    expect(bench.instance.tables.writes.some(({ fields }) => 'priority' in fields)).toBe(false)
  })

  test('trap: close codes differ from release to release: the one that the instance has is taken', async () => {
    await using bench = await Bench.open()
    for (const row of bench.instance.tables
      .rows('sys_choice')
      .filter((one) => one['element'] === 'close_code' && one['name'] === 'incident'))
      bench.instance.tables.put('sys_choice', {
        ...row,
        value: row['value'] === 'Solution provided' ? 'Solved (Permanently)' : `x ${row['value'] ?? ''}`,
      })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    await agent.send([alert({ number: 1, revision: 1, status: 'resolved', classification: 'truePositive' })])
    expect(bench.ticket()).toMatchObject({ state: '6', close_code: 'Solved (Permanently)' })
  })

  test('trap: closing takes itil_admin: tickets are resolved (6), and the instance closes them', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    await agent.send([alert({ number: 1, revision: 1, status: 'resolved' })])
    expect(
      bench.instance.tables.writes.map(({ fields }) => fields['state']).filter((state) => state !== undefined),
    ).toEqual(['6'])
  })

  test('trap: choices of a table take the place of those that it would inherit', async () => {
    await using bench = await Bench.open(rule({ fields: { contact_type: 'email' } }))
    bench.instance.tables.put('sys_choice', {
      name: 'incident',
      element: 'contact_type',
      value: 'siem',
      label: 'SIEM',
      dependent_value: '',
      inactive: 'false',
      language: 'en',
    })
    const bad = (await bench.check()).filter(({ is }) => is === 'bad')
    expect(bad).toMatchObject([{ subject: 'rule alerts: field contact_type', help: 'Write one of: siem.' }])
  })

  test('trap: journal fields read empty: notes are read as display values, and none is written twice', async () => {
    let spoil = false
    const fault = ({ method }: { method: string }) => {
      if (!spoil || method !== 'PATCH') return undefined
      spoil = false
      return { kind: 'cut-after', answer: 'none' } as const
    }
    await using bench = await Bench.open({}, { fault })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    spoil = true
    await agent.send([alert({ number: 1, revision: 1, comments: ['looked at'] })])
    const notes = bench.notes(bench.ticket()['sys_id'] ?? '').filter((note) => note.includes('Microsoft updated'))
    expect(notes).toHaveLength(1)
  })

  test('trap: [code] makes HTML of a note: what an alert says stays text', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, host: '[code]<script>alert(1)</script>[/code]' })])
    const notes = bench.notes(bench.ticket()['sys_id'] ?? '').join('\n')
    expect(notes).toContain('[ code]<script>')
    expect(notes).not.toMatch(/\[\/?code\]/i)
  })
})

describe('attachments', () => {
  test('trap: an attachment has no key: the hash in its name keeps it from being attached twice', async () => {
    let spoil = true
    const fault = ({ method, path }: { method: string; path: string }) => {
      if (!spoil || method !== 'POST' || !path.includes('/attachment/')) return undefined
      spoil = false
      return { kind: 'cut-after', answer: 'none' } as const
    }
    await using bench = await Bench.open({ attach: 'each' }, { fault })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    await agent.send([alert({ number: 1, revision: 1, comments: ['x'] })])
    const files = bench.instance.tables.rows('sys_attachment').map((row) => row['file_name'] ?? '')
    expect(files).toHaveLength(2)
    expect(new Set(files).size).toBe(2)
    expect(files.every((name) => /^alert-[0-9a-f]{12}\.json$/.test(name))).toBe(true)
    const [first] = bench.instance.tables.rows('sys_attachment')
    expect(JSON.parse(first?.['content'] ?? '')).toMatchObject({ id: nativeId(1) })
  })

  test('trap: an attachment that is refused (locked after closure, type not allowed) costs no ticket and makes no loop', async () => {
    await using bench = await Bench.open({ attach: 'first' })
    bench.instance.oddities.refusesAttachments = true
    const agent = await bench.agent()
    expect(await agent.try([alert({ number: 1 })])).toMatchObject({ all: 'delivered' })
    expect((await bench.journal()).some((entry) => entry.is === 'remark' && entry.says.includes('not attached'))).toBe(
      true,
    )
  })
})
