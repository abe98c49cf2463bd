import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { backoff } from '@siembridge/core/target'
import { tableAddress } from './kernel-queue.ts'
import { syslogTarget } from './target.ts'

const parse = (options: Record<string, unknown>) => syslogTarget.options.safeParse(options)

test('LEEF is cut to what QRadar takes', () => {
  expect(parse({ url: 'tcp://siem', format: 'leef' }).data?.max_bytes).toBe(4096)
  expect(parse({ url: 'udp://siem', format: 'leef' }).data?.max_bytes).toBe(1024)
})

describe('options', () => {
  test.for<[string, Record<string, unknown>]>([
    ['udp://siem', { port: 514, max_bytes: 1400, framing: 'lines' }],
    ['tcp://siem', { port: 514, max_bytes: 8192, framing: 'lines' }],
    ['tls://[::1]', { port: 6514, max_bytes: 8192, framing: 'octets' }],
    ['relp://siem', { port: 2514, max_bytes: 8192, framing: 'lines' }],
    ['tcp://siem:601', { port: 601, max_bytes: 8192, framing: 'lines' }],
  ])('%s', ([url, { port, ...wanted }]) => {
    expect(parse({ url }).data).toMatchObject({
      ...wanted,
      address: { port },
      window_bytes: 1_048_576,
      stall_timeout: 30_000,
    })
  })

  test.for<[Record<string, unknown>, string]>([
    [{ url: 'siem:514' }, 'tcp://HOST:PORT'],
    [{ url: 'tcp://siem:70000' }, 'between 1 and 65535'],
    [{ url: 'tcp://siem', cert: 'a.pem' }, 'both or none'],
    [{ url: 'tcp://siem', window_bytes: 'large' }, '64KiB'],
    [{ url: 'tcp://siem', windowbytes: 1 }, 'windowbytes'],
  ])('%o is wrong, and why is told', ([options, why]) => {
    expect(parse(options).error?.issues.map(({ message }) => message)).toContainEqual(expect.stringContaining(why))
  })

  test('each is described, and the schema of the configuration shows defaults as a person writes them', () => {
    const { properties = {} } = z.toJSONSchema(syslogTarget.options, { io: 'input' })
    for (const [name, schema] of Object.entries(properties))
      expect(schema, name).toMatchObject({ description: expect.any(String) })
    expect(properties['window_bytes']).toMatchObject({ default: '1MiB' })
  })
})

test('what is promised depends on the transport', () => {
  const of = (url: string) => syslogTarget.receipt(syslogTarget.options.parse({ url }))
  expect([of('tcp://siem'), of('tls://siem'), of('udp://siem'), of('relp://siem')]).toEqual([
    'handed-over',
    'handed-over',
    'handed-over',
    'accepted',
  ])
})

test('waits grow from none to a minute', () => {
  expect([1, 2, 3, 4, 20].map((failures) => backoff(failures, () => 1))).toEqual([0, 1000, 2000, 4000, 60_000])
  expect(backoff(5, () => 0)).toBe(0)
})

test.for([
  ['127.0.0.1', 514, '0100007F:0202'],
  ['::1', 6514, '00000000000000000000000001000000:1972'],
  ['fe80::1%eth0', 80, '000080FE000000000000000001000000:0050'],
  ['::ffff:10.0.0.1', 80, '0000000000000000FFFF00000100000A:0050'],
] as const)('%s is found in the table of sockets', ([address, port, text]) =>
  expect(tableAddress(address, port)).toBe(text),
)
