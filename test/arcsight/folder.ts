import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { arcsightKit } from '@siembridge/arcsight'
import { logTypes } from '@siembridge/catalog'
import type { KitOptions, OutputFile } from '@siembridge/core'
import { samples } from '../samples.ts'

export const types = logTypes.map(({ id }) => id)

/** What `siembridge generate arcsight` writes. */
export const generated = (options: KitOptions = {}, only: readonly string[] = types): readonly OutputFile[] =>
  arcsightKit.generate(only, options).files

export const files = generated()

export const contentOf = (path: string): string => String(files.find((file) => file.path === path)?.content)

/** The catalog's samples, and the records in the folder that SIEMBRIDGE_SAMPLES names. */
export const inputs: readonly { readonly name: string; readonly type?: string; readonly bytes: Buffer }[] = [
  ...samples,
  ...foreign(process.env['SIEMBRIDGE_SAMPLES']),
]

function foreign(folder: string | undefined): { name: string; bytes: Buffer }[] {
  if (folder === undefined) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line, at) => ({ name: `${name}:${at + 1}`, bytes: Buffer.from(line) })),
    )
}
