import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { logTypes } from '@siembridge/catalog'
import { tarArchive } from '@siembridge/formats'
import { splunkKit } from '@siembridge/splunk/knowledge'
import { afterAll, describe, expect, test } from 'vitest'
import { badPackages } from '../../packages/splunk/testing/bad-packages.ts'
import { PackageDraft } from '../../packages/splunk/testing/good-package.ts'
import { gzipSync } from 'node:zlib'
import { splArchive } from '../../apps/splunk-addon/src/package/archive.ts'
import { builtPackage, ownNode } from './site.ts'

const program = process.env.SIEMBRIDGE_APPINSPECT ?? 'splunk-appinspect'
const found = spawnSync(program, ['--help']).status === 0
const suite = found
  ? 'AppInspect'
  : 'AppInspect (needs splunk-appinspect of the Python registry, or its path in SIEMBRIDGE_APPINSPECT)'

type Result =
  | 'success'
  | 'failure'
  | 'error'
  | 'warning'
  | 'manual_check'
  | 'not_applicable'
  | 'skipped'
  | 'future_failure'
interface Report {
  readonly summary: Readonly<Record<string, number>>
  readonly reports: readonly {
    readonly groups: readonly { readonly checks: readonly { readonly name: string; readonly result: Result }[] }[]
  }[]
}

const folder = mkdtempSync(join(tmpdir(), 'siembridge-appinspect-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function inspected(name: string, spl: Buffer, tags: readonly string[]): Promise<Report> {
  const file = join(folder, `${name}.spl`)
  const report = join(folder, `${name}.json`)
  writeFileSync(file, spl)
  const wanted = tags.flatMap((tag) => ['--included-tags', tag])
  await promisify(execFile)(program, [
    'inspect',
    file,
    '--mode',
    'test',
    ...wanted,
    '--data-format',
    'json',
    '--output-file',
    report,
  ]).catch(() => {})
  return JSON.parse(readFileSync(report, 'utf8')) as Report
}

const results = ({ reports }: Report): Map<string, Result> =>
  new Map(
    reports.flatMap(({ groups }) =>
      groups.flatMap(({ checks }) => checks.map(({ name, result }) => [name, result] as const)),
    ),
  )
const named = (report: Report, wanted: readonly Result[]): string[] =>
  [...results(report)].filter(([, result]) => wanted.includes(result)).map(([name]) => name)

const explained = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../apps/splunk-addon/appinspect.json', import.meta.url)), 'utf8'),
) as {
  readonly warnings: Readonly<Record<string, string>>
  readonly skipped: Readonly<Record<string, string>>
}

const cloud = ['cloud', 'private_app', 'future']

/** Rules of ours whose bad package AppInspect lets pass although it knows the check, and why. */
const letsPass: Readonly<Record<string, string>> = {
  check_aarch64_compatibility: 'it asks libmagic, which does not take a header alone for a program',
  check_config_file_parsing: 'it reads a line without "=" as a setting without a value',
  check_for_git_merge_conflict_in_app: 'it wants the whole of a conflict in one match',
  check_hotlinking_splunk_web_libraries: 'it reports our example under another name',
  check_manipulation_outside_of_app_container: 'it looks at paths in configuration, not in scripts',
  check_restmap_conf_exists: 'it warns of handlers; we refuse the file',
  check_symlink_outside_app: 'it does not unpack such an archive at all',
  check_telemetry_endpoint_usage_in_javascript: 'it wants the whole address',
  check_that_extracted_splunk_app_does_not_contain_prohibited_directories_or_files:
    'it looks at the top of the app only',
}

describe.skipIf(!found)(suite, () => {
  test('finds no failure and no error in the add-on, and each warning and skip is explained', async () => {
    const report = await inspected('addon', builtPackage(), cloud)
    expect(named(report, ['failure', 'error', 'manual_check', 'future_failure'])).toEqual([])
    expect(named(report, ['warning']).toSorted()).toEqual(Object.keys(explained.warnings).toSorted())
    expect(named(report, ['skipped']).toSorted()).toEqual(Object.keys(explained.skipped).toSorted())
  })

  test('finds less in the package whose pages Splunk’s own template loads', async () => {
    const report = await inspected('splunk-loader', builtPackage('--loader', 'splunk'), cloud)
    const { check_for_custom_mako_templates: _, ...others } = explained.warnings
    expect(named(report, ['failure', 'error', 'manual_check', 'future_failure'])).toEqual([])
    expect(named(report, ['warning']).toSorted()).toEqual(Object.keys(others).toSorted())
  })

  const node = ownNode()
  test.skipIf(node === undefined)('finds the same in a package that carries Node', async () => {
    const report = await inspected('carried', builtPackage('--runtime', `linux_x86_64=${node ?? ''}`), cloud)
    expect(named(report, ['failure', 'error', 'manual_check', 'future_failure', 'skipped'])).toEqual([])
    expect(named(report, ['warning']).toSorted()).toEqual(Object.keys(explained.warnings).toSorted())
  })

  test('finds no failure and no error in the app that `siembridge generate splunk` writes', async () => {
    const { files } = splunkKit.generate(
      logTypes.map(({ id }) => id),
      {},
    )
    const app = files.filter(({ path }) => path.includes('/'))
    const folders = new Set(
      app.flatMap(({ path }) =>
        path
          .split('/')
          .slice(0, -1)
          .map((_, at, parts) => parts.slice(0, at + 1).join('/')),
      ),
    )
    const entries = [
      ...[...folders].map((path) => ({ path, is: 'directory' as const, mode: 0o755 })),
      ...app.map(({ path, content }) => ({ path, is: 'file' as const, mode: 0o644, content: Buffer.from(content) })),
    ]
    expect(
      named(await inspected('knowledge', splArchive(entries), cloud), [
        'failure',
        'error',
        'future_failure',
        'warning',
        'skipped',
      ]),
    ).toEqual([])
  })

  test('finds in our bad packages what our lint finds, where it knows the check', { timeout: 1_200_000 }, async () => {
    const spl = (draft: PackageDraft): Buffer => gzipSync(tarArchive(draft.entries, 0))
    const good = results(await inspected('good', spl(new PackageDraft()), []))
    const missed: string[] = []
    const pending = Object.entries(badPackages).filter(([check]) => good.has(check))
    const work = async (): Promise<void> => {
      for (let next = pending.pop(); next; next = pending.pop()) {
        const [check, spoil] = next
        const result = results(await inspected(check, spl(spoil(new PackageDraft())), [])).get(check)
        if (!['failure', 'warning', 'error', 'future_failure'].includes(result ?? '')) missed.push(check)
      }
    }
    await Promise.all([work(), work()])
    expect(missed.toSorted()).toEqual(Object.keys(letsPass).toSorted())
  })
})
