import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { samples } from '../samples.ts'
import { lines, siembridge } from './run.ts'

let folder = ''
const out = (): string => join(folder, 'parsers')
const stdin = samples.map(({ bytes }) => bytes.toString('utf8')).join('\n')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'siembridge-parsers-'))
  const { status, stdout, stderr } = await siembridge(['generate', 'arcsight', '--out', out()])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(/^\d+ files in /)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('generate arcsight', () => {
  test('writes a folder whose parts lie where a connector looks for them', () => {
    expect(readdirSync(out()).toSorted()).toEqual(['acp', 'flexagent', 'siembridge', 'siembridge-generated.json'])
    expect(readdirSync(join(out(), 'acp/categorizer/current'))).toEqual(['microsoft'])
    expect(readdirSync(join(out(), 'flexagent'))).toContain('siembridge_entra_sign_in.jsonparser.properties')
    expect(readFileSync(join(out(), 'siembridge/README.md'), 'utf8')).toContain('JSON Folder Follower')
  })

  test.skipIf(process.platform !== 'linux')('says so where no folder can be made', async () => {
    const { status, stderr } = await siembridge(['generate', 'arcsight', '--out', '/proc/parsers'])
    expect({ status, stderr }).toEqual({ status: 69, stderr: expect.stringContaining('FolderUnwritable') })
  })

  test('takes what was asked for alone: types, form, the number of the map file', async () => {
    const few = join(folder, 'few')
    const asked = [
      '--type',
      'entra.sign-in',
      'o365.audit',
      '--form',
      'flat',
      '--map-number',
      '3',
      '--trigger',
      '/records',
    ]
    const { status } = await siembridge(['generate', 'arcsight', '--out', few, ...asked])
    expect(status).toBe(0)
    expect(readdirSync(join(few, 'flexagent'))).toHaveLength(2)
    expect(readdirSync(join(few, 'map'))).toEqual(['map.3.properties'])
    expect(readFileSync(join(few, 'flexagent/siembridge_o365_audit.jsonparser.properties'), 'utf8')).toContain(
      '\ntrigger.node.location=/records\n',
    )
  })

  test.for(['{}', 'null', '{"files":3}'])('a list of its files that holds %s is a list of none', async (text) => {
    const odd = join(folder, 'odd')
    mkdirSync(join(odd, 'siembridge'), { recursive: true })
    writeFileSync(join(odd, 'siembridge/README.md'), 'of somebody')
    writeFileSync(join(odd, 'siembridge-generated.json'), text)
    const { stderr } = await siembridge(['generate', 'arcsight', '--out', odd])
    expect(stderr).toContain('OutputOccupied')
  })

  test('refuses a number that is none', async () => {
    const { status, stderr } = await siembridge([
      'generate',
      'arcsight',
      '--out',
      join(folder, 'no'),
      '--map-number',
      'x',
    ])
    expect(status).toBe(2)
    expect(stderr).toContain('--map-number')
  })
})

describe('verify arcsight', () => {
  test('says ok where every record parses with all its fields', async () => {
    const { status, stdout } = await siembridge(['verify', 'arcsight', out()], { stdin })
    expect(stdout).toMatch(/0 unknown, 0 unparsed, 0 no record, files: 0 errors, 0 warnings\nok\n$/)
    expect(status).toBe(0)
  })

  test('prints with --json one object a record and then the sum', async () => {
    const { stdout } = await siembridge(['verify', 'arcsight', out(), '--json'], { stdin })
    const rows = lines(stdout).map((line) => JSON.parse(line) as { is?: string; sum?: { ok: boolean } })
    expect(rows.filter(({ is }) => is === 'parsed' || is === 'generic')).toHaveLength(rows.length - 1)
    expect(rows.at(-1)?.sum).toMatchObject({ unparsed: 0, ok: true })
  })

  test('ends with 1 where a file is damaged, and says which line and what to do', async () => {
    const parser = join(out(), 'flexagent/siembridge_entra_sign_in.jsonparser.properties')
    const whole = readFileSync(parser, 'utf8')
    writeFileSync(parser, whole.replace('event.sourceUserName=', 'event.sourceUsrName='))
    const { status, stdout } = await siembridge(['verify', 'arcsight', out()], { stdin })
    writeFileSync(parser, whole)
    expect(status).toBe(1)
    const text = stdout.replaceAll(/\s+/g, ' ')
    expect(text).toMatch(/siembridge_entra_sign_in\.jsonparser\.properties:\d+: there is no field event\.sourceUsrName/)
    expect(text).toContain('Did you mean "sourceUserName"?')
    expect(text).toContain('sourceUserName missing')
  })

  test('tells of what is no record, and goes on', async () => {
    const [one = ''] = samples.map(({ bytes }) => bytes.toString('utf8'))
    const { status, stdout, stderr } = await siembridge(['verify', 'arcsight', out()], {
      stdin: `{'a':1}\nnonsense\n${one}\n`,
    })
    expect(stderr).toBe('')
    expect(stdout).toContain('not a record')
    expect(stdout).toMatch(/^1 (?:parsed|generic)|1 parsed, 0 generic|0 parsed, 1 generic/m)
    expect(status).toBe(1)
  })

  test('ends with 1 where a record is not taken by any parser', async () => {
    const few = join(folder, 'one')
    await siembridge(['generate', 'arcsight', '--out', few, '--type', 'entra.sign-in', '--form', 'flat'])
    const audit = samples.find(({ type }) => type === 'o365.audit')?.bytes.toString('utf8')
    const { status, stdout } = await siembridge(['verify', 'arcsight', few], { stdin: audit ?? '' })
    expect(stdout).toContain('1 unparsed')
    expect(status).toBe(1)
  })
})
