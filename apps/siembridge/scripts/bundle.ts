// Bundles the command into few files: reading a hundred small modules would take longer than converting a record. What a
// command does not need (winston, the other dialects) stays in files of its own that are read when they are wanted.
import { rmSync } from 'node:fs'
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
