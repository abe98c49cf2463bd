import { expect, test } from 'vitest'
import { streamReceiver } from './receiver.ts'
import { fourRecords, lines, siembridge, Workspace } from './run.ts'

const ndjson = `${fourRecords.join('\n')}\n`
const isNote = (line: string): boolean => line.startsWith('# ')

test.for(['ecs', 'cef', 'leef', 'flat', 'raw+', 'hec', 'hec-flat', 'mcas-agent'])(
  '%s: what is shown is what convert writes, each under a note of its record',
  async (to) => {
    using folder = new Workspace()
    const file = folder.file('records.ndjson', ndjson)
    const shown = await siembridge(['preview', '--to', to, file])
    const written = await siembridge(['convert', '--to', to, file])
    expect(shown.status).toBe(0)
    expect(lines(shown.stdout).filter((line) => !isNote(line))).toEqual(lines(written.stdout))
    expect(lines(shown.stdout).filter(isNote)).toEqual(
      ['entra.sign-in', 'xdr.alert', 'azure.activity', 'o365.exchange-admin'].map(
        (type, i) => `# ${file}:${i + 1}: ${type}: 1 event`,
      ),
    )
  },
)

test('with --send it shows header and framing, and connects to nobody', async () => {
  let connections = 0
  await using receiver = await streamReceiver({ onConnection: () => connections++ })
  const { status, stdout } = await siembridge(
    [
      'preview',
      '--to',
      'cef',
      '--send',
      `tcp://127.0.0.1:${receiver.port}`,
      '--framing',
      'octets',
      '--hostname',
      'here',
    ],
    { stdin: fourRecords[0] ?? '' },
  )
  const [, message = ''] = lines(stdout)
  expect(status).toBe(0)
  expect(message).toMatch(/^\d+ <131>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d here CEF:0\|/)
  expect(Number.parseInt(message, 10)).toBe(Buffer.byteLength(message.slice(message.indexOf(' ') + 1)))
  expect(connections).toBe(0)
})

test('it says which events the filter drops', async () => {
  const { stdout } = await siembridge(['preview', '--to', 'cef', '--filter', 'source.ip in 2001:db8::/32'], {
    stdin: ndjson,
  })
  expect(lines(stdout).filter((line) => line.endsWith('dropped by the filter'))).toHaveLength(3)
  expect(lines(stdout).filter((line) => !isNote(line))).toHaveLength(1)
})

test('--limit ends it after so many events, ten unless given', async () => {
  const stdin = ndjson.repeat(10)
  const count = async (...args: string[]): Promise<number> =>
    lines((await siembridge(['preview', '--to', 'cef', ...args], { stdin })).stdout).filter((line) => !isNote(line))
      .length
  expect(await count()).toBe(10)
  expect(await count('--limit', '3')).toBe(3)
  expect(await count('-n', '1000')).toBe(40)
})

test('a rejected record is shown with line and reason, and the exit status is 3', async () => {
  const { status, stdout } = await siembridge(['preview', '--to', 'cef'], {
    stdin: `${fourRecords[0] ?? ''}\n{"a":1}\n{"b":\n`,
  })
  expect(status).toBe(3)
  expect(stdout).toContain('# standard input:2: rejected: no log type is known for it (keys "a")\n')
  expect(stdout).toContain('# standard input:3: rejected: ')
})

test('exit statuses are those of convert', async () => {
  expect((await siembridge(['preview', '--to', 'cef', '--filter', '((('])).status).toBe(2)
  expect((await siembridge(['preview', '--to', 'cef', '/no/such/file'])).status).toBe(69)
  expect((await siembridge(['preview', '--to', 'cef', '--limit', 'x'])).status).toBe(2)
})
