import { z } from 'zod'
import { bytes, duration } from '@siembridge/core/units'

const tenant = z.uuid().optional().describe('Entra tenant that the records are of, for records that do not say')
const longest = bytes.pipe(z.number().min(1024)).prefault('16MiB').describe('A longer record is passed over and told')

/** Options of the source `file`. Sizes are bytes and time spans milliseconds once read. */
export const fileSourceOptions = z.strictObject({
  paths: z
    .union([
      z
        .string()
        .min(1)
        .transform((path) => [path]),
      z.array(z.string().min(1)).min(1),
    ])
    .describe('Files to read, also with *, ?, [abc] and **; rotated ones are followed'),
  from: z
    .enum(['beginning', 'end'])
    .prefault('beginning')
    .describe('Where a file that is there at the first start is begun; later ones are read whole'),
  once: z.boolean().prefault(false).describe('Read to the end and finish, in place of waiting for more'),
  every: duration.pipe(z.number().min(1)).prefault('1s').describe('How often files are looked at'),
  tenant,
  max_record_bytes: longest,
})

export type FileSourceOptions = z.infer<typeof fileSourceOptions>

/** Options of the source `stdin`. */
export const stdinSourceOptions = z.strictObject({ tenant, max_record_bytes: longest })

export type StdinSourceOptions = z.infer<typeof stdinSourceOptions>
