import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Inheritance } from '../agent/inheritance.ts'
import { bringUpToDate } from './state-version.ts'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'siembridge-version-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, content: string): void => writeFileSync(join(folder, name), content)
const noon = Date.parse('2026-06-01T12:00:00Z')

test('an empty directory becomes one of this form, without a backup', () => {
  write('lock', '{}')
  expect(bringUpToDate(folder, noon)).toBeUndefined()
  expect(readdirSync(folder)).toEqual(['lock', 'version.json'])
  expect(bringUpToDate(folder, noon)).toBeUndefined()
})

test('form 0: all of it is copied aside, and its positions are left to the lanes', () => {
  write('positions.json', '{"graph/alerts":"{\\"to\\":1}"}')
  mkdirSync(join(folder, 'dead-letters'))
  write('dead-letters/1.ndjson', 'x')
  expect(bringUpToDate(folder, noon)).toContain('backup-0-20260601T120000Z')
  const backup = join(folder, 'backup-0-20260601T120000Z')
  expect(readFileSync(join(backup, 'positions.json'), 'utf8')).toContain('graph/alerts')
  expect(readFileSync(join(backup, 'dead-letters/1.ndjson'), 'utf8')).toBe('x')
  const inheritance = new Inheritance(folder)
  expect(inheritance.positionOf('graph/alerts')?.toString()).toBe('{"to":1}')
  inheritance.taken('graph/alerts')
  expect(new Inheritance(folder).positionOf('graph/alerts')).toBeUndefined()
})

test.for(['{"version":2}', '{"version":1000}'])('a newer form is refused and nothing is written: %s', (text) => {
  write('version.json', text)
  expect(() => bringUpToDate(folder, noon)).toThrow(expect.objectContaining({ code: 'StateNewer', status: 78 }))
  expect(readdirSync(folder)).toEqual(['version.json'])
})

test.for(['', '{', '{"version":"1"}', '{"version":-1}', '[]'])(
  'a version that cannot be read is refused: %s',
  (text) => {
    write('version.json', text)
    expect(() => bringUpToDate(folder, noon)).toThrow(expect.objectContaining({ code: 'StateVersionUnreadable' }))
  },
)
