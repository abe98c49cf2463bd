import { z } from 'zod'
import { bytes, duration } from '@siembridge/core/units'

/** Formats whose lines are envelopes of the collector. */
export const formats = ['hec', 'hec-flat'] as const

const reference = (what: string) =>
  z.string().min(1).optional().describe(`${what}: a secret such as env:NAME, file:/path or keyvault:https://…`)

/** Options of the target `splunk-hec`. Sizes are bytes and time spans milliseconds once read. */
export const splunkHecOptions = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'write https://HOST:8088' })
      .describe('The collector: https://HOST:8088, or the host of Splunk Cloud with port 443'),
    format: z
      .enum(formats)
      .prefault('hec')
      .describe(
        "hec: Microsoft's record, as published add-ons and detections know it; hec-flat: with CIM fields of our own",
      ),
    token: z.string().min(1).describe('The token: a secret such as env:SPLUNK_TOKEN, file:/path or keyvault:https://…'),
    gzip: z
      .union([z.literal('auto'), z.boolean()])
      .prefault('auto')
      .describe('Compress requests; auto: not to this machine itself'),
    batch_bytes: bytes.pipe(z.number().min(1024)).prefault('1MiB').describe('Largest request, before compression'),
    batch_events: z.int().min(1).prefault(500).describe('Most events in a request'),
    in_flight: z
      .int()
      .min(1)
      .max(256)
      .optional()
      .describe('Requests that may be unanswered at once; 1 keeps the order and is the default, 64 with acknowledge'),
    timeout: duration.pipe(z.number().min(1)).prefault('60s').describe('Longest wait for an answer'),
    acknowledge: z
      .boolean()
      .prefault(false)
      .describe('Wait until the indexers have the events on disk; the token must have indexer acknowledgement enabled'),
    acknowledge_every: duration
      .pipe(z.number().min(1))
      .prefault('10s')
      .describe('How often the collector is asked for acknowledgements'),
    acknowledge_within: duration
      .pipe(z.number().min(1))
      .prefault('5m')
      .describe('What is not acknowledged by then is sent again'),
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
  .transform((options) => ({ ...options, in_flight: options.in_flight ?? (options.acknowledge ? 64 : 1) }))

export type SplunkHecOptions = z.infer<typeof splunkHecOptions>
