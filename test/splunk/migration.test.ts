import { createHash } from 'node:crypto'
import { type Cloud, defaultTenantId, type IndexedEvent, type Obligation, startCloud } from '@siembridge/simulator'
import {
  applySteps,
  type Ask,
  type InputMove,
  type Migration,
  olderAddOns,
  propose,
  readOlder,
  restPath,
  type Step,
  stepsFor,
  type StepResult,
} from '@siembridge/splunk/migration'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { olderApp } from './older-apps.ts'
import { type Checkpoint, type OlderCase, olderCases } from './older-cases.ts'
import { builtPackage, Site, until } from './site.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hourMs = 3_600_000
const quietMs = 600_000
const soonerMs = 300_000

let cloud: Cloud
let site: Site
let at: Checkpoint
let ledger: readonly Obligation[]
let before: { readonly proposed: Migration; readonly steps: readonly Step[]; readonly inputs: number }
let results: readonly StepResult[]

beforeAll(async () => {
  // What Entra's streams leave to come is behind them once the cloud's clock is set right.
  const start = new Date(Date.now() - quietMs).toISOString()
  cloud = await startCloud({ clock: { start }, throttling: { limits: 'off' }, tenants: [tenant] })
  site = await Site.open(builtPackage())
  await cloud.quiet()
  ledger = await cloud.ledger()
  at = checkpointAt((await cloud.stats()).clock - hourMs / 2)
  await cloud.advance('10m')
  for (const [number, one] of olderCases.entries()) await setUp(one, number)
  const read = await readOlder(ask, Date.now())
  const proposed = propose(read)
  // Of a day Microsoft's quotas let nobody have all sign-ins within seconds.
  const sooner = { start: new Date(at.ms - soonerMs).toISOString() }
  const migration = propose(read, Object.fromEntries(ofHubs(proposed).map(({ id }) => [id, sooner])))
  before = { proposed, steps: stepsFor(migration), inputs: site.splunk.running('siembridge_entra_id').length }
  results = await applySteps(before.steps, { ask, now: Date.now })
}, 120_000)
afterAll(async () => {
  await site.stop()
  await cloud.stop()
})

/** Moves of inputs that read event hubs: their positions rest on events. */
const ofHubs = ({ addOns }: Migration): readonly InputMove[] =>
  addOns.flatMap(({ moves }) =>
    moves.filter(({ becomes }) => becomes.some(({ position }) => position.from === 'event')),
  )

const late = [{ share: 1, from: 0, to: '4m' }] as const
const tenant = {
  id: defaultTenantId,
  subscriptions: ['Audit.Exchange'] as const,
  applications: olderCases.map(({ clientId, clientSecret }) => ({ clientId, secrets: [{ value: clientSecret }] })),
  streams: [
    ...(['alerts', 'incidents', 'riskDetections', 'riskyUsers'] as const).map((stream) => ({ stream })),
    ...(
      [
        'directoryAudits',
        'signIns.interactiveUser',
        'signIns.nonInteractiveUser',
        'signIns.servicePrincipal',
        'signIns.managedIdentity',
        'provisioning',
        'Audit.Exchange',
      ] as const
    ).map((stream) => ({ stream, lateness: late })),
  ].map((stream) => {
    const isContent = stream.stream === 'Audit.Exchange'
    return { ...stream, history: isContent ? ('40h' as const) : ('3h' as const), perMinute: isContent ? 0.5 : 1 }
  }),
}

/** As a page asks: through Splunk Web, which passes on only what is exposed. The simulated cloud has hosts of its own. */
const ask: Ask = async (request) => {
  const isAccount = request.method === 'POST' && request.endpoint === 'configs/conf-siembridge_ms_account'
  const hosts = {
    cloud: 'custom',
    login: cloud.url('login'),
    graph: cloud.url('graph'),
    manage: cloud.url('manage'),
    ca: cloud.address.caFile,
  }
  const form = request.form && { ...request.form, ...(isAccount && hosts) }
  const response = await fetch(`${site.splunk.address.web}/en-US/splunkd/__raw${restPath(request)}`, {
    method: request.method,
    headers: {
      authorization: `Basic ${Buffer.from('admin:simulated').toString('base64')}`,
      'x-splunk-form-key': 'key',
      'x-requested-with': 'XMLHttpRequest',
    },
    ...(request.method === 'POST' && { body: new URLSearchParams(form) }),
  })
  const text = await response.text()
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text) }
}

function checkpointAt(ms: number): Checkpoint {
  const ids = new Set(ledger.flatMap(({ stream, blobs }) => (stream === 'Audit.Exchange' ? blobs : [])))
  const contents = [...ids].map((id) => ({ id, createdMs: createdOf(id) })).filter(({ createdMs }) => createdMs <= ms)
  return { ms, text: new Date(ms).toISOString().replace('Z', '0000Z'), contents }
}

/** Ids of content begin with the time at which it became available. */
const createdOf = (id: string): number =>
  Date.parse(id.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d).*$/s, '$1-$2-$3T$4:$5:$6Z'))

/** Installs an older add-on with its configuration, secrets, checkpoints and events. */
async function setUp({ app, conf, account, secrets, inputs }: OlderCase, number: number): Promise<void> {
  const rows = inputs.flatMap((input) => Object.entries(input.rows?.(at) ?? {}))
  await site.splunk.install(olderApp(app, [...new Set(rows.map(([name]) => name))]))
  const { confs } = site.splunk
  if (conf !== undefined) confs.set(app, conf, 'older', account(defaultTenantId))
  for (const [realm, name, value] of secrets) site.splunk.passwords.secrets.push({ app, realm, name, value })
  for (const [collection, documents] of rows)
    await site.askIn(app, `/storage/collections/data/${collection}/batch_save`, documents)
  const index = `older_${number}`
  for (const { scheme, name, settings, events = [] } of inputs) {
    confs.set(app, 'inputs', `${scheme}://${name}`, { ...settings(defaultTenantId), index })
    site.splunk.add(
      events.map(([sourcetype, source]) => ({
        raw: '{}',
        timeMs: at.ms,
        timed: true,
        index,
        host: 'older',
        source,
        sourcetype,
        stanza: '',
        cut: 0,
      })),
    )
    await ask({ method: 'POST', app, endpoint: `data/inputs/${scheme}/${name}/enable` })
  }
}

const moveOf = (app: string, name: string): InputMove | undefined =>
  before.proposed.addOns.find((addOn) => addOn.app === app)?.moves.find(({ older }) => older.name === name)

test('everything that is read can be read, and reading and proposing change nothing', () => {
  expect(before.proposed.unreadable).toEqual([])
  expect(before.proposed.notFound).toEqual([])
  expect(before.inputs).toBe(0)
})

test('every step is done, and no secret stands in one', () => {
  expect(results.filter(({ done }) => !done)).toEqual([])
  expect(results.map(({ step }) => step)).toEqual(before.steps)
  const text = JSON.stringify(before)
  for (const { clientSecret } of olderCases) expect(text).not.toContain(clientSecret)
})

const eventsOf = (scheme: string, name: string): readonly IndexedEvent[] =>
  site.splunk.events.filter(({ stanza }) => stanza === `${scheme}://${name}`)

/** Streams whose windows go by the time of the last change. */
const byChange = new Set<Obligation['stream']>(['alerts', 'incidents', 'riskDetections', 'riskyUsers'])

/** Records that could be seen only after the older input's checkpoint: it cannot have them. */
const after = (
  rows: readonly Obligation[],
  streams: readonly Obligation['stream'][],
  startMs: number,
): readonly Obligation[] =>
  rows.filter(
    ({ stream, state, visibleAt, eventTime }) =>
      streams.includes(stream) &&
      state === 'due' &&
      (visibleAt ?? 0) > at.ms &&
      (byChange.has(stream) || stream.startsWith('Audit.') || eventTime >= startMs),
  )

/** What of these records is not among the events, with the very bytes of Microsoft's answer; in our flat form, by its id. */
function lacking(rows: readonly Obligation[], events: readonly IndexedEvent[]): readonly Obligation[] {
  const had = new Set(events.map(({ raw }) => sha256(raw)))
  const flat = events.filter(({ sourcetype }) => sourcetype.startsWith('siembridge:')).map(({ raw }) => raw)
  return rows.filter(
    (row) =>
      ![row.sha256, ...row.otherSha256].some((hash) => had.has(hash)) && !flat.some((raw) => raw.includes(row.id)),
  )
}

/** Where records say the time by which they are collected. */
const timeMembers = [
  'lastUpdateDateTime',
  'riskLastUpdatedDateTime',
  'lastUpdatedDateTime',
  'createdDateTime',
  'activityDateTime',
]

function collectedBy({ raw, sourcetype }: IndexedEvent): number | undefined {
  if (sourcetype.startsWith('o365:') || sourcetype.startsWith('siembridge:')) return undefined
  const record = JSON.parse(raw) as Record<string, unknown>
  const member = timeMembers.find((name) => typeof record[name] === 'string')
  return member === undefined ? undefined : Date.parse(record[member] as string)
}

describe.each(olderCases)('$app', ({ app, inputs }) => {
  test.for(inputs.flatMap((input) => input.becomes.map((becomes) => ({ input, becomes }))))(
    'after its input $input.name, $becomes.name begins without a gap',
    { timeout: 60_000 },
    async ({ input, becomes }) => {
      const move = moveOf(app, input.name)
      const { position } = move?.becomes.find(({ name }) => name === becomes.name) ?? {}
      const startMs = Date.parse(position?.start ?? '')
      expect(position?.from).toBe(becomes.from)
      const latestMs = at.ms - becomes.overlapHours * hourMs
      expect(startMs).toBeLessThanOrEqual(latestMs)
      // The newest content is a while older than the look that fetched it.
      expect(startMs).toBeGreaterThan(latestMs - hourMs / 4)

      // Where the administrator chose a later one, that counts.
      const beganMs = Math.max(startMs, becomes.from === 'event' ? at.ms - soonerMs : 0)
      let wanted = after(ledger, becomes.streams, beganMs)
      expect(wanted.length).toBeGreaterThan(10)
      const own = (): readonly IndexedEvent[] => eventsOf(becomes.scheme, becomes.name)
      await until(
        async () => {
          // What a record looked like when it was served stands there only after that.
          wanted = after(await cloud.ledger(), becomes.streams, beganMs)
          return lacking(wanted, own()).length === 0
        },
        () => `${lacking(wanted, own()).length} of ${wanted.length}; ${site.errors.slice(-3).join('\n')}`,
        20_000,
      )
      expect([...new Set(own().map(({ sourcetype }) => sourcetype))].toSorted()).toEqual(becomes.sourcetypes)
      for (const event of own()) {
        expect(event.index).toMatch(/^older_\d$/)
        expect(collectedBy(event) ?? beganMs).toBeGreaterThanOrEqual(beganMs)
      }
    },
  )

  test('its inputs are stopped where ours bring all that they brought', () => {
    for (const { scheme, name, stopped } of inputs) {
      const stanza = site.splunk.confs.stanza('inputs', `${scheme}://${name}`)
      expect([name, stanza?.settings.disabled === '1', site.splunk.running(scheme).length > 0]).toEqual([
        name,
        stopped,
        !stopped,
      ])
    }
  })
})

test('there is a case for every add-on that the tables know', () => {
  expect(olderCases.map(({ app }) => app)).toEqual(olderAddOns.map(({ app }) => app))
})
