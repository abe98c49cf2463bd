import { serviceNowTarget } from '@siembridge/servicenow'
import { describe, expect, test } from 'vitest'
import { alert, lines } from './alerts.ts'
import { Bench } from './bench.ts'
import { Desk, environment, until } from './site.ts'

const rule = (more: Readonly<Record<string, unknown>>) => ({ rules: [{ name: 'alerts', ...more }] })

describe('bad input', () => {
  test('a mapped field that does not exist: the pre-flight names it; at run time the ticket is made, and it is told what was not kept', async () => {
    await using bench = await Bench.open(rule({ fields: { u_alert_id: '{{native}}' } }))
    const bad = (await bench.check()).filter(({ is }) => is === 'bad')
    expect(bad).toMatchObject([{ subject: 'rule alerts: field u_alert_id' }])
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    await agent.send([alert({ number: 1, revision: 1, comments: ['x'] })])
    expect(bench.tickets()).toHaveLength(1)
    expect(
      (await bench.journal()).filter(
        (entry) => entry.is === 'remark' && entry.says.includes('u_alert_id was not kept'),
      ),
    ).toHaveLength(1)
  })

  test('a choice that does not exist: the pre-flight names it and the choices; the ticket is made all the same', async () => {
    await using bench = await Bench.open(rule({ fields: { category: 'securty' } }))
    expect((await bench.check()).filter(({ is }) => is === 'bad')).toMatchObject([
      { subject: 'rule alerts: field category', help: expect.stringContaining('security') as string },
    ])
    const agent = await bench.agent()
    await agent.send([alert({ number: 1 })])
    expect(bench.tickets()).toHaveLength(1)
  })

  test('a mandatory field that is empty: the event is refused with the name of the field, and waits in the dead letters', async () => {
    await using desk = await Desk.open()
    desk.instance.oddities.mandatory['incident'] = ['category']
    desk.site.write('in.ndjson', lines([alert({ number: 1 })]))
    await desk.once()
    expect(desk.tickets()).toHaveLength(0)
    const letters = await desk.site.run(['dead-letters', 'list'], environment)
    expect(letters.stdout).toContain('mandatory: category')
    desk.instance.oddities.mandatory = {}
    const agent = desk.site.start(['run'], environment)
    await agent.said('source ')
    const retried = await desk.site.run(['dead-letters', 'retry'], environment)
    expect(retried.stdout + retried.stderr).toContain('1')
    await until(() => desk.tickets().length === 1)
    await agent.end()
  })

  test('a user without itil: clear message with the mend, nothing lost, and everything is there once the role is given', async () => {
    const users = [{ name: 'bridge', password: 'open sesame', roles: ['snc_internal'] }]
    await using bench = await Bench.open({}, { users })
    const agent = await bench.agent()
    const receipt = await agent.try([alert({ number: 1 }), alert({ number: 2 })])
    expect(receipt).toMatchObject({
      all: 'retry',
      reason: expect.stringMatching(/security constraints.*role itil/) as string,
      afterMs: 60_000,
    })
    const { tables } = bench.instance
    const role = tables.put('sys_user_role', { name: 'itil' })
    const user = tables.rows('sys_user').find((row) => row['user_name'] === 'bridge')
    tables.put('sys_user_has_role', { user: user?.['sys_id'] ?? '', role: role['sys_id'] ?? '', state: 'active' })
    await agent.send([alert({ number: 1 }), alert({ number: 2 })])
    expect(bench.tickets()).toHaveLength(2)
  })

  test('a description of 40,000 characters: it is cut and says so, and the attachment has all of it', async () => {
    await using bench = await Bench.open({ attach: 'first' })
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, description: 'long '.repeat(8000) })])
    const { description = '' } = bench.ticket()
    expect(description.length).toBeLessThanOrEqual(4000)
    expect(description).toContain('cut here; the attached record has all of it')
    const [file] = bench.instance.tables.rows('sys_attachment')
    expect(file?.['content']).toContain('long '.repeat(8000))
    await agent.send([alert({ number: 1, description: 'long '.repeat(8000), revision: 1, comments: ['x'] })])
    expect('description' in (bench.instance.tables.writes.at(-1)?.fields ?? {})).toBe(false)
  })

  test('HTML in a title stays text, in fields of HTML too, and control characters and marks are gone', async () => {
    await using bench = await Bench.open(rule({ record: 'sn_si_incident', fields: { secure_notes: '{{rule.name}}' } }))
    const agent = await bench.agent()
    await agent.send([alert({ number: 1, title: '<img src=x onerror=alert(1)>\u0000 \u202etxt\r\nnext' })])
    expect(bench.ticket('sn_si_incident')).toMatchObject({
      short_description: '<img src=x onerror=alert(1)> txt next',
      secure_notes: '&lt;img src=x onerror=alert(1)&gt; txt<br/>next',
    })
  })

  test('a record that is no alert makes no ticket, and one without a title has one all the same', async () => {
    await using bench = await Bench.open()
    const agent = await bench.agent()
    const record = JSON.parse(alert({ number: 1 })) as Record<string, unknown>
    delete record['title']
    await agent.send([
      JSON.stringify(record),
      '{"id":"x","userPrincipalName":"a@contoso.com","createdDateTime":"2026-03-02T08:00:00Z","appId":"x","ipAddress":"192.0.2.1","status":{"errorCode":0}}',
    ])
    expect(bench.ticket()['short_description']).not.toBe('')
  })

  test('an instance that errs for long: the bridge waits longer and longer, and makes no loop', async () => {
    await using desk = await Desk.open({
      fault: ({ method }) => (method === 'POST' ? { kind: 'status', status: 500 } : undefined),
    })
    desk.site.write('in.ndjson', lines([alert({ number: 1 })]))
    const agent = desk.site.start(['run'], environment)
    await until(() => desk.instance.requests.filter(({ method }) => method === 'POST').length >= 2)
    expect(await agent.end()).toBe(0)
    expect(desk.tickets()).toHaveLength(0)
    expect(desk.instance.requests.length).toBeLessThan(40)
  })

  test.each([
    'https://contoso.service-now.com/nav_to.do?uri=incident',
    'https://contoso.service-now.com/api/now',
    'https://bridge:x@contoso.service-now.com',
    'contoso.service-now.com',
  ])('an instance is a host and nothing else: %s is refused before anything is sent there', (url) => {
    const options = { url, auth: { method: 'certificate' }, cert: 'env:C', key: 'env:K' }
    const wrong = serviceNowTarget.options.safeParse(options)
    expect(wrong.success ? [] : wrong.error.issues.map(({ path }) => path.join('.'))).toEqual(['url'])
    const right = serviceNowTarget.options.parse({ ...options, url: 'https://contoso.service-now.com//#' })
    expect(right.url).toBe('https://contoso.service-now.com')
  })

  test('what nobody can write to is told at once: templates and filters in the configuration file, with their line', async () => {
    await using desk = await Desk.open(
      {},
      `rules:\n  - name: a b c\n    when: 'rule.nam == "x"'\n    fields: { short_description: '{{hostt.name}}', correlation_id: x }`,
    )
    const { status, stderr } = await desk.site.run(['check', '--no-network'], environment)
    expect(status).toBe(78)
    expect(stderr).toContain('hostt.name')
    expect(stderr).toContain('rule.nam')
    expect(stderr).toMatch(/siembridge\.yaml:\d+:\d+/)
  })
})
