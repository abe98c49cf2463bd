// Bundles the script of the add-on's inputs into one file: CommonJS, because records are converted synchronously; and that of its pages.
import { createRequire } from 'node:module'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { thirdPartyLicences } from '../../../scripts/third-party.ts'
import { about } from '../dist/about.js'
import { bundlePages } from './bundle-pages.ts'

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const engine = dirname(createRequire(import.meta.url).resolve('@siembridge/engine/package.json'))

/** What the engine loads when it is first asked for is in the file as well; inputs do not print CEF. */
const whole: Plugin = {
  name: 'whole',
  setup(builder) {
    builder.onLoad({ filter: /engine\/dist\/late\.js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8')
      const contents = code
        .replace("load('./interpreter.js')", 'require("./interpreter.js")')
        .replace("load('node:crypto')", 'require("node:crypto")')
      if (!contents.includes('require("./interpreter.js")')) throw new Error(`${path} loads the interpreter otherwise`)
      return { contents, loader: 'js', resolveDir: join(engine, 'dist') }
    })
  },
}

const { metafile } = await build({
  entryPoints: [at('src/input.ts')],
  outfile: at(`dist/bundle/${about.script}`),
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: true,
  logLevel: 'warning',
  metafile: true,
  plugins: [whole],
  define: { 'import.meta.url': '__filename', 'import.meta.dirname': '__dirname' },
})
await writeFile(at('dist/bundle/licences.txt'), thirdPartyLicences([metafile, await bundlePages()]))
