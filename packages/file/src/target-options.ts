import { z } from 'zod'
import { bytes, duration } from '@siembridge/core/units'

/** Formats of lines that make sense in a file, the default first. */
export const formats = ['ecs', 'flat', 'raw+', 'cef', 'leef', 'hec'] as const

const format = z.enum(formats).prefault('ecs').describe('What a line holds')

/** Options of the target `file`. Sizes are bytes and time spans milliseconds once read. */
export const fileTargetOptions = z.strictObject({
  path: z
    .string()
    .min(1)
    .describe('The file; it belongs to the target, and what is no whole line at its end is cut off'),
  format,
  sync: z.boolean().prefault(true).describe('Events are on disk (fdatasync) before they count as delivered'),
  mode: z
    .string()
    .regex(/^0?[0-7]{3}$/, 'write three octal digits such as "0640"')
    .prefault('0600')
    .transform((text) => parseInt(text, 8))
    .describe('Permissions of the files'),
  rotate_size: bytes.optional().describe('A larger file is rotated; unless told, size does not matter'),
  rotate_daily: z.boolean().prefault(false).describe('A file is rotated when the day ends, in UTC'),
  keep_files: z.int().min(1).optional().describe('Rotated files to keep; unless told, all of them'),
  keep_for: duration.optional().describe('Rotated files are removed when they are older; unless told, never'),
  gzip: z.boolean().prefault(true).describe('Compress rotated files'),
})

export type FileTargetOptions = z.infer<typeof fileTargetOptions>

/** Options of the target `stdout`. */
export const stdoutTargetOptions = z.strictObject({ format })

export type StdoutTargetOptions = z.infer<typeof stdoutTargetOptions>
