import { z } from 'zod'

/** Options of the target `arcsight-folder`. */
export const folderOptions = z.strictObject({
  path: z.string().min(1).describe('Folder below which every log type has a folder of its own; it has to exist'),
  format: z.enum(['flat']).prefault('flat').describe('What a document holds'),
  max_unread: z
    .int()
    .min(1)
    .max(1_000_000)
    .prefault(10_000)
    .describe('Documents of one log type that the connector has not taken; with that many there, delivery waits'),
  sync: z.boolean().prefault(true).describe('Documents are on disk (fsync) before they count as delivered'),
  mode: z
    .string()
    .regex(/^0?[0-7]{3}$/, 'write three octal digits such as "0640"')
    .prefault('0640')
    .transform((text) => parseInt(text, 8))
    .describe('Permissions of the documents; the connector has to read and to rename them'),
})

export type FolderOptions = z.infer<typeof folderOptions>
