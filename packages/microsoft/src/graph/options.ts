import type { Tenants } from '@siembridge/azure'
import { z } from 'zod'
import { duration } from '@siembridge/core/units'
import { type StreamName, streamNames, streams } from './streams.ts'

const streamName = z.enum(streamNames as [StreamName, ...StreamName[]])

const tuning = z.strictObject({
  interval: duration.optional().describe('Time between two looks'),
  overlap: duration.optional().describe('What is read again each time'),
  lag: duration.optional().describe('Distance to the present'),
  sweep: duration.optional().describe('What is read again now and then, for records that come late'),
  page_size: z.int().min(1).max(1000).optional(),
})

/** Options of the source `graph`. */
export const graphOptions = z.strictObject({
  tenant: z.string().describe('Name of a tenant of the section `tenants`'),
  streams: z.array(streamName).min(1).optional().describe('All that the cloud of the tenant has, unless told'),
  tuning: z.partialRecord(streamName, tuning).default({}).describe('Other times than the usual ones, by stream'),
})

export type GraphOptions = z.infer<typeof graphOptions>

/** The same, with the knowledge of which tenants there are and what their clouds lack. */
export const graphOptionsFor = (tenants: Tenants) =>
  graphOptions.superRefine(({ tenant, streams: told = [] }, problem) => {
    if (!tenants.names.includes(tenant))
      return problem.addIssue({
        code: 'custom',
        path: ['tenant'],
        message: `there is no tenant ${tenant} in the section \`tenants\``,
      })
    told.forEach((name, at) => {
      const lack = tenants.lacks(tenant, streams[name].feature)
      if (lack !== undefined) problem.addIssue({ code: 'custom', path: ['streams', at], message: `${name}: ${lack}` })
    })
  })

/** Streams to collect: those that are told, else all that the tenant's cloud has. */
export const streamsOf = ({ tenant, streams: told }: GraphOptions, tenants: Tenants): readonly StreamName[] =>
  told ?? streamNames.filter((name) => tenants.lacks(tenant, streams[name].feature) === undefined)
