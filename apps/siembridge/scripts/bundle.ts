// Bundles the command into few files: reading a hundred small modules would take longer than converting a record. What a
// command does not need (the interpreter and the catalog, winston, the other dialects) stays in files of its own that are
// read when they are wanted. All of them are CommonJS, because records are converted synchronously, and what the first of them
// turns out to need has to be loaded so, on every Node.
import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions } from 'esbuild'
import { commonJs } from './common-js.ts'
import { oneStart } from './one-start.ts'

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const engine = dirname(createRequire(import.meta.url).resolve('@siembridge/engine/package.json'))

rmSync(at('dist/bundle'), { recursive: true, force: true })
const small: BuildOptions = {
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  // A fifth less to compile at every start.
  minifyIdentifiers: true,
  logLevel: 'warning',
}
const { outputFiles } = await build({
  ...small,
  // The interpreter by the name under which the engine loads it.
  entryPoints: { main: at('src/main.ts'), interpreter: `${engine}/dist/interpreter.js` },
  outdir: at('dist/bundle'),
  bundle: true,
  splitting: true,
  format: 'esm',
  external: ['winston'],
  plugins: [oneStart(at('src/main.ts'))],
  define: { 'import.meta.url': '__filename', 'import.meta.dirname': '__dirname' },
  write: false,
})
mkdirSync(at('dist/bundle'), { recursive: true })
for (const { path, text } of outputFiles) writeFileSync(path, commonJs(basename(path), text))
writeFileSync(at('dist/bundle/package.json'), '{"type":"commonjs"}\n')
await build({
  ...small,
  entryPoints: globSync(`${engine}/dist/generated/cef/*.cjs`),
  outdir: at('dist/bundle/generated/cef'),
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
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
