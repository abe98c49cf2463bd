import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OlderSplunk } from '../../testing/older-splunk.ts'
import { timeOf } from './checkpoint.ts'
import { type Choice, type InputMove, type Migration, olderAddOns, propose, readOlder } from './index.ts'
import { stateTag } from './names.ts'

const now = Date.parse('2026-03-10T12:00:00Z')
const tenant = '6f1d3a52-9c04-4b7e-8e21-5a0c7d9b4e10'
const client = '00000000-0000-4000-8000-000000000001'
const secret = 'simulated-client-secret'

/** With the Splunk Add-on for Microsoft Azure and one account of it. */
const azure = (): OlderSplunk =>
  new OlderSplunk().account('TA-MS-AAD', 'ta_ms_aad_account', 'contoso', { username: client }, secret)
const common = { azure_app_account: 'contoso', tenant_id: tenant, environment: 'public', index: 'security' }
const signIns = (splunk: OlderSplunk, name = 'signins', more: Readonly<Record<string, string>> = {}): OlderSplunk =>
  splunk.input('TA-MS-AAD', `MS_AAD_signins://${name}`, { ...common, ...more })
const checkpoints = (splunk: OlderSplunk, rows: Readonly<Record<string, string>>): OlderSplunk => {
  const documents = Object.entries(rows).map(([_key, time]) => ({ _key, state: JSON.stringify(time) }))
  splunk.rows.set('TA-MS-AAD/TA_MS_AAD_checkpointer', documents)
  return splunk
}

const proposed = async (splunk: OlderSplunk, choices: Readonly<Record<string, Choice>> = {}): Promise<Migration> =>
  propose(await readOlder(splunk.ask, now), choices)
const movesOf = ({ addOns }: Migration): readonly InputMove[] => addOns.flatMap(({ moves }) => moves)
const startsOf = (migration: Migration): readonly string[] =>
  movesOf(migration).flatMap(({ becomes }) => becomes.map(({ position }) => position.start))

test('every kind of input of an older add-on is taken over or says why it stays', () => {
  const silent = olderAddOns.flatMap(({ kinds }) =>
    kinds.filter(({ moves, stays }) => moves.length === 0 && stays === undefined).map(({ scheme }) => scheme),
  )
  expect(silent).toEqual([])
  const schemes = olderAddOns.flatMap(({ kinds }) => kinds.map(({ scheme }) => scheme))
  expect(new Set(schemes).size).toBe(schemes.length)
})

test('a Splunk without older add-ons gets no proposal, and is asked for nothing of theirs', async () => {
  const splunk = new OlderSplunk().input('search', 'monitor:///var/log', {})
  const migration = await proposed(splunk)
  expect(migration.addOns).toEqual([])
  expect(migration.notFound).toHaveLength(olderAddOns.length)
  expect(splunk.changed).toEqual([])
})

describe('positions', () => {
  test.for([
    ['aad_signin_last_date_signins', '2026-03-10T10:00:00.1234567Z'],
    ['aad_signin_last_date_MS_AAD_signins://signins', '2026-03-10T10:00:00.123456Z'],
  ] as const)('are an hour before the checkpoint under %s', async ([key, time]) => {
    const [move] = movesOf(await proposed(checkpoints(signIns(azure()), { [key]: time })))
    expect(move?.becomes).toMatchObject([
      {
        scheme: 'siembridge_entra_id',
        name: 'signins',
        settings: { account: 'contoso', streams: 'sign-ins.interactive', index: 'security', sourcetypes: 'compatible' },
        position: { from: 'checkpoint', at: '2026-03-10T10:00:00.123Z', start: '2026-03-10T09:00:00.123Z' },
      },
    ])
    expect(move?.becomes[0]?.position.says).toContain('comes twice')
  })

  test('are never behind what the older input has', () => {
    const time = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(time, fc.integer({ min: 0, max: 9999 }), fc.constantFrom('T', ' '), (date, more, letter) => {
        const text = date
          .toISOString()
          .replace('T', letter)
          .replace('Z', `${String(more).padStart(4, '0')}Z`)
        expect(timeOf(text)).toBe(date.getTime())
      }),
    )
  })

  test.for(['', 'yesterday', '2026-13-40T99:00:00Z', '12', 42, null, undefined])('%j is no time', (value) => {
    expect(timeOf(value)).toBeUndefined()
  })

  test('rest on the newest event where there is no checkpoint', async () => {
    const splunk = signIns(azure())
    splunk.events = [
      { index: 'security', sourcetype: 'azure:aad:signin', source: 'a', last: '1773136800.5' },
      { index: 'other', sourcetype: 'azure:aad:signin', source: 'a', last: '1773140000' },
    ]
    const [move] = movesOf(await proposed(splunk))
    expect(move?.becomes[0]?.position).toMatchObject({ from: 'event', at: '2026-03-10T10:00:00.500Z' })
  })

  test('of several sourcetypes are those of the one that is behind, and never in the future', async () => {
    const app = 'Splunk_TA_MS_Security'
    const splunk = new OlderSplunk()
      .account(app, 'splunk_ta_ms_security_account', 'contoso', { username: client }, secret)
      .input(app, 'microsoft_365_defender_endpoint_incidents://xdr', { ...common, environment: 'commercial' })
    const event = { index: 'security', source: 'a' }
    splunk.events = [
      { ...event, sourcetype: 'ms365:defender:incident', last: '1773136800' },
      { ...event, sourcetype: 'ms365:defender:incident:alerts', last: '1773140400' },
    ]
    expect(startsOf(await proposed(splunk))).toEqual(['2026-03-10T09:45:00.000Z'])
    splunk.events = [{ ...event, sourcetype: 'ms365:defender:incident', last: '1900000000' }]
    expect(startsOf(await proposed(splunk))).toEqual(['2026-03-10T11:45:00.000Z'])
  })

  test('are a week back where another input writes the same events', async () => {
    const splunk = signIns(signIns(azure()), 'others')
    splunk.events = [{ index: 'security', sourcetype: 'azure:aad:signin', source: 'a', last: '1773136800' }]
    const migration = await proposed(splunk)
    expect(new Set(startsOf(migration))).toEqual(new Set(['2026-03-03T12:00:00.000Z']))
    expect(movesOf(migration)[0]?.becomes[0]?.position.says).toContain('MS_AAD_signins://others')
  })

  test('are a week back where another kind of input keeps its checkpoint under the same key', async () => {
    const splunk = azure()
      .input('TA-MS-AAD', 'MS_AAD_identity_protection://risks', { ...common, collect_risky_user_data: '1' })
      .input('TA-MS-AAD', 'azure_security_center_input://risks', common)
    checkpoints(splunk, { asc_alert_last_date_risks: '2026-03-10T10:00:00Z' })
    expect(startsOf(await proposed(splunk))).toEqual(['2026-03-03T12:00:00.000Z'])
  })

  test('are where the older input was to begin where it never collected', async () => {
    const splunk = signIns(azure(), 'signins', { start_date: '2026-03-01T00:00:00' })
    expect(startsOf(await proposed(splunk))).toEqual(['2026-03-01T00:00:00.000Z'])
  })

  test('are a week back, and the trouble is told, where the KV store and searches do not answer', async () => {
    const splunk = signIns(azure())
    splunk.refuse = ({ endpoint }) =>
      /^(?:storage\/collections|search)/.test(endpoint) ? [503, 'KV Store is not running.'] : undefined
    const migration = await proposed(splunk)
    expect(startsOf(migration)).toEqual(['2026-03-03T12:00:00.000Z'])
    expect(migration.unreadable.map(({ why }) => why)).toContain('KV Store is not running.')
  })

  test('of content are those of the newest blob by its id or its expiry, whichever is earlier', async () => {
    const splunk = new OlderSplunk()
      .account('splunk_ta_o365', 'splunk_ta_o365_tenants', 'contoso', { tenant_id: tenant, client_id: client }, secret)
      .input('splunk_ta_o365', 'splunk_ta_o365_management_activity://exchange', {
        tenant_name: 'contoso',
        content_type: 'Audit.Exchange',
      })
    splunk.rows.set('splunk_ta_o365/splunk_ta_o365_management_activity_exchange', [
      { _key: '20260309100000123$20260309$audit_exchange', expiration: Date.parse('2026-03-16T10:00:00Z') / 1000 },
      { _key: '20260310080000123$20260310$audit_exchange', expiration: Date.parse('2026-03-17T09:00:00Z') / 1000 },
    ])
    expect(startsOf(await proposed(splunk))).toEqual(['2026-03-09T08:00:00.000Z'])
  })

  test('of sign-ins in the Office 365 add-on are an hour before its timestamp', async () => {
    const splunk = new OlderSplunk()
      .account('splunk_ta_o365', 'splunk_ta_o365_tenants', 'contoso', { tenant_id: tenant, client_id: client }, secret)
      .input('splunk_ta_o365', 'splunk_ta_o365_graph_api://signins', {
        tenant_name: 'contoso',
        content_type: 'AuditLogs.SignIns',
      })
      .input('splunk_ta_o365', 'splunk_ta_o365_graph_api://teams', {
        tenant_name: 'contoso',
        content_type: 'TeamsUserActivityUserDetail',
      })
    splunk.rows.set('splunk_ta_o365/splunk_ta_o365_AuditLogs', [
      { _key: 'AuditLogs.SignIns_signins', last_event_timestamp: '2026-03-10T10:00:01Z' },
    ])
    const migration = await proposed(splunk)
    expect(startsOf(migration)).toEqual(['2026-03-10T09:00:01.000Z'])
    expect(migration.addOns[0]?.stays.map(({ older }) => older.name)).toEqual(['teams'])
  })

  test('under keys that are not documented are the earliest time of the input', async () => {
    const app = 'TA-microsoft-graph-security-add-on-for-splunk'
    const splunk = new OlderSplunk()
      .account(app, 'ta_microsoft_graph_security_add_on_for_splunk_account', 'contoso', { username: client }, secret)
      .input(app, 'microsoft_graph_security://alerts', { app_account: 'contoso', tenant })
    splunk.rows.set(`${app}/TA_microsoft_graph_security_add_on_for_splunk_checkpointer`, [
      { _key: 'a_alerts', state: '"2026-03-10T11:00:00Z"' },
      { _key: 'b_alerts', state: '{"modified":"2026-03-10T10:00:00Z"}' },
      { _key: 'b_others', state: '"2026-01-01T00:00:00Z"' },
    ])
    expect(startsOf(await proposed(splunk))).toEqual(['2026-03-10T09:45:00.000Z'])
  })

  test('are those of the administrator where one is chosen', async () => {
    const splunk = checkpoints(signIns(azure()), { aad_signin_last_date_signins: '2026-03-10T10:00:00Z' })
    const id = 'TA-MS-AAD/MS_AAD_signins/signins'
    const migration = await proposed(splunk, { [id]: { start: '2026-03-09T00:00:00Z' } })
    expect(movesOf(migration)[0]?.becomes[0]).toMatchObject({
      settings: { start: '2026-03-09T00:00:00Z' },
      position: { from: 'choice' },
    })
  })
})

describe('accounts', () => {
  test('that are there with the same tenant and application are used again', async () => {
    const splunk = signIns(azure())
    splunk.accounts.set('siembridge_ms/conf-siembridge_ms_account', [
      { app: 'siembridge_ms', name: 'prod', settings: { tenant_id: tenant.toUpperCase(), client_id: client } },
    ])
    const migration = await proposed(splunk)
    expect(migration.accounts).toMatchObject([{ name: 'prod', exists: true }])
    expect(movesOf(migration)[0]?.account).toBe('prod')
  })

  test('without a secret that can be read are told, and their inputs are not proposed', async () => {
    const splunk = signIns(azure())
    splunk.refuse = ({ endpoint }) => (endpoint === 'storage/passwords' ? [403, 'Forbidden'] : undefined)
    const migration = await proposed(splunk)
    expect(movesOf(migration)).toMatchObject([{ proposed: false, chosen: false, becomes: [] }])
    expect(migration.unreadable.map(({ what }) => what)).toEqual([
      'names of the secrets of the Splunk Add-on for Microsoft Azure',
      'the account contoso (Splunk Add-on for Microsoft Azure)',
    ])
    expect(migration.unreadable[0]?.help).toContain('list_storage_passwords')
  })

  test('with a certificate are to be made by hand', async () => {
    const splunk = new OlderSplunk()
      .account(
        'splunk_ta_o365',
        'splunk_ta_o365_tenants',
        'contoso',
        { tenant_id: tenant, client_id: client, auth_type: 'cert_based' },
        secret,
      )
      .input('splunk_ta_o365', 'splunk_ta_o365_management_activity://all', {
        tenant_name: 'contoso',
        content_type: 'Audit.General',
      })
    const { unreadable } = await proposed(splunk)
    expect(unreadable).toMatchObject([{ help: expect.stringContaining('certificate and key in PEM') as string }])
  })

  test.for([
    ['gov', 'gcc-high'],
    ['china', 'china'],
    ['public', 'public'],
  ])('in the environment %s are of the cloud %s', async ([environment, cloud]) => {
    const { accounts } = await proposed(signIns(azure(), 'signins', { environment: environment ?? '' }))
    expect(accounts[0]?.settings['cloud']).toBe(cloud)
  })

  test('of a managed identity have no secret', async () => {
    const splunk = new OlderSplunk().input('TA-Azure_Monitor', 'azure_diagnostic_logs://hubs', { SPNTenantID: tenant })
    splunk.events = [
      { index: 'main', sourcetype: 'amdl:aadal:audit', source: 'azure_diagnostic_logs://hubs', last: '1773136800' },
    ]
    const migration = await proposed(splunk)
    expect(migration.accounts).toMatchObject([{ name: 'hubs', settings: { credential: 'managed_identity' } }])
    expect(movesOf(migration)).toMatchObject([
      { stop: false, becomes: [{ settings: { streams: 'directory-audits' } }] },
    ])
  })

  test('no secret is in what is read or proposed', async () => {
    const read = await readOlder(signIns(azure()).ask, now)
    expect(JSON.stringify([read, [...read.accounts], [...read.rows], propose(read)])).not.toContain('simulated-client')
  })
})

describe('the same stream', () => {
  const alerts = (splunk: OlderSplunk): OlderSplunk =>
    splunk
      .account('Splunk_TA_MS_Security', 'splunk_ta_ms_security_account', 'contoso', { username: client }, secret)
      .input('Splunk_TA_MS_Security', 'microsoft_365_defender_endpoint_incidents://xdr', {
        ...common,
        environment: 'commercial-graph-api',
      })
      .input('Splunk_TA_MS_Security', 'microsoft_defender_endpoint_atp_alerts://mde', {
        ...common,
        location: 'commercial-graph-api',
      })
  const at = (splunk: OlderSplunk, xdr: string, mde: string): OlderSplunk => {
    splunk.rows.set('Splunk_TA_MS_Security/Splunk_TA_MS_Security_checkpointer', [
      { _key: 'm365_incident_lastUpdateTime_xdr', state: JSON.stringify(xdr) },
      { _key: 'atp_lastUpdateTime_mde', state: JSON.stringify(mde) },
    ])
    return splunk
  }
  const streamsOf = (migration: Migration): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(
      movesOf(migration).map(({ older, becomes }) => [
        older.name,
        becomes.map(({ settings }) => settings['streams'] ?? ''),
      ]),
    )

  test('is left to the input that begins earliest', async () => {
    const earlier = at(alerts(new OlderSplunk()), '2026-03-10T10:00:00Z', '2026-03-10T11:00:00Z')
    expect(streamsOf(await proposed(earlier))).toEqual({ xdr: ['incidents,alerts'], mde: [] })
    const later = at(alerts(new OlderSplunk()), '2026-03-10T10:00:00Z', '2026-03-10T09:00:00Z')
    expect(streamsOf(await proposed(later))).toEqual({ xdr: ['incidents'], mde: ['alerts'] })
  })

  test('goes to another where the one that had it is not chosen', async () => {
    const splunk = at(alerts(new OlderSplunk()), '2026-03-10T10:00:00Z', '2026-03-10T11:00:00Z')
    const id = 'Splunk_TA_MS_Security/microsoft_365_defender_endpoint_incidents/xdr'
    expect(streamsOf(await proposed(splunk, { [id]: { chosen: false } }))['mde']).toEqual(['alerts'])
  })

  test('stays with an input of ours that is there', async () => {
    const splunk = at(alerts(new OlderSplunk()), '2026-03-10T10:00:00Z', '2026-03-10T11:00:00Z')
    splunk.accounts.set('siembridge_ms/conf-siembridge_ms_account', [
      { app: 'siembridge_ms', name: 'prod', settings: { tenant_id: tenant, client_id: client } },
    ])
    splunk.input('siembridge_ms', 'siembridge_alerts://all', { account: 'prod', index: 'security', disabled: '0' })
    expect(streamsOf(await proposed(splunk))).toEqual({ xdr: [], mde: [] })
  })
})

test('where a migration was interrupted behind the stop of an older input, ours that waits is named', async () => {
  const splunk = signIns(azure(), 'signins', { disabled: '1' })
  splunk.input('siembridge_ms', 'siembridge_entra_id://signins', { account: 'contoso', disabled: '1' })
  const [move] = movesOf(await proposed(splunk))
  expect(move?.why).toContain('siembridge_entra_id://signins is there, disabled too')
})

test('an input that is disabled is not proposed, but can be chosen', async () => {
  const splunk = signIns(azure(), 'signins', { disabled: '1' })
  const id = 'TA-MS-AAD/MS_AAD_signins/signins'
  expect(movesOf(await proposed(splunk))).toMatchObject([{ proposed: false, why: 'it is disabled', chosen: false }])
  expect(movesOf(await proposed(splunk, { [id]: { chosen: true } }))).toMatchObject([{ chosen: true, stop: false }])
})

test('a name that an input had before is not given again, for its state would say where to go on', async () => {
  const splunk = signIns(azure())
  splunk.rows.set('siembridge_ms/siembridge_state', [
    { _key: 'a', tag: stateTag('siembridge_entra_id://signins'), value: '' },
  ])
  expect(movesOf(await proposed(splunk))[0]?.becomes[0]?.name).toBe('signins_2')
})

test('what ours has no like of is told where it is set', async () => {
  const splunk = signIns(azure(), 'signins', { filter: '$filter=x', sign_in_sourcetype: 'my:signin' })
  const [move] = movesOf(await proposed(splunk))
  expect(move?.differences).toEqual(
    expect.arrayContaining([
      'events under my:signin come under azure:aad:signin',
      expect.stringMatching(/^filter: ours takes no filter/) as string,
    ]),
  )
})
