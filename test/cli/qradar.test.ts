import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { samples } from '../samples.ts'
import { streamReceiver } from './receiver.ts'
import { siembridge } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'siembridge-qradar-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const bytesOf = (type: string): Buffer => Buffer.concat(samples.filter((s) => s.type === type).map((s) => s.bytes))
const signIns = bytesOf('entra.sign-in')

describe('generate and verify', () => {
  const out = join(folder, 'out')

  test('what is generated is verified', async () => {
    const { status, stdout } = await siembridge([
      'generate',
      'qradar',
      '--out',
      out,
      '--type',
      'entra.sign-in',
      '--identifier',
      'bridge',
    ])
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/\d+ files in /) })
    expect(readFileSync(join(out, 'import.md'), 'utf8')).toContain("hostname: 'bridge-{type}'")
    for (const way of ['leef', 'lsx', 'native']) {
      const verified = await siembridge(['verify', 'qradar', out, '--way', way, '--json'], { stdin: signIns })
      expect(verified.status, verified.stdout.slice(-500)).toBe(0)
      expect(verified.stdout.trimEnd().split('\n').at(-1)).toContain('"ok":true')
    }
  })

  test('an option that is wrong is told, and nothing is written', async () => {
    const { status, stderr } = await siembridge([
      'generate',
      'qradar',
      '--out',
      join(folder, 'none'),
      '--identifier',
      'a b',
    ])
    expect(status).toBe(2)
    expect(stderr).toContain('--identifier "a b"')
  })

  test('an extension of somebody else is read, with file, line and what to do', async () => {
    const file = join(folder, 'theirs.xml')
    writeFileSync(
      file,
      '<device-extension xmlns="event_parsing/device_extension">\n<pattern id="p">\n  <![CDATA[(x)]]>\n</pattern>\n' +
        '<match-group order="1"><matcher field="AlertId" order="1" pattern-id="q"/></match-group>\n</device-extension>',
    )
    const { status, stdout } = await siembridge(['verify', 'qradar', file, '--form', 'raw'], { stdin: signIns })
    expect(status).toBe(1)
    for (const [line, code] of [
      [2, 'pattern-space'],
      [2, 'namespace-children'],
      [5, 'field-unknown'],
      [5, 'pattern-unknown'],
      [5, 'event-name-missing'],
    ] as const)
      expect(stdout.replace(/\s+/g, ' ')).toMatch(new RegExp(`theirs.xml:${line}: [^(]*\\(${code}\\)`))
    expect(stdout).toContain('do:')
  })
})

describe('apply', () => {
  test.for<[string, string[], number, RegExp]>([
    ['plain http', ['--console', 'http://console.example'], 2, /https:\/\/HOST/],
    ['a path', ['--console', 'https://console.example/console'], 2, /without a path/],
    [
      'a secret in place of a reference',
      ['--console', 'https://console.example', '--token', 'abcdef'],
      78,
      /SecretReferenceWrong/,
    ],
    ['no plan', ['--console', 'https://console.example', '--way', 'lsx'], 78, /no plan is of the way "lsx"/],
    ['nobody there', ['--console', 'https://127.0.0.1:1'], 69, /ConnectionRefused/],
  ])('%s is told before anything is sent', async ([, args, status, text]) => {
    const leef = join(folder, 'out', 'leef')
    const token = args.includes('--token') ? [] : ['--token', 'env:TOKEN_FOR_TEST']
    const ran = await siembridge(['apply', 'qradar', leef, ...args, ...token], {
      env: { ...process.env, TOKEN_FOR_TEST: 'x', NO_PROXY: '*' },
    })
    expect({ status: ran.status, stdout: ran.stdout }).toEqual({ status, stdout: '' })
    expect(ran.stderr).toMatch(text)
  })

  test('without console or token the usage is told', async () => {
    expect(await siembridge(['apply', 'qradar', folder])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--console'),
    })
  })
})

describe('native', () => {
  test('prints one message a record, and names what no DSM reads', async () => {
    const flows = bytesOf('azure.nsg-flow')
    const { status, stdout, stderr } = await siembridge(['native', 'qradar'], {
      stdin: Buffer.concat([signIns, flows]),
    })
    expect(status).toBe(3)
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(samples.filter((s) => s.type === 'entra.sign-in').length)
    for (const line of lines)
      expect(line).toMatch(/^<134>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d siembridge-entra\.sign-in \{/)
    expect(stderr).toContain('no DSM of IBM reads azure.nsg-flow')
  })

  test('sends them, a line each', async () => {
    await using receiver = await streamReceiver()
    const url = `tcp://127.0.0.1:${receiver.port}`
    const { status } = await siembridge(['native', 'qradar', '--no-header', '--send', url], { stdin: signIns })
    expect(status).toBe(0)
    await receiver.closed()
    expect(Buffer.concat(receiver.chunks).toString('utf8')).toMatch(/^(\{.*\}\n)+$/)
  })

  test('keeps a limit, and refuses one that nothing fits in', async () => {
    const { stdout } = await siembridge(['native', 'qradar', '--max-bytes', '1024'], { stdin: signIns })
    for (const line of stdout.trimEnd().split('\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(1400)
    expect(stdout).toContain('"sb_truncated":1')
    expect((await siembridge(['native', 'qradar', '--max-bytes', '100'], { stdin: signIns })).status).toBe(2)
  })
})

describe('list qradar-unknowns', () => {
  const unknown = JSON.stringify({
    time: '2026-03-04T09:15:27Z',
    resourceId: '/subscriptions/s/providers/Microsoft.Example/things/1',
    operationName: 'MICROSOFT.EXAMPLE/THINGS/DELETE',
    category: 'Administrative',
    resultType: 'Success',
  })

  test('has a row for each operation that is not listed, most frequent first', async () => {
    const { status, stdout } = await siembridge(['list', 'qradar-unknowns', '--json'], {
      stdin: `${unknown}\n${unknown}\n`,
    })
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({
        type: 'azure.activity',
        events: 2,
        eventId: 'MICROSOFT.EXAMPLE/THINGS/DELETE',
        eventCategory: 'Administrative',
        category: 'Delete Activity Succeeded',
      }),
    ])
  })

  test('and as a plan it makes that operation known', async () => {
    const { stdout } = await siembridge(['list', 'qradar-unknowns', '--plan'], { stdin: unknown })
    const file = join(folder, 'apply-plan.json')
    writeFileSync(file, stdout)
    const verified = await siembridge(['verify', 'qradar', file, '--all'], { stdin: unknown })
    expect(verified).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('EventName=MICROSOFT.EXAMPLE/THINGS/DELETE'),
    })
    expect(verified.stdout).toContain('1 parsed')
  })
})
