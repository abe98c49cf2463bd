import { readFileSync } from 'node:fs'
import { isProblem, readConf } from '@siembridge/formats'
import { expect, test } from 'vitest'
import { knowledgeVersion } from './knowledge/app-files.ts'
import { splunkKit } from './kit.ts'
import { lintEntries } from './lint/lint.ts'

test('the app has the version of the package that writes it', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  expect(knowledgeVersion).toBe(version)
})

test('only what the wanted log types need is written, and the steps tell of nothing else', () => {
  const { files } = splunkKit.generate(['entra.sign-in'], {})
  const text = (name: string): string => files.find(({ path }) => path.endsWith(name))?.content.toString() ?? ''
  expect(readConf(text('props.conf')).stanzas.map(({ name }) => name)).toEqual(['siembridge:entra:sign-in'])
  expect(readConf(text('eventtypes.conf')).stanzas.map(({ name }) => name)).toEqual([
    'siembridge_entra_sign_in_authentication',
  ])
  expect(text('README.md')).toContain('managed identities')
  expect(text('README.md')).not.toContain('o365')
})

test('the app keeps every rule of a package', () => {
  const files = splunkKit.generate(['entra.sign-in', 'xdr.alert'], {}).files.filter(({ path }) => path.includes('/'))
  const folders = new Set(
    files.flatMap(({ path }) =>
      path
        .split('/')
        .slice(0, -1)
        .map((_, at, parts) => parts.slice(0, at + 1).join('/')),
    ),
  )
  const entries = [
    ...[...folders].map((path) => ({ path, is: 'directory' as const, mode: 0o755 })),
    ...files.map(({ path, content }) => ({ path, is: 'file' as const, mode: 0o644, content: Buffer.from(content) })),
  ]
  expect(lintEntries(entries).filter(({ check }) => check !== 'check_basic_readme')).toEqual([])
})

test('a log type that is not known is refused', () => {
  expect(() => splunkKit.generate(['contoso.unknown'], {})).toThrow(RangeError)
})

test('a record that is not JSON, or of no log type, is told so', () => {
  const verifier = splunkKit.verify(splunkKit.generate(['entra.sign-in'], {}).files, {})
  for (const text of ['{"a":', '{"a":1}']) expect(verifier.record(Buffer.from(text))[0]?.is).toBe('unparsed')
})

test('a folder without props is a problem, not a crash', () => {
  expect(splunkKit.verify([], {}).problems).toMatchObject([{ code: 'no-props', level: 'error' }])
  expect(isProblem(splunkKit.verify([{ path: 'default/props.conf', content: Buffer.from([0xff, 0xfe]) }], {}))).toBe(
    false,
  )
})
