import { on, once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describe, expect, test } from 'vitest'
import { fourRecords, lines, runShell, siembridge, start, Workspace } from './run.ts'

const ndjson = `${fourRecords.join('\n')}\n`

describe('exit status', () => {
  test('0 where every record became events', async () => {
    expect(await siembridge(['convert', '--to', 'cef'], { stdin: ndjson })).toMatchObject({ status: 0, stderr: '' })
  })

  test('2 and a hint at the help where the command line is wrong', async () => {
    for (const args of [
      ['convert', '--to', 'xml'],
      ['convert'],
      ['convert', '--to', 'cef', '--no-such'],
      ['nonsense'],
      ['convert', '--to', 'cef', '--max-bytes', 'many'],
    ]) {
      const { status, stdout, stderr } = await siembridge(args)
      expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: '' })
      expect(stderr).toContain('--help')
    }
  })

  test('2 and the formats where the format is not known', async () => {
    const { status, stderr } = await siembridge(['convert', '--to', 'xml'])
    expect(status).toBe(2)
    expect(stderr).toContain('Allowed choices are ecs, cef, leef, flat, raw+, hec, hec-flat, mcas-agent')
  })

  test('3 where a record was rejected', async () => {
    expect((await siembridge(['convert', '--to', 'cef'], { stdin: '{"a":1}\n' })).status).toBe(3)
  })

  test('69 where a file cannot be read: what, why, what to do, and what became of the files before it', async () => {
    using folder = new Workspace()
    const { status, stdout, stderr } = await siembridge([
      'convert',
      '--to',
      'cef',
      folder.file('good.json', ndjson),
      `${folder.path}/missing.json`,
    ])
    expect(status).toBe(69)
    expect(lines(stdout)).toHaveLength(4)
    expect(stderr).toMatch(
      /InputUnreadable: cannot read .*missing\.json \(ENOENT.*\n {2}why: {3}\S.*\n {2}do: {4}\S.*\n {2}state: \S/,
    )
  })

  test('69 where a folder is given as a file', async () => {
    using folder = new Workspace()
    expect(await siembridge(['convert', '--to', 'cef', folder.path])).toMatchObject({
      status: 69,
      stderr: expect.stringContaining('EISDIR'),
    })
  })

  test.skipIf(process.platform !== 'linux')('69 where standard output is a full disk', async () => {
    using folder = new Workspace()
    const file = folder.file('good.json', ndjson)
    const shell = await runShell(`"$0" "$1" convert --to cef "$2" > /dev/full`, file)
    expect(shell.status).toBe(69)
    expect(shell.stderr).toContain('OutputUnwritable')
  })
})

test('an event goes out when its record is there, not when the input ends', async () => {
  const child = start(['convert', '--to', 'cef'])
  const said = on(child.stdout, 'data')
  for (const record of fourRecords) {
    child.stdin.write(`${record}\n`)
    const { value } = (await said.next()) as { value: [Buffer] }
    expect(value[0].toString()).toMatch(/^CEF:.*\n$/)
  }
  child.stdin.end()
  expect(await once(child, 'close')).toEqual([0, null])
})

test('so does what is wrong with a record', async () => {
  const child = start(['convert', '--to', 'cef'])
  child.stdin.write('{"a":1}\n')
  const [message] = (await once(child.stderr, 'data')) as [Buffer]
  expect(message.toString()).toContain('standard input:1: rejected')
  child.stdin.end()
  expect(await once(child, 'close')).toEqual([3, null])
})

describe('long input', () => {
  const peak = [
    '--max-old-space-size=64',
    '--import',
    'data:text/javascript,process.on("exit",()=>process._rawDebug("peak",process.resourceUsage().maxRSS))',
  ]

  test.for([
    ['cef', 100],
    ['ecs', 50],
  ] as const)('as %s, %i MB pass through a process of bounded memory', async ([to, megabytes]) => {
    const block = ndjson.repeat(50)
    const blocks = Math.ceil((megabytes * 1e6) / block.length)
    const child = start(['convert', '--to', to, '--json'], { node: peak })
    let events = 0
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) events++
    })
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const closed = once(child, 'close')
    await pipeline(Readable.from(Array.from({ length: blocks }, () => block)), child.stdin)
    expect(await closed).toEqual([0, null])
    expect(events).toBe(blocks * 200)
    const [summary = '', peakLine = ''] = lines(stderr)
    expect(JSON.parse(summary)).toMatchObject({ records: blocks * 200, events: blocks * 200, rejected: 0 })
    // Kilobytes: Node itself, its heap of 64 MB and the buffers that V8 leaves uncollected come to some 200 MB. Holding input and
    // output would come on top, and holding either as text would not fit the heap.
    expect(Number(/^peak (\d+)$/.exec(peakLine)?.[1])).toBeLessThan(300_000)
  })
})
