import { z } from 'zod'
import { listen, since } from './fields.ts'
import { duration } from './units.ts'

const span = duration.pipe(z.number().min(1000, 'write a span of at least 1s'))

/** What stands beside tenants, sources, targets and routes. Sizes are bytes and time spans milliseconds once read. */
export const generalOptions = z.strictObject({
  state: z
    .string()
    .min(1)
    .optional()
    .describe('State directory: positions, buffers, dead letters. Relative to the configuration file'),
  since: since.prefault('2d'),
  stop_within: span.prefault('10s').describe('How long a graceful stop waits for what is on its way'),
  heartbeat: z
    .union([z.literal('off').transform(() => undefined), span], { error: 'write a span such as 15m, or off' })
    .prefault('15m')
    .describe('How often the bridge tells the targets that it is alive'),
  key_vault: z
    .strictObject({ tenant: z.string().describe('Name of a tenant of the section `tenants`') })
    .optional()
    .describe('Tenant whose application reads secrets of key vaults; the first one unless told'),
  log: z
    .strictObject({
      level: z.enum(['error', 'warn', 'info', 'debug']).prefault('info').describe('What is logged'),
      json: z.boolean().prefault(false).describe('One JSON object a line in place of text'),
    })
    .prefault({})
    .describe('The log, on standard error'),
  http: z
    .union([z.literal('off').transform(() => undefined), z.strictObject({ listen: listen.prefault('127.0.0.1:8686') })])
    .prefault({})
    .describe('Health and metrics over HTTP, or off'),
})

export type General = z.infer<typeof generalOptions>
