import { isProblem, readCef, readHec, readLeef } from '@siembridge/formats'
import { describe, expect, test } from 'vitest'
import { fourRecords, lines, sampleLine, siembridge, Workspace } from './run.ts'

const formats = ['ecs', 'cef', 'leef', 'flat', 'raw+', 'hec', 'hec-flat', 'mcas-agent'] as const
const ndjson = `${fourRecords.join('\n')}\n`
const parsed = fourRecords.map((r) => JSON.parse(r) as object)

describe('formats', () => {
  test.for(formats)('%s: a file and standard input give the same lines, one an event', async (to) => {
    using folder = new Workspace()
    const fromFile = await siembridge(['convert', '--to', to, folder.file('records.ndjson', ndjson)])
    const fromStdin = await siembridge(['convert', '--to', to], { stdin: ndjson })
    expect(fromFile).toEqual({ status: 0, stdout: fromStdin.stdout, stderr: '' })
    expect(lines(fromFile.stdout)).toHaveLength(fourRecords.length)
    for (const line of lines(fromFile.stdout)) expect(readable(to, line), line).toBe(true)
  })
})

function readable(to: (typeof formats)[number], line: string): boolean {
  if (to === 'cef') return !isProblem(readCef(line))
  if (to === 'mcas-agent') return !isProblem(readCef(line, { tolerant: true }))
  if (to === 'leef') return !isProblem(readLeef(line))
  if (to === 'hec' || to === 'hec-flat') return !isProblem(readHec(line))
  return typeof JSON.parse(line) === 'object'
}

describe('forms of input', () => {
  test.for([
    ['one a line', ndjson],
    ['one a line, CR LF, no end of line at the end', fourRecords.join('\r\n')],
    ['an array', JSON.stringify(parsed)],
    ['a pretty array', JSON.stringify(parsed, null, 2)],
    [
      '{"value":[…]} of Graph',
      JSON.stringify({ '@odata.context': 'x', value: parsed, '@odata.nextLink': 'https://x/{}' }),
    ],
    ['{"records":[…]} of Event Hubs', JSON.stringify({ records: parsed })],
    ['a pretty envelope', JSON.stringify({ records: parsed }, null, 2)],
    ['several in one line', fourRecords.join('')],
    ['several in one line with commas and blanks', fourRecords.join(' , ')],
    ['pretty, one after the other', parsed.map((r) => JSON.stringify(r, null, 4)).join('\n')],
    ['a byte order mark first', `\ufeff${ndjson}`],
  ])('%s: the same events in the same order', async ([, stdin]) => {
    const wanted = await siembridge(['convert', '--to', 'cef'], { stdin: ndjson })
    expect(await siembridge(['convert', '--to', 'cef'], { stdin: stdin as string })).toEqual(wanted)
  })

  test('several files come out in the order in which they were named, "-" being standard input', async () => {
    using folder = new Workspace()
    const [a = '', b = '', c = ''] = fourRecords
    const args = ['convert', '--to', 'cef', folder.file('c.json', c), '-', folder.file('a.json', a)]
    const wanted = await siembridge(['convert', '--to', 'cef'], { stdin: [c, b, a].join('\n') })
    expect((await siembridge(args, { stdin: b })).stdout).toBe(wanted.stdout)
  })

  test('hundreds of records keep their order', async () => {
    const many = Array.from({ length: 700 }, (_, i) => fourRecords[0]?.replace('"id":"', `"id":"n${i}-`) ?? '')
    const { stdout } = await siembridge(['convert', '--to', 'ecs'], { stdin: many.join('\n') })
    const ids = lines(stdout).map((line) => (JSON.parse(line) as { event: { id: string } }).event.id)
    expect(ids.map((id) => Number(/^n(\d+)-/.exec(id)?.[1]))).toEqual(many.map((_, i) => i))
  })
})

describe('options', () => {
  test('--type takes every record for that type', async () => {
    const { status, stdout } = await siembridge(['convert', '--to', 'ecs', '--type', 'azure.resource-log'], {
      stdin: sampleLine('azure.key-vault', 'diagnostic-secret-get'),
    })
    expect(status).toBe(0)
    expect(stdout).toContain('azure.resource-log')
    expect(stdout).not.toContain('azure.key-vault')
  })

  test('--type with a type that does not exist says so and where they are listed', async () => {
    const { status, stderr } = await siembridge(['convert', '--to', 'ecs', '--type', 'no.such'], { stdin: ndjson })
    expect(status).toBe(2)
    expect(stderr).toContain('there is no log type "no.such"; `siembridge list log-types` prints them')
  })

  test('--filter keeps what it says and drops the rest', async () => {
    const kept = await siembridge(['convert', '--to', 'cef', '--filter', 'source.ip in 2001:db8::/32', '--json'], {
      stdin: ndjson,
    })
    const dropped = await siembridge(['convert', '--to', 'cef', '--filter', 'not (source.ip in 2001:db8::/32)'], {
      stdin: ndjson,
    })
    const all = await siembridge(['convert', '--to', 'cef'], { stdin: ndjson })
    expect(lines(kept.stdout)).toHaveLength(1)
    expect(lines(dropped.stdout)).toHaveLength(3)
    expect([...lines(kept.stdout), ...lines(dropped.stdout)].toSorted()).toEqual(lines(all.stdout).toSorted())
    expect(JSON.parse(kept.stderr)).toMatchObject({ records: 4, events: 1, filtered: 3 })
  })

  test('a filter that is none is told with its place, and nothing is read', async () => {
    const { status, stdout, stderr } = await siembridge(['convert', '--to', 'cef', '--filter', 'severity >> 3'], {
      stdin: ndjson,
    })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/FilterWrong: .*\n {2}severity >> 3\n {12}\^\n/)
  })

  test('--json: the summary on standard error is JSON and counts right', async () => {
    const { status, stderr } = await siembridge(['convert', '--to', 'cef', '--json'], { stdin: `${ndjson}{"a":1}\n` })
    const said = lines(stderr).map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(status).toBe(3)
    expect(said.at(-1)).toMatchObject({
      records: 5,
      events: 4,
      filtered: 0,
      rejected: 1,
      mended: 0,
      types: { 'entra.sign-in': 1, 'xdr.alert': 1, 'azure.activity': 1, 'o365.exchange-admin': 1 },
    })
    expect(said[0]).toMatchObject({ level: 'error', message: expect.stringContaining('standard input:5: rejected: ') })
  })

  test.for([512, 700])('--max-bytes %i: no line is longer, each can be read, and the cut ones say so', async (max) => {
    for (const to of ['cef', 'leef']) {
      const { stdout } = await siembridge(['convert', '--to', to, '--max-bytes', String(max)], { stdin: ndjson })
      const read = lines(stdout).map((line) => (to === 'cef' ? readCef(line) : readLeef(line)))
      expect(read.filter(isProblem)).toEqual([])
      expect(Math.max(...lines(stdout).map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(max)
      expect(stdout.includes(to === 'cef' ? 'TruncatedBytes' : 'sbTruncated=1')).toBe(true)
    }
  })

  test('a limit that no line can keep is refused', async () => {
    const { status, stderr } = await siembridge(['convert', '--to', 'cef', '--max-bytes', '100'], { stdin: ndjson })
    expect(status).toBe(2)
    expect(stderr).toContain('512')
  })
})
