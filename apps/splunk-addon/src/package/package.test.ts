import { gunzipSync } from 'node:zlib'
import { isProblem, readConf, readTar, type ReadTarEntry } from '@siembridge/formats'
import { lintPackage, scriptOf } from '@siembridge/splunk/lint'
import { describe, expect, test } from 'vitest'
import { about, customConfs } from '../about.ts'
import { collectedStreams, schemes } from '../schemes.ts'
import { splArchive } from './archive.ts'
import { type CarriedRuntime, packageEntries } from './entries.ts'

const contents = {
  version: '1.2.3',
  script: Buffer.from('// script\n'),
  licence: 'Apache License\n',
  pages: new Map([['templates/base.html', Buffer.from('<!doctype html>\n')]]),
  thirdParty: 'MIT\n',
}
const entriesOf = (runtimes: readonly CarriedRuntime[] = []): readonly ReadTarEntry[] => {
  const read = readTar(gunzipSync(splArchive(packageEntries({ ...contents, runtimes }))))
  if (isProblem(read)) throw new Error(read.problem)
  return read
}
const plain = entriesOf()
const textOf = (path: string, entries = plain): string =>
  Buffer.from(entries.find((entry) => entry.path === `${about.id}/${path}`)?.content ?? '').toString('utf8')

test('the package keeps every rule', () => {
  expect(lintPackage(splArchive(packageEntries(contents)))).toEqual([])
})

test('pages are loaded by a template of ours, or by Splunk’s own; both packages keep every rule', () => {
  const views = ['inputs', 'configuration', 'health', 'migration'].map((name) => `default/data/ui/views/${name}.xml`)
  for (const path of views) expect(textOf(path)).toContain('template="siembridge_ms:/templates/base.html" type="html"')
  const spl = splArchive(packageEntries({ ...contents, loader: 'splunk' }))
  expect(lintPackage(spl)).toEqual([])
  const entries = readTar(gunzipSync(spl))
  if (isProblem(entries)) throw new Error(entries.problem)
  for (const path of views) expect(textOf(path, entries)).toContain('template="pages/splunk_ui_app.html" type="html"')
  expect(entries.filter(({ path }) => path.endsWith('.html'))).toEqual([])
  expect(textOf('appserver/static/pages/health.js', entries)).toContain('entry.js')
})

test('a test of an account has a way through Splunk Web, and no defaults that it does not know', () => {
  expect(textOf('default/web.conf')).toContain('pattern = data/inputs/siembridge_test\n')
  const defaults = readConf(textOf('default/inputs.conf')).stanzas.find(({ name }) => name === 'siembridge_test')
  expect(defaults?.settings.map(({ key }) => key)).toEqual(['interval', 'start_by_shell'])
})

test('the same contents make the same bytes, whoever makes them and whenever', () => {
  expect(splArchive(packageEntries(contents)).equals(splArchive(packageEntries(contents)))).toBe(true)
  const entries = plain
  expect(new Set(entries.map(({ uid, gid, mtime }) => `${uid} ${gid} ${mtime}`))).toEqual(new Set(['0 0 1767225600']))
  expect(entries.map(({ path }) => path)).toEqual(entries.map(({ path }) => path).toSorted())
  expect(new Set(entries.map(({ mode }) => mode))).toEqual(new Set([0o755, 0o644]))
})

describe('schemes', () => {
  test('hold every stream of every source once', () => {
    const held = schemes.flatMap(({ streams }) => streams.map(({ name }) => name))
    expect(held.toSorted()).toEqual(collectedStreams.map(({ name }) => name).toSorted())
  })

  test.for(schemes)(
    '$name has programs, parameters, defaults and a way through Splunk Web',
    ({ name, arguments: wanted }) => {
      const entries = plain
      const has = (path: string): boolean => entries.some((entry) => entry.path === `${about.id}/${path}`)
      expect([scriptOf(name, 'linux', has), scriptOf(name, 'windows', has)]).toEqual([
        `bin/${name}.sh`,
        `bin/${name}.cmd`,
      ])
      const spec = readConf(textOf('README/inputs.conf.spec')).stanzas.find(
        (stanza) => stanza.name === `${name}://<name>`,
      )
      expect(spec?.settings.map(({ key }) => key)).toEqual(wanted.map((argument) => argument.name))
      const defaults = readConf(textOf('default/inputs.conf')).stanzas.find((stanza) => stanza.name === name)
      expect(defaults?.settings.map(({ key, value }) => `${key}=${value}`)).toContain('start_by_shell=false')
      const patterns = readConf(textOf('default/web.conf')).stanzas.flatMap(({ settings }) =>
        settings.map(({ value }) => value),
      )
      expect(patterns).toEqual(
        expect.arrayContaining([`data/inputs/${name}`, `data/inputs/${name}/*`, `data/inputs/${name}/*/*`]),
      )
    },
  )
})

test('confs of the add-on’s own are reloaded, replicated and described', () => {
  for (const conf of Object.values(customConfs)) {
    expect(textOf('default/app.conf')).toContain(`reload.${conf} = simple\n`)
    expect(textOf('default/server.conf')).toContain(`conf_replication_include.${conf} = true\n`)
    expect(textOf(`README/${conf}.conf.spec`)).not.toBe('')
  }
})

test('launchers for Linux end lines with LF, those for Windows with CR LF', () => {
  for (const { name } of schemes) {
    expect(textOf(`bin/${name}.sh`)).not.toContain('\r')
    expect(textOf(`bin/${name}.cmd`).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  }
})

test('a package that carries Node declares it, and has it where the launchers look', () => {
  const node = Buffer.alloc(64)
  node.set([0x7f, 0x45, 0x4c, 0x46])
  node.writeUInt16LE(183, 18)
  const runtimes = [{ platform: 'linux_arm64' as const, node, licence: 'MIT of Node\n' }]
  expect(lintPackage(splArchive(packageEntries({ ...contents, runtimes })))).toEqual([])
  const entries = entriesOf(runtimes)
  const carried = entries.find(({ path }) => path === `${about.id}/bin/runtime/linux_arm64/node`)
  expect(carried).toMatchObject({ mode: 0o755, content: node })
  expect(textOf('LICENSES/Node.js.txt', entries)).toBe('MIT of Node\n')
  expect(textOf('README.txt', entries)).toMatch(/# Binary File Declaration\nbin\/runtime\/linux_arm64\/node - /)
  expect(textOf(`bin/${schemes[0]?.name ?? ''}.sh`, entries)).toContain('Linux-aarch64) p=linux_arm64')
})
