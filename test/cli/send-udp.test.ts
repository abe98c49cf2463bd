import { isProblem, readCef, readSyslog } from '@siembridge/formats'
import { describe, expect, test } from 'vitest'
import { samples } from '../samples.ts'
import { udpReceiver } from './receiver.ts'
import { fourRecords, lines, siembridge } from './run.ts'

const ndjson = `${samples.map((s) => JSON.stringify(JSON.parse(s.bytes.toString('utf8')))).join('\n')}\n`

/** A message without its header. */
function body(message: Buffer): string {
  const read = readSyslog(message.toString('utf8'), { year: new Date().getUTCFullYear() })
  return isProblem(read) ? read.problem : read.message
}

describe('over UDP', () => {
  test('cef: one event a datagram, none over 1400 bytes, however long the host name', async () => {
    await using receiver = await udpReceiver()
    const sent = lines((await siembridge(['convert', '--to', 'cef'], { stdin: ndjson })).stdout)
    const args = ['convert', '--to', 'cef', '--send', `udp://127.0.0.1:${receiver.port}`, '--hostname', 'h'.repeat(200)]
    const { status, stderr } = await siembridge(args, { stdin: ndjson })
    await receiver.arrived(sent.length)
    expect(status).toBe(0)
    expect(stderr).toContain(`${sent.length} events sent to udp://`)
    expect(Math.max(...receiver.chunks.map((m) => m.length))).toBeLessThanOrEqual(1400)
    expect(
      receiver.chunks
        .map(body)
        .map((m) => readCef(m))
        .filter(isProblem),
    ).toEqual([])
  })

  test('an event that no datagram can hold is counted, and the rest goes on', async () => {
    await using receiver = await udpReceiver()
    const huge = (fourRecords[0] ?? '').replace('{', `{"notes":"${'x'.repeat(70_000)}",`)
    const { status, stderr } = await siembridge(
      ['convert', '--to', 'raw+', '--send', `udp://127.0.0.1:${receiver.port}`],
      { stdin: [fourRecords[1], huge, fourRecords[2]].join('\n') },
    )
    await receiver.arrived(2)
    expect(status).toBe(3)
    expect(stderr).toContain('1 events were not sent: too long for a datagram')
  })
})
