import { gzipSync } from 'node:zlib'
import { tarArchive } from '@siembridge/formats'
import { describe, expect, test } from 'vitest'
import { badPackages } from '../../testing/bad-packages.ts'
import { PackageDraft } from '../../testing/good-package.ts'
import { lintEntries, lintPackage, lintRules } from './lint.ts'
import { scriptOf } from './scheme-script.ts'
import { xmlProblem } from './xml.ts'

test('a package that keeps every rule has no problem', () => {
  expect(lintPackage(gzipSync(tarArchive(new PackageDraft().entries, 0)))).toEqual([])
})

test('every rule has a package that breaks it, and each stands once', () => {
  const checks = lintRules.map(({ check }) => check)
  expect(checks.toSorted()).toEqual(Object.keys(badPackages).toSorted())
})

describe('a package that breaks a rule is told so', () => {
  test.for(lintRules)('$check: $demands', ({ check, level }) => {
    const found = lintEntries((badPackages[check] as (typeof badPackages)[string])(new PackageDraft()).entries)
    expect(found).toContainEqual(expect.objectContaining({ check, level }))
  })
})

test.for([
  ['something else', Buffer.from('not gzip')],
  ['an archive that is cut off', gzipSync(tarArchive(new PackageDraft().entries, 0).subarray(0, 900))],
] as const)('%s is no package', ([, bytes]) => {
  expect(lintPackage(bytes)).toMatchObject([{ check: 'check_that_splunk_app_package_valid_compressed_file' }])
})

test('a package that Splunk Cloud does not take is told so', () => {
  expect(lintPackage(Buffer.alloc(128 * 1024 * 1024 + 1))[0]?.check).toBe(
    'check_that_splunk_app_package_fits_splunk_cloud',
  )
})

test('a folder of the architecture comes before bin, and a platform takes its own kinds of programs', () => {
  const files = new Set(['bin/a.sh', 'bin/a.cmd', 'linux_x86_64/bin/a'])
  const has = (path: string): boolean => files.has(path)
  expect(scriptOf('a', 'linux', has)).toBe('linux_x86_64/bin/a')
  expect(scriptOf('a', 'darwin', has)).toBe('bin/a.sh')
  expect(scriptOf('a', 'windows', has)).toBe('bin/a.cmd')
  expect(scriptOf('b', 'linux', has)).toBeUndefined()
})

test.for([
  ['/etc/passwd', false],
  ['../../../etc/passwd', false],
  ['../../other_app/x', false],
  ['appIcon.png', true],
  ['/contoso_app/x', true],
  ['../README.txt', true],
] as const)('a link to %s: is it within the app? %s', ([target, within]) => {
  const draft = new PackageDraft().raw({ path: 'contoso_app/static/link', is: 'symlink', mode: 0o777, target })
  const checks = lintEntries(draft.entries).map(({ check }) => check)
  expect(checks.includes('check_symlink_outside_app')).toBe(!within)
})

describe('what Splunk would pass over without a word', () => {
  const found = (path: string, text: string): string[] =>
    lintEntries(new PackageDraft().append(path, text).entries).map(({ check }) => check)
  test.for([
    ['TIME_PREFIX = "time"\\s*:\\s*"', true],
    ['EXTRACT-a = (?<a>[]()[:alpha:]]+)\\( in source', true],
    ['EXTRACT-a = (?P<a>[^\\]]+)', true],
    ['EXTRACT-a = \\Q(\\E(?<a>.)', true],
    ['LINE_BREAKER = ([\\r\\n]+)', true],
    ['LINE_BREAKER = ([\\r\\n+)', false],
    ['EXTRACT-a = (?<a>[a-z)', false],
    ['EXTRACT-a = (?<a>x))', false],
  ] as const)('the regular expression of %s is closed: %s', ([setting, closed]) => {
    const checks = found('default/props.conf', `[contoso:z]\n${setting}\n`)
    expect(checks.includes('check_regular_expressions_are_closed')).toBe(!closed)
  })
  test.for([
    ['search = sourcetype="a(b" (x="1" OR y="\\"")', true],
    ['search = sourcetype="x', false],
    ['search = a=1)', false],
    ['description = x', false],
  ] as const)('the event type with %s is whole: %s', ([setting, whole]) => {
    const checks = found('default/eventtypes.conf', `[contoso_z]\n${setting}\n`)
    expect(checks.includes('check_eventtypes_conf_searches')).toBe(!whole)
  })
})

describe('XML', () => {
  test.for([
    ['<a/>', undefined],
    ['<?xml version="1.0"?>\n<a b="c"><!-- <x> --><b>x &amp; y</b><![CDATA[<]]></a>\n', undefined],
    ['<a>\n<b></a>', 2],
    ['<a></a><b/>', 1],
    ['<a>x & y</a>', 1],
    ['<a b=c></a>', 1],
    ['<a>\n', 2],
    ['', 1],
    ['text', 1],
  ] as const)('%j', ([text, line]) => {
    expect(xmlProblem(text)?.line).toBe(line)
  })
})
