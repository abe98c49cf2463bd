import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openReceivers } from './receivers.ts'

const program = '/usr/sbin/rsyslogd'
const module = '/usr/lib/x86_64-linux-gnu/rsyslog/omrelp.so'
const isThere = existsSync(program) && existsSync(module)

async function until<T>(read: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 500; tries++) {
    const found = read()
    if (found !== undefined) return found
    await delay(20)
  }
  throw new Error('it did not happen within 10 s')
}

function configuration(directory: string, port: number): string {
  const file = join(directory, 'rsyslog.conf')
  writeFileSync(
    file,
    `global(workDirectory="${directory}")
module(load="imtcp")
module(load="omrelp")
template(name="raw" type="string" string="%rawmsg%")
input(type="imtcp" port="0" address="127.0.0.1" listenPortFileName="${directory}/port")
action(type="omrelp" target="127.0.0.1" port="${port}" template="raw" action.resumeInterval="1")
`,
  )
  return file
}

it.skipIf(!isThere)('understands the RELP of rsyslog, which sends again what was not acknowledged', async () => {
  const receivers = await openReceivers({ receivers: [{ name: 'relp', kind: 'relp' }] })
  const directory = mkdtempSync(join(tmpdir(), 'rsyslog-'))
  const file = configuration(directory, receivers.address.ports.relp ?? 0)
  const rsyslog = spawn(program, ['-n', '-f', file, '-i', join(directory, 'pid')], { stdio: 'ignore' })
  try {
    const portFile = join(directory, 'port')
    const port = await until(() => (existsSync(portFile) && readFileSync(portFile, 'utf8')) || undefined)
    const lines = Array.from({ length: 20 }, (_, number) => `<13>Mar  1 10:00:00 host app: message ${number}`)
    const send = (some: readonly string[]) => connect(Number(port), '127.0.0.1').end(`${some.join('\n')}\n`)
    receivers.receivers.get('relp')?.faults.set({ kind: 'answer-lost' }, 1)
    send(lines.slice(0, 10))
    await until(() => [...receivers.recorder.events()][0])
    // It finds out about the broken session with the next message.
    await delay(500)
    send(lines.slice(10))
    const acknowledged = () => [...receivers.recorder.events()].filter((event) => event.acknowledged)
    await until(() => (acknowledged().length >= lines.length ? true : undefined))
    expect(new Set(acknowledged().map(({ text }) => text))).toEqual(new Set(lines))
  } finally {
    rsyslog.kill('SIGKILL')
    await receivers.stop()
  }
})
