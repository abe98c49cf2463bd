// Bundles the command into few files: reading a hundred small modules would take longer than converting a record. What a
// command does not need (winston, the other dialects) stays in files of its own that are read when they are wanted.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

rmSync(at('dist/bundle'), { recursive: true, force: true })
await build({
  entryPoints: [at('src/main.ts')],
  outdir: at('dist/bundle'),
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['winston'],
  minifySyntax: true,
  minifyWhitespace: true,
  banner: { js: "import{createRequire as makeRequire}from'node:module';const require=makeRequire(import.meta.url);" },
  logLevel: 'warning',
})

// The demo runs on the samples of the catalog, from a file that is published with the command.
const types = at('../../packages/catalog/log-types/')
const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => e.name)
    .toSorted()
const samples = folders(types).flatMap((service) =>
  folders(`${types}${service}`).flatMap((kind) =>
    readdirSync(`${types}${service}/${kind}/samples`)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => ({
        type: `${service}.${kind}`,
        name: name.slice(0, -5),
        text: readFileSync(`${types}${service}/${kind}/samples/${name}`, 'utf8'),
      })),
  ),
)
mkdirSync(at('dist/demo'), { recursive: true })
writeFileSync(at('dist/demo/samples.json'), JSON.stringify(samples))
