import { z } from 'zod'
import { bytes, duration } from '@siembridge/core/units'

/** Formats of lines that are JSON, the default first. */
export const formats = ['ecs', 'flat', 'raw+', 'hec'] as const

const reference = (what: string) =>
  z.string().min(1).optional().describe(`${what}: a secret such as env:NAME, file:/path or keyvault:https://…`)

/** Options of the target `https`. Sizes are bytes and time spans milliseconds once read. */
export const httpTargetOptions = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'write https://HOST/PATH' })
      .describe('Where the events are sent to; redirects are not followed'),
    format: z.enum(formats).prefault('ecs').describe('What an event looks like'),
    body: z.enum(['ndjson', 'array']).prefault('ndjson').describe('One event a line, or one JSON array a request'),
    method: z.enum(['POST', 'PUT']).prefault('POST').describe('Method of the requests'),
    gzip: z
      .union([z.literal('auto'), z.boolean()])
      .prefault('auto')
      .describe('Compress requests; auto: not to this machine itself'),
    bearer: reference('Token of "Authorization: Bearer"'),
    basic: z
      .strictObject({ user: z.string().min(1), password: z.string().min(1) })
      .optional()
      .describe('User, and a reference to the password, of "Authorization: Basic"'),
    headers: z
      .record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/), z.string())
      .prefault({})
      .describe('More headers; a value such as env:NAME or file:/path is read as a secret'),
    batch_bytes: bytes.pipe(z.number().min(1024)).prefault('1MiB').describe('Largest request, before compression'),
    batch_events: z.int().min(1).prefault(1000).describe('Most events in a request'),
    in_flight: z
      .int()
      .min(1)
      .max(64)
      .prefault(1)
      .describe('Requests that may be unanswered at once; 1 keeps the order'),
    timeout: duration.pipe(z.number().min(1)).prefault('60s').describe('Longest wait for an answer'),
    ca: reference('Authorities (PEM) that are trusted besides those of the system'),
    cert: reference('Client certificate (PEM)'),
    key: reference('Key of the client certificate (PEM)'),
    proxy: z
      .string()
      .optional()
      .describe('http://HOST:PORT; unless told, HTTPS_PROXY and NO_PROXY of the environment hold'),
  })
  .refine(({ cert, key }) => (cert === undefined) === (key === undefined), {
    message: 'cert and key belong together: give both or none',
    path: ['key'],
  })
  .refine(({ bearer, basic }) => bearer === undefined || basic === undefined, {
    message: 'bearer and basic exclude each other',
    path: ['basic'],
  })

export type HttpTargetOptions = z.infer<typeof httpTargetOptions>
