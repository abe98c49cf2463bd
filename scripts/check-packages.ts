// What npm would publish, package by package: publint finds nothing, the manifest has what a reader needs, and the archive
// holds no test and nothing that a test left. The packages must be built.
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly license?: string
  readonly description?: string
  readonly engines?: { readonly node?: string }
  readonly repository?: { readonly directory?: string }
}

function manifestProblems(folder: string, manifest: Manifest): string[] {
  const { license, description, engines, repository } = manifest
  const least = Number(/^>=(\d+)/.exec(engines?.node ?? '')?.[1] ?? 0)
  return [
    license === 'Apache-2.0' ? '' : 'license is not Apache-2.0',
    description ? '' : 'description is missing',
    least >= 22 ? '' : 'engines.node does not ask for 22 or newer',
    repository?.directory === folder ? '' : 'repository.directory is not its folder',
    existsSync(join(root, folder, 'README.md')) ? '' : 'README.md is missing',
  ]
}

/** Paths in the archive that npm would make. */
function packed(folder: string): string[] {
  const command = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const answer = execFileSync('npm', command, {
    cwd: join(root, folder),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return (JSON.parse(answer) as { files: { path: string }[] }[]).flatMap((archive) =>
    archive.files.map((file) => file.path),
  )
}

function archiveProblems(folder: string): string[] {
  const files = packed(folder)
  const tests = files
    .filter((path) => /\.test\.|(^|\/)(test|tests|node_modules)\/|tsbuildinfo/.test(path))
    .map((path) => `${path} is published`)
  return [...tests, files.some((path) => path.endsWith('.js')) ? '' : 'no code is published; is it built?']
}

async function problemsOf(folder: string, manifest: Manifest): Promise<string[]> {
  const { messages } = await publint({ pkgDir: join(root, folder), strict: true, pack: 'npm' })
  const told = messages.map(
    (message) =>
      formatMessage(message, manifest as unknown as Record<string, unknown>, { color: false }) ?? message.code,
  )
  return [...told, ...manifestProblems(folder, manifest), ...archiveProblems(folder)].filter((text) => text !== '')
}

const published = globSync('{packages,apps}/*/package.json', { cwd: root })
  .toSorted()
  .map((path) => ({
    folder: path.replaceAll('\\', '/').slice(0, -'/package.json'.length),
    manifest: JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest,
  }))
  .filter(({ manifest }) => !manifest.private)
const found = await Promise.all(
  published.map(async ({ folder, manifest }) =>
    (await problemsOf(folder, manifest)).map((text) => `${folder}: ${text}`),
  ),
)
for (const problem of found.flat()) process.stderr.write(`packages: ${problem}\n`)
if (found.flat().length > 0) process.exitCode = 1
else process.stdout.write(`packages: ${published.length} are fit to publish\n`)
