import type { Tenants } from '@siembridge/azure'
import { z } from 'zod'
import { duration } from '@siembridge/core/units'
import { day, minute } from '../common/duration.ts'
import { type ContentName, contentNames } from './content-types.ts'

/** Options of the source `office365`. */
export const officeOptions = z.strictObject({
  tenant: z.string().describe('Name of a tenant of the section `tenants`'),
  streams: z
    .array(z.enum(contentNames as [ContentName, ...ContentName[]]))
    .min(1)
    .default([...contentNames])
    .describe('Content types; dlp.all wants the permission ActivityFeed.ReadDlp and a licence'),
  interval: duration.default(3 * minute).describe('Time between two listings'),
  overlap: duration
    .default(day)
    .describe('What is listed again each time, for content that becomes available out of order'),
  publisher_identifier: z
    .guid()
    .optional()
    .describe(
      'Tenant of the company that wrote the program, by which requests are counted; the own tenant unless told',
    ),
  concurrency: z.int().min(1).max(64).default(8).describe('Blobs that are fetched at once for each stream'),
  read_twice: z
    .boolean()
    .default(false)
    .describe(
      'Reads each blob again an hour later, in case the first answer held only a part of it; doubles the requests',
    ),
})

export type OfficeOptions = z.infer<typeof officeOptions>

/** The same, with the knowledge of which tenants there are and what their clouds lack. */
export const officeOptionsFor = (tenants: Tenants) =>
  officeOptions.superRefine(({ tenant }, problem) => {
    if (!tenants.names.includes(tenant))
      return problem.addIssue({
        code: 'custom',
        path: ['tenant'],
        message: `there is no tenant ${tenant} in the section \`tenants\``,
      })
    const lack = tenants.lacks(tenant, 'office365')
    if (lack !== undefined) problem.addIssue({ code: 'custom', path: ['tenant'], message: `office365: ${lack}` })
  })
