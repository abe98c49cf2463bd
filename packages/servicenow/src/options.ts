import { z } from 'zod'
import { bytes, duration } from '@siembridge/core/units'
import { authOptions } from './client/auth-options.ts'
import { ruleOptions } from './rules/rule-options.ts'

const reference = (what: string) =>
  z.string().min(1).optional().describe(`${what}: a secret such as env:NAME, file:/path or keyvault:https://…`)

/** An instance is a host: what a browser's address line holds behind it would stand before every path of its APIs. */
const isInstance = (text: string): boolean => {
  if (!URL.canParse(text)) return true
  const { pathname, search, hash, username, password } = new URL(text)
  return pathname.replace(/\/+$/, '') + search + hash + username + password === ''
}

const defaultRules = [{ name: 'alerts', when: 'event.kind == "alert"' }]

/** Options of the target `servicenow`. Sizes are bytes and time spans milliseconds once read. */
export const serviceNowOptions = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'write https://INSTANCE.service-now.com' })
      .refine(isInstance, 'write https://INSTANCE.service-now.com alone: no path, no query and no user')
      .transform((url) => (URL.canParse(url) ? new URL(url).origin : url))
      .describe('The instance'),
    auth: authOptions,
    api: z
      .enum(['table', 'batch', 'import-set'])
      .prefault('table')
      .describe('How tickets are written: Table API, several writes a request (Batch API), or an import set'),
    staging_table: z
      .string()
      .regex(/^[a-z0-9_]{1,80}$/)
      .prefault('u_siembridge_ticket')
      .describe('Staging table of `api: import-set`, as `siembridge generate servicenow` makes it'),
    rules: z
      .array(ruleOptions)
      .min(1)
      .max(50)
      .prefault(defaultRules)
      .describe('Which events become which tickets; the first rule that takes an event has it'),
    conflicts: z
      .enum(['ticket', 'microsoft'])
      .prefault('ticket')
      .describe('Who wins where a person and Microsoft changed the same field'),
    deleted: z
      .enum(['new', 'leave'])
      .prefault('new')
      .describe('What becomes of an alert that changes after its ticket was deleted: a new ticket, or none'),
    storm: z
      .strictObject({
        tickets: z.int().min(1).prefault(1000).describe('New tickets of one rule before the brake'),
        within: duration.prefault('24h').describe('Span in which they are counted'),
        fold_within: duration.prefault('24h').describe('How long one parent ticket collects'),
      })
      .prefault({})
      .describe(
        'Storm brake, {tickets: 1000, within: 24h, fold_within: 24h}: what comes beyond is folded into one parent ticket',
      ),
    attach: z
      .enum(['each', 'first', 'off'])
      .prefault('first')
      .describe("Microsoft's record as an attachment: each revision, the first, or none"),
    read_every: z
      .union([z.literal('off'), duration.pipe(z.number().min(100))])
      .prefault('5m')
      .describe('How often the state of tickets is read back'),
    requests_per_hour: z
      .int()
      .min(0)
      .prefault(0)
      .describe('Requests that the bridge may make in an hour, below the rate rule of the instance; 0 is no limit'),
    in_flight: z.int().min(1).max(16).prefault(2).describe('Requests that may be unanswered at once'),
    batch_events: z.int().min(1).max(500).prefault(50).describe('Events that are worked on together'),
    batch_bytes: bytes.pipe(z.number().min(65_536)).prefault('4MiB').describe('The same in bytes'),
    timeout: duration
      .pipe(z.number().min(50))
      .prefault('70s')
      .describe('Longest wait for an answer; ServiceNow itself cuts at 60 s'),
    settle: duration
      .prefault('90s')
      .describe('After an unanswered write: how long it can still take effect before it may be made again'),
    ca: reference('Authorities (PEM) that are trusted besides those of the system'),
    cert: reference('Client certificate (PEM) for mutual TLS'),
    key: reference('Key of the client certificate (PEM)'),
    proxy: z.string().optional().describe('http://HOST:PORT; unless told, HTTPS_PROXY and NO_PROXY hold'),
  })
  .refine(({ cert, key }) => (cert === undefined) === (key === undefined), {
    message: 'cert and key belong together: give both or none',
    path: ['key'],
  })
  .refine(({ auth, cert }) => auth.method !== 'certificate' || cert !== undefined, {
    message: 'signing in by certificate needs cert and key',
    path: ['cert'],
  })
  .refine(({ rules }) => new Set(rules.map(({ name }) => name)).size === rules.length, {
    message: 'two rules have one name; what is counted and folded goes by it',
    path: ['rules'],
  })
  .refine(({ api, rules }) => api !== 'import-set' || rules.every(({ record }) => record !== 'em_event'), {
    message: 'events of Event Management do not go through an import set; use `api: table`',
    path: ['api'],
  })

export type ServiceNowOptions = z.infer<typeof serviceNowOptions>
