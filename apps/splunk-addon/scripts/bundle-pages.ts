// Bundles the pages of Splunk Web: one script that shows the page whose name stands in the address, and the template that loads it.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, type Metafile, type Plugin } from 'esbuild'
import { about } from '../dist/about.js'
import { pageFacts } from '../dist/page-facts.js'

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const out = at('dist/pages')

/** Looks of `@splunk/themes` that are not the pages': nothing calls what they export, and they are a tenth of the script. */
const unusedLooks: Plugin = {
  name: 'unused looks',
  setup(builder) {
    builder.onLoad({ filter: /@splunk\/themes\/splunk-(?:magnetic|1cd)\/index\.js$/ }, () => ({
      contents: 'module.exports = {}',
    }))
  },
}

/** Writes the script and the template below `dist/pages`; answers what the script is made of. */
export async function bundlePages(): Promise<Metafile> {
  // What an earlier build left would come into the package.
  rmSync(out, { recursive: true, force: true })
  const { metafile } = await build({
    entryPoints: { entry: at('web/entry.tsx') },
    outdir: `${out}/pages`,
    bundle: true,
    platform: 'browser',
    target: ['chrome109', 'firefox115', 'safari16'],
    format: 'iife',
    jsx: 'automatic',
    minify: true,
    // The licences of everything in it stand in LICENSES/third-party.txt of the package.
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    plugins: [unusedLooks],
    define: { 'process.env.NODE_ENV': '"production"', PAGE_FACTS: JSON.stringify(pageFacts) },
    tsconfig: at('web/tsconfig.json'),
  })
  writeTemplate()
  return metafile
}

function writeTemplate(): void {
  /** Browsers keep scripts for long: what is in one is in its address. */
  const stamp = createHash('sha256')
    .update(readFileSync(`${out}/pages/entry.js`))
    .digest('hex')
    .slice(0, 12)
  const template = readFileSync(at('web/app/base.html'), 'utf8')
    .replaceAll('@BUILD', `@${stamp}`)
    .replaceAll('/APP/', `/${about.id}/`)
  mkdirSync(`${out}/templates`, { recursive: true })
  writeFileSync(`${out}/templates/base.html`, template)
}
