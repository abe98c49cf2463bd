import { z } from 'zod'
import { secretReference } from '../secrets/reference.ts'
import { name } from './fields.ts'
import { bytes } from './units.ts'

const rule = (what: string) =>
  z
    .union([
      z.string().min(1),
      z
        .array(
          z.strictObject({
            when: z.string().optional().describe('Filter of the events that it is for; all unless told'),
            is: z.string().min(1).describe('The value'),
          }),
        )
        .min(1),
    ])
    .optional()
    .describe(`${what}: a text, or rules of which the first that fits counts`)

const fields = (what: string) => z.array(z.string()).optional().describe(what)

/** A route: which events go where, and what becomes of them on the way. */
export const routeOptions = z.strictObject({
  name: name.describe('Name of the route: names its buffer in the state directory'),
  from: z.array(z.string()).min(1).optional().describe('Names of sources; all unless told'),
  to: z.array(z.string()).min(1).optional().describe('Names of targets; all unless told'),
  filter: z.string().optional().describe('Which events it takes'),
  updates: z
    .enum(['all', 'significant', 'first'])
    .prefault('all')
    .describe('Which revisions of an object it takes: all, those with a significant change, or the first'),
  expand: z.boolean().prefault(false).describe('Make events of the entities of a record as well'),
  drop: fields('Fields that are left out'),
  mask: fields('Fields whose values are replaced by ***'),
  pseudonymise: z
    .strictObject({
      fields: z.array(z.string()).min(1).describe('Fields whose values are replaced by pseudonyms'),
      key: secretReference.describe('Key of the pseudonyms: the same key gives the same ones'),
    })
    .optional()
    .describe('Fields whose values are replaced by keyed hashes'),
  tags: z.record(z.string(), z.string()).prefault({}).describe('Names and values that come with each event'),
  index: rule('Splunk index'),
  sourcetype: rule('Splunk sourcetype'),
  limit: bytes.prefault('1GiB').describe('Bytes on disk from which on the route takes nothing more'),
  on_full: z
    .enum(['block', 'park'])
    .prefault('block')
    .describe(
      'At the limit: collecting waits, or goes on for other routes and what this one missed is collected again later',
    ),
  own_events: z.boolean().prefault(true).describe("Whether the bridge's own events go this way too"),
})

export type RouteOptions = z.infer<typeof routeOptions>
