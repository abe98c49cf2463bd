import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { closed } from '../testing/closed.ts'
import { RelpDecoder, relpFrame } from './relp-frames.ts'
import { openReceivers } from './receivers.ts'
import type { Socket } from 'node:net'
import type { ReceiverFault } from './receiver-fault.ts'
import type { RelpFrame } from './relp-frames.ts'
import type { RunningReceivers } from './receivers.ts'

let receivers: RunningReceivers

beforeAll(async () => {
  receivers = await openReceivers({ receivers: [{ name: 'relp', kind: 'relp' }] })
})
afterAll(() => receivers.stop())
beforeEach(() => setFault(undefined))

const setFault = (fault: ReceiverFault | undefined, count?: number) =>
  receivers.receivers.get('relp')?.faults.set(fault, count)
const events = () => [...receivers.recorder.events()]

class Client {
  readonly socket: Socket
  readonly frames: RelpFrame[] = []
  #transaction = 0

  constructor() {
    const decoder = new RelpDecoder()
    this.socket = connect(receivers.address.ports.relp ?? 0, '127.0.0.1')
    this.socket.on('error', () => {})
    this.socket.on('data', (chunk: Buffer) => this.frames.push(...decoder.push(chunk)))
  }

  async ask(command: string, data: string): Promise<string> {
    const number = this.send(command, data)
    for (let tries = 0; tries < 300; tries++) {
      const found = this.frames.find(({ transaction }) => transaction === number)
      if (found) return found.data.toString()
      await delay(5)
    }
    return 'no response'
  }

  send(command: string, data: string): number {
    this.socket.write(relpFrame(++this.#transaction, command, data))
    return this.#transaction
  }
}

async function opened(): Promise<Client> {
  const client = new Client()
  await client.ask('open', 'relp_version=0\nrelp_software=test\ncommands=syslog')
  return client
}

it('answers an open with its offers, each message with 200, and a close with serverclose', async () => {
  const client = new Client()
  expect(await client.ask('open', 'relp_version=0\ncommands=syslog')).toMatch(
    /^200 OK\nrelp_version=0\n.*\ncommands=syslog$/s,
  )
  expect(await client.ask('syslog', '<13>line one\nline two')).toBe('200 OK')
  expect(events().at(-1)).toMatchObject({ text: '<13>line one\nline two', acknowledged: true })
  expect(await client.ask('close', '')).toBe('')
  await closed(client.socket)
  expect(client.frames.at(-1)).toMatchObject({ transaction: 0, command: 'serverclose' })
})

it('ends a session that sends messages before it is open', async () => {
  const client = new Client()
  client.send('syslog', '<13>early')
  await closed(client.socket)
  expect(client.frames.map(({ command }) => command)).toEqual(['serverclose'])
})

it('refuses, leaves out, delays and loses responses', async () => {
  const client = await opened()
  setFault({ kind: 'relp-refuse' }, 1)
  expect(await client.ask('syslog', '<13>refused')).toMatch(/^500 /)
  setFault({ kind: 'relp-no-response' }, 1)
  const silent = client.send('syslog', '<13>silent')
  setFault({ kind: 'relp-no-response' }, 1)
  await delay(50)
  setFault({ kind: 'answer-late', ms: 200 }, 1)
  const began = Date.now()
  expect(await client.ask('syslog', '<13>late')).toBe('200 OK')
  expect(Date.now() - began).toBeGreaterThanOrEqual(190)
  expect(client.frames.some(({ transaction }) => transaction === silent)).toBe(false)
  setFault({ kind: 'answer-lost' }, 1)
  client.send('syslog', '<13>stored')
  await closed(client.socket)
  const kept = events().map(({ text, acknowledged }) => [text, acknowledged])
  expect(kept.slice(-3)).toEqual([
    ['<13>silent', false],
    ['<13>late', true],
    ['<13>stored', false],
  ])
})

it('closes from its side', async () => {
  const client = await opened()
  setFault({ kind: 'relp-server-close' }, 1)
  client.send('syslog', '<13>never kept')
  await closed(client.socket)
  expect(client.frames.at(-1)?.command).toBe('serverclose')
  expect(events().some(({ text }) => text === '<13>never kept')).toBe(false)
})

it('resets a client that does not speak the protocol', async () => {
  const client = new Client()
  client.socket.write('<13>plain syslog\n')
  await closed(client.socket)
  expect(client.frames).toEqual([])
})

it('reads frames however they are cut', () => {
  const frames = fc.array(fc.record({ number: fc.nat(999_999_999), data: fc.string({ unit: 'grapheme' }) }), {
    minLength: 1,
    maxLength: 5,
  })
  fc.assert(
    fc.property(frames, fc.integer({ min: 1, max: 30 }), (sent, size) => {
      const bytes = Buffer.from(sent.map(({ number, data }) => relpFrame(number, 'syslog', data)).join(''))
      const decoder = new RelpDecoder()
      const read: RelpFrame[] = []
      for (let at = 0; at < bytes.length; at += size) read.push(...decoder.push(bytes.subarray(at, at + size)))
      expect(read.map(({ transaction, data }) => ({ number: transaction, data: data.toString() }))).toEqual(sent)
    }),
  )
})
