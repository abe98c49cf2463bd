// One direction only: each layer imports the layers below it, never beside or above (ARCHITECTURE.md). Compares the
// packages with the layer table, and their imports with what they declare.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Layers by folder. Two packages of one layer do not know each other. */
const layers: Readonly<Record<string, number>> = {
  'packages/formats': 0,
  'packages/catalog': 0,
  'packages/engine': 1,
  'packages/core': 2,
  'packages/azure': 3,
  'packages/microsoft': 4,
  'packages/syslog': 4,
  'packages/splunk': 4,
  'packages/http': 4,
  'packages/file': 4,
  'packages/arcsight': 4,
  'packages/qradar': 4,
  'packages/simulator': 4,
  'apps/siembridge': 5,
  'apps/splunk-addon': 5,
}

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const manifest = (folder: string): Manifest => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
const folders = globSync('{packages,apps}/*', { cwd: root }).filter((f) => existsSync(join(root, f, 'package.json')))
const layerOf = new Map(folders.map((folder) => [manifest(folder).name, layers[folder.replaceAll('\\', '/')]]))

/** An app is bundled: what it takes in at build time stands among its devDependencies. */
const declared = (folder: string): string[] => {
  const { dependencies, devDependencies } = manifest(folder)
  return Object.keys({ ...dependencies, ...(folder.startsWith('apps') && devDependencies) })
}

const imported = /(?:\bfrom\s*|\bimport\s*\(?\s*)'([^'\n]+)'/g

/** Scripts of a package may use those of the workspace, and nothing else outside of it. */
function leaves(folder: string, file: string, target: string): boolean {
  const path = resolve(root, dirname(file), target)
  const isScript = file.startsWith(`${folder}/scripts/`) && dirname(path) === join(root, 'scripts')
  return !isScript && relative(join(root, folder), path).startsWith('..')
}

function* problemsOf(folder: string): Generator<string> {
  const { name } = manifest(folder)
  const layer = layerOf.get(name)
  if (layer === undefined) return yield `${folder}: it has no layer; add it to the table in scripts/check-layers.ts`
  const known = declared(folder)
  for (const other of known) {
    const below = layerOf.get(other)
    if (below !== undefined && below >= layer)
      yield `${folder}/package.json: ${name} (layer ${layer}) may not use ${other} (layer ${below})`
  }
  for (const file of globSync(`${folder}/{src,log-types,scripts,bin,web}/**/*.{ts,tsx,js}`, { cwd: root }))
    for (const [, target = ''] of readFileSync(join(root, file), 'utf8').matchAll(imported)) {
      if (target.startsWith('.')) {
        if (leaves(folder, file, target)) yield `${file}: "${target}" leaves the package`
      } else if (target.startsWith('@siembridge/') && !known.includes(target.split('/').slice(0, 2).join('/')))
        if (!target.startsWith(`${name}/`)) yield `${file}: "${target}" is not declared in ${folder}/package.json`
    }
}

const problems = folders.flatMap((folder) => [...problemsOf(folder)])
for (const problem of problems) process.stderr.write(`layers: ${problem}\n`)
if (problems.length > 0) process.exitCode = 1
else process.stdout.write(`layers: ${folders.length} packages, one direction\n`)
