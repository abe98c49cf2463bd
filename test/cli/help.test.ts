import { spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { command, finish, siembridge, Workspace } from './run.ts'

test.for(['convert', 'preview', 'list', 'demo', 'completion'])(
  '%s --help says what it does and what it takes',
  async (name) => {
    const { status, stdout, stderr } = await siembridge([name, '--help'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`^Usage: siembridge ${name}\\b.*\\n\\n\\S.*\\n`))
    expect(stdout).toContain('-h, --help')
    expect((await siembridge(['help', name])).stdout).toBe(stdout)
  },
)

test('the help of convert names every format, every default and nothing hidden', async () => {
  const { stdout } = await siembridge(['convert', '--help'])
  for (const word of [
    '"ecs", "cef", "leef", "flat", "raw+", "hec", "hec-flat", "mcas-agent"',
    'default: 16777216',
    'tcp://HOST:PORT',
    'rfc5424',
    '--ca <file>',
    '--filter <filter>',
  ])
    expect(stdout.replace(/\s+/g, ' ')).toContain(word)
  expect(stdout).not.toContain('--engine')
})

test('--help names every command, gives examples and tells the exit statuses', async () => {
  const { status, stdout } = await siembridge(['--help'])
  expect(status).toBe(0)
  for (const word of ['convert', 'preview', 'list', 'demo', 'completion', 'Examples:', 'Exit status: 0'])
    expect(stdout).toContain(word)
})

test('the examples of the help are command lines that the command takes', async () => {
  const { stdout } = await siembridge(['--help'])
  const examples = stdout.split('\n').filter((line) => line.startsWith('  siembridge '))
  expect(examples.length).toBeGreaterThan(2)
  for (const example of examples.filter((line) => !line.includes('--send'))) {
    const words = [...example.replace(/<.*/, '').matchAll(/'([^']*)'|(\S+)/g)].map((m) => m[1] ?? m[2] ?? '').slice(1)
    expect((await siembridge(words.map((word) => (/\.(nd)?json$/.test(word) ? '-' : word)))).status, example).toBe(0)
  }
})

test('--version is that of the package', async () => {
  const { version } = (await import('../../apps/siembridge/package.json', { with: { type: 'json' } })).default
  expect(await siembridge(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
})

test('without a command the help stands on standard error, and the exit status is 2', async () => {
  const { status, stdout, stderr } = await siembridge([])
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain('Usage: siembridge')
})

test('unbuilt, the command says how to build', async () => {
  using folder = new Workspace()
  cpSync(dirname(command), join(folder.path, 'bin'), { recursive: true })
  folder.file('package.json', '{"type":"module"}')
  const { status, stdout, stderr } = await finish(
    spawn(process.execPath, [join(folder.path, 'bin', 'siembridge.js'), 'convert'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    }),
  )
  expect({ status, stdout }).toEqual({ status: 78, stdout: '' })
  expect(stderr).toContain('npm run build')
})

test('the short way of reading a command line and the long one agree', async () => {
  const record = '{"a":1}\n'
  for (const [plain, unusual] of [
    [
      ['--to', 'cef', '--json'],
      ['--to=cef', '--json'],
    ],
    [
      ['-t', 'ecs', '-q'],
      ['-tecs', '-q'],
    ],
    [
      ['--to', 'leef', '--max-bytes', '600'],
      ['--to', 'leef', '--max-bytes=600'],
    ],
  ] as const) {
    const short = await siembridge(['convert', ...plain], { stdin: record })
    const long = await siembridge(['convert', ...unusual], { stdin: record })
    expect(withoutTime(long)).toEqual(withoutTime(short))
  }
})

const withoutTime = <T extends { stderr: string }>(ran: T): T => ({
  ...ran,
  stderr: ran.stderr.replace(/"timestamp":"[^"]*"/g, ''),
})
