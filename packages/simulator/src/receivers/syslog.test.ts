import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAuthority } from '../net/certificates.ts'
import { closed } from '../testing/closed.ts'
import { openReceivers } from './receivers.ts'
import type { Socket } from 'node:net'
import type { ReceiverFault } from './receiver-fault.ts'
import type { ReceivedEvent } from './recorder.ts'
import type { RunningReceivers } from './receivers.ts'

let receivers: RunningReceivers

beforeAll(async () => {
  receivers = await openReceivers({
    receivers: [
      { name: 'udp', kind: 'udp' },
      { name: 'tcp', kind: 'tcp' },
      { name: 'tls', kind: 'tcp', tls: true },
      { name: 'mutual', kind: 'tcp', tls: 'mutual' },
    ],
  })
})
afterAll(() => receivers.stop())

let before = 0
beforeEach(() => {
  before = [...receivers.recorder.events()].length
  setFault(undefined)
})

const setFault = (fault: ReceiverFault | undefined, name = 'tcp') => receivers.receivers.get(name)?.faults.set(fault)
const texts = () => [...receivers.recorder.events(undefined, before)].map(({ text }) => text)
const portOf = (name: string) => receivers.address.ports[name] ?? 0

async function open(name = 'tcp'): Promise<Socket> {
  const socket = connect(portOf(name), '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5000
  while (!condition() && Date.now() < end) await delay(10)
  expect(condition()).toBe(true)
}

describe('framing', () => {
  it('tells octet counting from lines by the first byte of each frame, across chunks', async () => {
    const socket = await open()
    for (const part of ['<13>one\r', '\n<13>t', 'wo\n1', '0 <13>three', '\n<13>four\n']) {
      socket.write(part)
      await delay(20)
    }
    socket.end('<13>five')
    await until(() => texts().length === 5)
    expect(texts()).toEqual(['<13>one', '<13>two', '<13>three\n'.slice(0, 10), '<13>four', '<13>five'])
  })

  it('keeps bytes that are no text', async () => {
    const socket = await open()
    socket.end(Buffer.from([0x36, 0x20, 0x3c, 0x31, 0x3e, 0xff, 0xfe, 0x00]))
    await until(() => texts().length === 1)
    const [event] = [...receivers.recorder.events(undefined, before)]
    expect(Buffer.from(event?.base64 ?? '', 'base64')).toEqual(Buffer.from([0x3c, 0x31, 0x3e, 0xff, 0xfe, 0x00]))
  })

  it('takes a datagram for an event', async () => {
    const socket = createSocket('udp4')
    socket.send('<13>a\n<13>b', portOf('udp'), '127.0.0.1', () => socket.close())
    await until(() => texts().length === 1)
    expect(texts()).toEqual(['<13>a\n<13>b'])
  })
})

describe('TLS', () => {
  const files = () => {
    const { caFile, clientCertificateFile, clientKeyFile } = receivers.address
    return { ca: readFileSync(caFile), cert: readFileSync(clientCertificateFile), key: readFileSync(clientKeyFile) }
  }
  const secure = (name: string, options: object) => connectTls({ port: portOf(name), host: 'localhost', ...options })

  it('takes lines from a client that trusts its authority', async () => {
    secure('tls', { ca: files().ca }).end('<13>secure\n')
    await until(() => texts().includes('<13>secure'))
  })

  it('wants a certificate of its authority from clients of a mutual listener', async () => {
    secure('mutual', files()).end('<13>known\n')
    await until(() => texts().includes('<13>known'))
    const foreign = await (await createAuthority()).issue({ subject: 'CN=collector', usage: 'client' })
    const shown = [{}, { cert: foreign.certificate, key: foreign.privateKey }]
    for (const certificate of shown) {
      const stranger = secure('mutual', { ca: files().ca, ...certificate })
      stranger.on('error', () => {})
      stranger.write('<13>stranger\n')
      await closed(stranger)
    }
    expect(texts()).toEqual(['<13>known'])
  })

  it.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['other-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('shows a certificate that is %s', async (kind, code) => {
    await receivers.changeCertificate(kind)
    const [error] = (await once(secure('tls', { ca: files().ca }), 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe(code)
    await receivers.changeCertificate()
  })
})

describe('faults', () => {
  it('resets after so many bytes, keeping what was whole by then', async () => {
    setFault({ kind: 'reset-after', bytes: 20 })
    const socket = await open()
    socket.write('<13>12345\n<13>6789\n<13>lost\n')
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNRESET')
    expect(texts()).toEqual(['<13>12345', '<13>6789'])
  })

  it('stops reading an open connection, and reads on when the fault is gone', async () => {
    const socket = await open()
    socket.write('<13>first\n')
    await until(() => texts().length === 1)
    setFault({ kind: 'half-open' })
    const line = `<13>${'x'.repeat(65_000)}\n`
    for (let count = 0; count < 200; count++) socket.write(line)
    await delay(300)
    expect(texts().length).toBe(1)
    expect(socket.writableLength).toBeGreaterThan(0)
    setFault(undefined)
    await until(() => texts().length === 201)
    socket.destroy()
  })

  it('reads slowly', async () => {
    setFault({ kind: 'slow-read', bytesPerSecond: 40 })
    const socket = await open()
    socket.write('<13>a\n<13>b\n<13>c\n')
    await delay(250)
    expect(texts().length).toBeLessThan(3)
    await until(() => texts().length === 3)
    socket.destroy()
  })

  it('takes everything and keeps nothing', async () => {
    setFault({ kind: 'never-answer' })
    const socket = await open()
    socket.end('<13>nobody\n')
    await delay(200)
    expect(texts()).toEqual([])
    socket.destroy()
  })

  it('refuses connections while it is closed, on a port that stays the same', async () => {
    const [receiver, port] = [receivers.receivers.get('tcp'), portOf('tcp')]
    const held = await open()
    held.on('error', () => {})
    await receiver?.close()
    await closed(held)
    const [error] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNREFUSED')
    await receiver?.open()
    expect(receiver?.port).toBe(port)
    ;(await open()).end('<13>again\n')
    await until(() => texts().includes('<13>again'))
  })
})

it('writes what it received to the record file', () => {
  const lines = readFileSync(receivers.address.recordFile, 'utf8').trim().split('\n')
  expect(lines.map((line) => JSON.parse(line) as ReceivedEvent)).toEqual([...receivers.recorder.events()])
})
