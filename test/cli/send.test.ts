import { FrameDecoder, isProblem, readCef, readSyslog } from '@siembridge/formats'
import parse from 'nsyslog-parser'
import { describe, expect, test } from 'vitest'
import { samples } from '../samples.ts'
import { readSlowly, streamReceiver } from './receiver.ts'
import { fourRecords, lines, siembridge, start, finish } from './run.ts'

const year = new Date().getUTCFullYear()
const records = samples.map((s) => JSON.stringify(JSON.parse(s.bytes.toString('utf8'))))
const ndjson = `${records.join('\n')}\n`

const plain = async (to: string, ...args: string[]): Promise<string[]> =>
  lines((await siembridge(['convert', '--to', to, ...args], { stdin: ndjson })).stdout)

/** Messages without their headers. */
const bodies = (messages: readonly Buffer[]): string[] =>
  messages.map((m) => {
    const read = readSyslog(m.toString('utf8'), { year })
    return isProblem(read) ? `${read.problem}: ${m.toString('utf8')}` : read.message
  })

function frames(bytes: Buffer, framing: 'lines' | 'octets'): Buffer[] {
  const decoder = new FrameDecoder({ framing, maxFrameBytes: 1 << 24 })
  const found = [...decoder.push(bytes), ...decoder.end()]
  expect(decoder.problem).toBeUndefined()
  return found
}

describe('over TCP', () => {
  test.for([
    ['cef', 'lines', 'rfc3164'],
    ['cef', 'octets', 'rfc5424'],
    ['leef', 'lines', 'rfc3164'],
    ['raw+', 'lines', 'rfc5424'],
    ['flat', 'octets', 'rfc3164'],
    ['mcas-agent', 'lines', 'none'],
  ] as const)(
    '%s as %s with header %s: each event once and in order, and the summary says so',
    async ([to, framing, header]) => {
      await using receiver = await streamReceiver()
      const url = `tcp://127.0.0.1:${receiver.port}`
      const limit = to === 'cef' || to === 'leef' ? ['--max-bytes', '0'] : []
      const { status, stdout, stderr } = await siembridge(
        ['convert', '--to', to, '--send', url, '--framing', framing, '--header', header, ...limit],
        { stdin: ndjson },
      )
      await receiver.closed()
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
      const got = frames(Buffer.concat(receiver.chunks), framing)
      const sent = await plain(to, ...limit)
      expect(header === 'none' ? got.map((m) => m.toString('utf8')) : bodies(got)).toEqual(sent)
      expect(stderr).toMatch(
        new RegExp(`^siembridge: ${records.length} records, ${sent.length} events sent to ${url} \\(`),
      )
    },
  )

  test('--quiet sends and says nothing', async () => {
    await using receiver = await streamReceiver()
    expect(
      await siembridge(['convert', '--to', 'cef', '--quiet', '--send', `tcp://127.0.0.1:${receiver.port}`], {
        stdin: ndjson,
      }),
    ).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  test.for(['rfc3164', 'rfc5424'])(
    'the header %s is read alike by another parser, and PRI follows the severity of the event',
    async (header) => {
      await using receiver = await streamReceiver()
      const args = [
        'convert',
        '--to',
        'cef',
        '--header',
        header,
        '--hostname',
        'bridge 1\nx',
        '--send',
        `tcp://127.0.0.1:${receiver.port}`,
      ]
      expect((await siembridge(args, { stdin: ndjson })).status).toBe(0)
      await receiver.closed()
      const severities = new Set<number>()
      for (const message of frames(Buffer.concat(receiver.chunks), 'lines').map((m) => m.toString('utf8'))) {
        const ours = readSyslog(message, { year })
        const cef = readCef(message.slice(message.indexOf('CEF:')))
        if (isProblem(ours) || isProblem(cef)) throw new Error(message)
        const theirs = parse(message)
        expect(ours).toMatchObject({ facility: 16, host: 'bridge_1_x' })
        expect(theirs).toMatchObject({ host: 'bridge_1_x', facilityval: 16, levelval: ours.severity, type: 'CEF' })
        expect(ours.severity).toBe(syslogSeverity(Number(cef.severity)))
        severities.add(ours.severity)
      }
      expect(severities.size).toBeGreaterThan(2)
    },
  )

  test('a slow receiver gets everything, and the sender waits for it in bounded memory', async () => {
    await using receiver = await streamReceiver({ onConnection: readSlowly })
    const peak = 'data:text/javascript,process.on("exit",()=>process._rawDebug("peak",process.resourceUsage().maxRSS))'
    const child = start(['convert', '--to', 'ecs', '--send', `tcp://127.0.0.1:${receiver.port}`], {
      node: ['--max-old-space-size=64', '--import', peak],
    })
    const rounds = 3000
    child.stdin.end(`${fourRecords.join('\n')}\n`.repeat(rounds))
    const { status, stderr } = await finish(child)
    await receiver.closed()
    expect(status).toBe(0)
    const ids = frames(Buffer.concat(receiver.chunks), 'lines').map(
      (m) => /"id":"([^"]+)"/.exec(m.toString('utf8'))?.[1],
    )
    expect(ids).toHaveLength(4 * rounds)
    ids.forEach((id, i) => expect(id).toBe(ids[i % 4]))
    expect(Number(/^peak (\d+)$/m.exec(stderr)?.[1])).toBeLessThan(300_000)
  })

  test('an IPv6 address stands in brackets', async () => {
    await using receiver = await streamReceiver({ host: '::1' })
    expect(
      (await siembridge(['convert', '--to', 'cef', '--send', `tcp://[::1]:${receiver.port}`], { stdin: ndjson }))
        .status,
    ).toBe(0)
    await receiver.closed()
    expect(bodies(frames(Buffer.concat(receiver.chunks), 'lines'))).toEqual(await plain('cef', '--max-bytes', '8160'))
  })
})

const syslogSeverity = (cef: number): number => (cef >= 9 ? 2 : cef >= 7 ? 3 : cef >= 4 ? 4 : 6)
