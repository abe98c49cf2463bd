// Licences of the packages that a bundle holds: their notices have to go with every copy.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Metafile } from 'esbuild'

interface Held {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}

/** Texts of the licences of all packages of the registry in these bundles, by name; `root` is the folder that esbuild ran in. */
export function thirdPartyLicences(metafiles: readonly Metafile[], root = process.cwd()): string {
  const folders = new Set(
    metafiles
      .flatMap(({ inputs }) => Object.keys(inputs))
      .flatMap((path) => (path.includes('node_modules/') ? [folderOf(join(root, path))] : [])),
  )
  const held = [...folders].map((folder) => heldIn(folder))
  const named = new Map(held.map((one) => [`${one.name} ${one.version}`, one]))
  return [...named]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, { licence, text }]) => `${title} (${licence})\n\n${text.trim()}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

/** The folder of the package that a file belongs to. */
function folderOf(path: string): string {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file) && 'version' in (JSON.parse(readFileSync(file, 'utf8')) as object)) return folder
  }
  throw new Error(`${path} belongs to no package`)
}

function heldIn(folder: string): Held {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly version: string
    readonly license?: string
  }
  const licence = license ?? 'no licence named'
  const file = readdirSync(folder).find((one) => /^licen[cs]e(?:\b|[-.])/i.test(one))
  return {
    name,
    version,
    licence,
    text: file === undefined ? `Licence: ${licence}` : readFileSync(join(folder, file), 'utf8'),
  }
}
