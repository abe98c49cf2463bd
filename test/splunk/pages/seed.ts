import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { defaultClientId, defaultTenantId } from '@siembridge/simulator'
import type { Site } from '../site.ts'
import { app } from './stage.ts'

/** How an input of the seed is. */
type Kind = 'collecting' | 'denied' | 'throttled' | 'failing' | 'silent' | 'disabled' | 'starting'

export interface SeededInput {
  readonly scheme: string
  readonly name: string
  readonly is: Kind
}

const streamsOf: Readonly<Record<string, readonly string[]>> = {
  siembridge_alerts: ['alerts', 'incidents'],
  siembridge_entra_id: ['directory-audits', 'sign-ins.interactive', 'sign-ins.non-interactive', 'risky-users'],
  siembridge_office_365: [
    'audit.azure-active-directory',
    'audit.exchange',
    'audit.sharepoint',
    'audit.general',
    'dlp.all',
  ],
}

export const fewInputs: readonly SeededInput[] = [
  { scheme: 'siembridge_alerts', name: 'contoso', is: 'collecting' },
  { scheme: 'siembridge_entra_id', name: 'contoso', is: 'denied' },
  { scheme: 'siembridge_office_365', name: 'contoso', is: 'throttled' },
  { scheme: 'siembridge_office_365', name: 'fabrikam', is: 'disabled' },
]

const kinds: readonly Kind[] = [
  'collecting',
  'collecting',
  'collecting',
  'throttled',
  'denied',
  'failing',
  'silent',
  'disabled',
]

/** As a service provider has them: of every kind, and of every state. */
export const thousandInputs: readonly SeededInput[] = Array.from({ length: 1000 }, (_, at) => ({
  scheme: Object.keys(streamsOf)[at % 3] as string,
  name: `tenant-${String(at).padStart(4, '0')}`,
  is: kinds[at % kinds.length] as Kind,
}))

const stanzaText = ({ scheme, name, is }: SeededInput): string =>
  `[${scheme}://${name}]\naccount = contoso\nindex = security\nsourcetypes = ${name.length % 2 === 0 ? 'own' : 'compatible'}\ndisabled = ${is === 'disabled' ? 1 : 0}\n`

/** Puts inputs, an account and what the inputs say of themselves into a Splunk that starts no programs. */
export async function seed(site: Site, inputs: readonly SeededInput[]): Promise<void> {
  const local = join(site.splunk.host.apps, app, 'local')
  mkdirSync(local, { recursive: true })
  writeFileSync(join(local, 'inputs.conf'), inputs.map((input) => stanzaText(input)).join('\n'))
  writeFileSync(
    join(local, `${app}_account.conf`),
    `[contoso]\ntenant_id = ${defaultTenantId}\nclient_id = ${defaultClientId}\ncloud = public\ncredential = client_secret\n`,
  )
  const documents = inputs.filter(({ is }) => is !== 'starting').map((input) => documentOf(input))
  for (let at = 0; at < documents.length; at += 500) await site.save('siembridge_status', documents.slice(at, at + 500))
}

function documentOf(input: SeededInput): unknown {
  const stanza = `${input.scheme}://${input.name}`
  const key = createHash('sha256').update(stanza).digest('hex').slice(0, 24)
  return { _key: key, stanza, status: JSON.stringify(statusOf(input, Date.now())) }
}

const minute = 60_000
const hour = 60 * minute

const spans = (nowMs: number, unitMs: number, units: number, most: number): [number, number][] =>
  Array.from({ length: units }, (_, at) => [
    (Math.floor(nowMs / unitMs) - units + 1 + at) * unitMs,
    Math.round(most * (0.55 + 0.45 * Math.sin(at / 5)) * (1 + (at % 3) / 5)),
  ])

function statusOf({ scheme, name, is }: SeededInput, nowMs: number): unknown {
  const works = is === 'collecting' || is === 'throttled' || is === 'denied'
  return {
    form: 1,
    stanza: `${scheme}://${name}`,
    writtenMs: is === 'silent' ? nowMs - hour : nowMs,
    startedMs: nowMs - 26 * hour,
    host: 'splunk.contoso.com',
    state: is === 'failing' ? 'failing' : 'collecting',
    account: 'contoso',
    tenant: defaultTenantId,
    ...(is === 'failing' && {
      error: {
        code: 'ClientSecretExpired',
        message: 'the client secret of contoso has expired',
        help: 'Make a new one under `Certificates & secrets` of the app registration and put it where the reference points.',
        sinceMs: nowMs - 2 * hour,
      },
    }),
    streams: (streamsOf[scheme] ?? []).map((stream, at) => streamOf(stream, at, is, nowMs)),
    events: works ? 41_234 : 0,
    ...(works && { lastEventMs: nowMs - 20_000 }),
    minutes: works ? spans(nowMs, minute, 60, 40) : [],
    hours: works ? spans(nowMs, hour, 48, 900) : [],
    deadLetters: is === 'denied' ? 1 : 0,
    letters:
      is === 'denied'
        ? [
            {
              atMs: nowMs - hour,
              name: 'graph/directory-audits',
              reason: 'not JSON: Unexpected end of input',
              text: '{"id":"Directory_1","activityDateTime":',
            },
          ]
        : [],
    notes:
      is === 'denied'
        ? [
            {
              atMs: nowMs - 3 * hour,
              severity: 'medium',
              message: 'the client secret of tenant contoso ends on 2027-01-31',
            },
          ]
        : [],
  }
}

function streamOf(stream: string, at: number, is: Kind, nowMs: number): unknown {
  const denied = is === 'denied' && stream === 'risky-users'
  const throttled = is === 'throttled' && at === 1
  return {
    stream,
    state: denied ? 'parked' : throttled ? 'throttled' : 'connected',
    received: 1200 * (at + 1),
    ...(!denied && { collectedToMs: nowMs - (at + 1) * 45_000, lastGoodMs: nowMs - 30_000 }),
    position: JSON.stringify({ v: 1, to: nowMs - (at + 1) * 45_000, since: nowMs - 26 * hour }),
    ...(throttled && { throttled: { times: 17, lastMs: nowMs - minute } }),
    ...(denied && {
      failingSinceMs: nowMs - 90 * minute,
      error: {
        code: 'PermissionMissing',
        message:
          'no permission for risky-users of tenant contoso (permission IdentityRiskyUser.Read.All) (status 403, Forbidden)',
        help: 'Add the permission under `API permissions` of the app registration and grant admin consent.',
      },
    }),
  }
}
