// Bundles the command into few files: reading a hundred small modules would take longer than converting a record. What a
// command does not need (the interpreter and the catalog, winston, the other dialects) stays in files of its own that are
// read when they are wanted. All of them are CommonJS, because records are converted synchronously, and what the first of them
// turns out to need has to be loaded so, on every Node.
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions } from 'esbuild'
import { commonJs } from './common-js.ts'
import { thirdPartyLicences } from '../../../scripts/third-party.ts'
import { oneStart } from './one-start.ts'

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const of = (name: string): string => dirname(createRequire(import.meta.url).resolve(`@siembridge/${name}/package.json`))
const engine = of('engine')

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
const { outputFiles, metafile } = await build({
  ...small,
  // The interpreter and the reader of CEF by the names under which engine and core load them.
  entryPoints: {
    main: at('src/main.ts'),
    interpreter: `${engine}/dist/interpreter.js`,
    'cef-line': `${of('core')}/dist/records/cef-line.js`,
    'render-worker': at('src/demo/render-worker.ts'),
  },
  outdir: at('dist/bundle'),
  bundle: true,
  splitting: true,
  format: 'esm',
  external: ['winston'],
  plugins: [oneStart(at('src/main.ts'))],
  define: { 'import.meta.url': '__filename', 'import.meta.dirname': '__dirname' },
  write: false,
  metafile: true,
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

// The demo's cloud and receivers: processes of their own, published with the command.
const simulator = of('simulator')
rmSync(at('dist/demo'), { recursive: true, force: true })
const demo = await build({
  ...small,
  entryPoints: { cloud: `${simulator}/dist/main.js`, receivers: `${simulator}/dist/receivers-main.js` },
  outdir: at('dist/demo'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  metafile: true,
})
writeFileSync(at('dist/third-party-licences.txt'), thirdPartyLicences([metafile, demo.metafile]))
