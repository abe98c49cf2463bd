// Writes a package of the add-on: `npm run package:splunk [-- --script FILE] [--runtime PLATFORM[=FILE]]… [--loader own|splunk]
// [--out FOLDER]`; with `--all` the one without Node and one for every platform that Node is pinned for.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { lintPackage } from '@siembridge/splunk/lint'
import { about } from './about.ts'
import { builtPages } from './package/built-pages.ts'
import { splArchive } from './package/archive.ts'
import { type CarriedRuntime, packageEntries } from './package/entries.ts'
import { type Loader, loaders } from './package/pages.ts'
import { type RuntimePlatform, runtimePlatforms } from './package/launchers.ts'
import { fetchRuntime, ownRuntime } from './package/runtimes.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const { values } = parseArgs({
  options: {
    script: { type: 'string', default: at(`../dist/bundle/${about.script}`) },
    runtime: { type: 'string', multiple: true, default: [] },
    loader: { type: 'string', default: 'own' },
    all: { type: 'boolean', default: false },
    out: { type: 'string', default: at('../dist/packages') },
  },
})

function fail(message: string): never {
  process.stderr.write(`package:splunk: ${message}\n`)
  process.exit(1)
}

function bytesOf(path: string, what: string, help: string): Buffer {
  try {
    return readFileSync(resolve(path))
  } catch (error) {
    return fail(`${what} cannot be read: ${(error as Error).message}\n  do: ${help}`)
  }
}

function runtimeOf(text: string): CarriedRuntime {
  const [platform = '', path] = text.split('=')
  if (!Object.hasOwn(runtimePlatforms, platform))
    fail(`no platform ${JSON.stringify(platform)}; there are ${Object.keys(runtimePlatforms).join(', ')}`)
  const known = platform as RuntimePlatform
  const file = 'name the program: --runtime PLATFORM=FILE'
  try {
    return { platform: known, ...(path === undefined ? fetchRuntime(known) : ownRuntime(resolve(path))) }
  } catch (error) {
    const help = path === undefined ? `look whether the npm registry is reachable, or ${file}` : file
    return fail(`Node for ${platform} cannot be had: ${(error as Error).message}\n  do: ${help}`)
  }
}

if (!Object.hasOwn(loaders, values.loader))
  fail(`no loader ${JSON.stringify(values.loader)}; there are ${Object.keys(loaders).join(', ')}`)
const loader = values.loader as Loader
const { version } = JSON.parse(readFileSync(at('../package.json'), 'utf8')) as { version: string }

function writePackage(runtimes: readonly CarriedRuntime[]): void {
  const spl = splArchive(
    packageEntries({
      version,
      script: bytesOf(values.script, 'the script that the inputs run', 'name the bundled script: --script FILE'),
      loader,
      pages: builtPages(at('../dist/pages')),
      licence: readFileSync(at('../../../LICENSE'), 'utf8'),
      thirdParty: readFileSync(at('../dist/bundle/licences.txt'), 'utf8'),
      runtimes,
    }),
  )
  const problems = lintPackage(spl)
  for (const { level, check, file, line, says } of problems)
    process.stderr.write(`${level}: ${file}${line === undefined ? '' : `:${line}`}: ${says} (${check})\n`)
  if (problems.some(({ level }) => level === 'error')) fail('the package breaks rules and was not written')
  const name = [
    about.id,
    version,
    ...(loader === 'splunk' ? ['splunk10.4'] : []),
    ...runtimes.map(({ platform }) => platform),
  ].join('-')
  mkdirSync(values.out, { recursive: true })
  writeFileSync(join(values.out, `${name}.spl`), spl)
  process.stdout.write(`${join(values.out, `${name}.spl`)}: ${spl.length} bytes, ${problems.length} warnings\n`)
}

writePackage(values.runtime.map((text) => runtimeOf(text)))
if (values.all) for (const platform of Object.keys(runtimePlatforms)) writePackage([runtimeOf(platform)])
