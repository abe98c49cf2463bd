import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { isIP } from 'node:net'
import type { Finding, TargetContext } from '@siembridge/core'
import { type Address, addressName, isEncrypted } from './address.ts'
import { connect, connectTimeoutMs, contextOf, delay, textOf, tlsSocket } from './connect.ts'
import { materialOf } from './material.ts'
import type { SyslogTargetOptions } from './options.ts'
import { firstLine } from './reason.ts'
import { RelpSession } from './relp/session.ts'

/** Looks whether events could be delivered: name, port, certificate, and for RELP the session. Sends no event. */
export async function* check({ options, secrets }: TargetContext<SyslogTargetOptions>): AsyncGenerator<Finding> {
  const { address } = options
  const name = addressName(address)
  const resolved = await resolves(address)
  yield resolved
  if (resolved.is === 'bad') return
  if (address.transport === 'udp') return yield silent(name)
  try {
    const material = await materialOf(options, secrets)
    if (isEncrypted(address)) yield await certificateOf(address, material)
    const socket = await connect(address, material)
    yield { subject: `port of ${name}`, is: 'good', says: 'open' }
    if (address.transport.startsWith('relp')) await helloTo(new RelpSession(socket, () => undefined))
    else socket.destroy()
  } catch (error) {
    yield { subject: name, is: 'bad', says: firstLine(error), help: helpOf(error as Error) }
  }
}

async function resolves({ host }: Address): Promise<Finding> {
  const subject = `name ${host}`
  if (isIP(host) !== 0) return { subject, is: 'good', says: 'is an address' }
  try {
    return { subject, is: 'good', says: `resolves to ${(await lookup(host)).address}` }
  } catch (error) {
    const help = 'Correct the host in url, or the resolver of this machine: getent hosts NAME.'
    return { subject, is: 'bad', says: (error as Error).message, help }
  }
}

const silent = (name: string): Finding => ({
  subject: `port of ${name}`,
  is: 'warning',
  says: 'UDP does not say whether anyone listens, and events may be lost without a sign',
  help: 'Use tcp://, tls:// or relp:// where the receiver can.',
})

const day = 86_400_000

async function certificateOf(address: Address, material: Parameters<typeof contextOf>[0]): Promise<Finding> {
  const subject = `certificate of ${addressName(address)}`
  const socket = tlsSocket(address, contextOf(material), false)
  try {
    const late = delay(connectTimeoutMs).then(() => Promise.reject(new Error('no TLS session in 15 s')))
    await Promise.race([once(socket, 'secureConnect'), late])
    const { issuer, valid_to } = socket.getPeerCertificate()
    const days = Math.floor((Date.parse(valid_to) - Date.now()) / day)
    const signer = [issuer?.O ?? issuer?.CN ?? 'itself'].flat().join(', ')
    const says = `signed by ${signer}, expires ${valid_to} (in ${days} days)`
    if (!socket.authorized)
      return { subject, is: 'bad', says: `${says}; not trusted: ${String(socket.authorizationError)}`, help: untrusted }
    return days < 30
      ? { subject, is: 'warning', says, help: 'Renew it at the receiver.' }
      : { subject, is: 'good', says }
  } catch (error) {
    return {
      subject,
      is: 'bad',
      says: textOf(error as Error),
      help: 'Check that the receiver speaks TLS on that port.',
    }
  } finally {
    socket.destroy()
  }
}

const untrusted = 'Give the authority that signed it with ca, and use the name that the certificate is for.'

/** Throws where the receiver speaks no RELP. */
async function helloTo(session: RelpSession): Promise<void> {
  const late = setTimeout(() => session.breakOff('no answer to the hello of RELP'), connectTimeoutMs)
  try {
    await session.hello()
  } finally {
    clearTimeout(late)
    session.breakOff('checked')
  }
}

/** The line of an error of the table that says what to do. */
const helpOf = (error: Error): string =>
  /^ *do: *(.*)$/m.exec(error.message)?.[1] ?? 'Check that the receiver is of the kind that url says.'
