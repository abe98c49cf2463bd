import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openControl } from '../control/server.ts'
import { receiverRoutes } from '../control/receiver-routes.ts'
import { createAuthority } from '../net/certificates.ts'
import { hec } from './hec.ts'
import { jsonHttp } from './json-http.ts'
import { FaultSwitch } from './receiver-fault.ts'
import { Recorder } from './recorder.ts'
import { relp } from './relp.ts'
import { syslogTcp } from './syslog-tcp.ts'
import { syslogUdp } from './syslog-udp.ts'
import type { Authority, KeyPair } from '../net/certificates.ts'
import type { Receiver, ReceiverContext } from './receiver.ts'
import type { ReceiverSpec, ReceiversSpec } from './spec.ts'

/** Where the receivers are; the line that their process prints when they are ready. */
export interface ReceiversAddress {
  readonly ports: Readonly<Record<string, number>>
  readonly controlPort: number
  readonly caFile: string
  readonly clientCertificateFile: string
  readonly clientKeyFile: string
  readonly recordFile: string
  readonly directory: string
}

/** Receivers that run in this process. */
export interface RunningReceivers {
  readonly address: ReceiversAddress
  readonly recorder: Recorder
  readonly receivers: ReadonlyMap<string, Receiver>
  /** New connections get a new certificate: of the same authority, or `expired`, or for another `name`. */
  changeCertificate(kind?: 'renewed' | 'expired' | 'other-name'): Promise<void>
  stop(this: void): Promise<void>
}

const ownNames = ['localhost', '127.0.0.1', '::1']

/** Opens receivers and their control API in this process. */
export async function openReceivers(spec: ReceiversSpec): Promise<RunningReceivers> {
  const directory = spec.directory ?? mkdtempSync(join(tmpdir(), 'siembridge-receivers-'))
  mkdirSync(directory, { recursive: true })
  const authority = await createAuthority('CN=SIEMbridge receivers CA')
  const files = await writeCertificates(directory, authority)
  const recorder = new Recorder(join(directory, 'received.ndjson'))
  const certificate = { keys: await authority.issue({ subject: 'CN=localhost', names: ownNames, usage: 'server' }) }
  const receivers = new Map<string, Receiver>()
  for (const each of spec.receivers) {
    const context = {
      name: each.name,
      recorder,
      faults: new FaultSwitch(),
      keys: () => certificate.keys,
      authority: authority.certificate,
    }
    receivers.set(each.name, create(each, context))
  }
  await Promise.all([...receivers.values()].map((receiver) => receiver.open()))
  const changeCertificate = async (kind: 'renewed' | 'expired' | 'other-name' = 'renewed') => {
    certificate.keys = await changed(authority, kind)
  }
  const control = await openControl(receiverRoutes({ receivers, recorder, changeCertificate }), spec.controlPort)
  const ports = Object.fromEntries([...receivers].map(([name, { port }]) => [name, port]))
  return {
    address: { ports, controlPort: control.port, ...files, recordFile: recorder.file, directory },
    recorder,
    receivers,
    changeCertificate,
    stop: async () => {
      await Promise.all([control.close(), ...[...receivers.values()].map((receiver) => receiver.close())])
    },
  }
}

function create(spec: ReceiverSpec, context: ReceiverContext): Receiver {
  switch (spec.kind) {
    case 'udp':
      return syslogUdp(spec.port, context)
    case 'tcp':
      return syslogTcp(spec, context)
    case 'relp':
      return relp(spec, context)
    case 'hec':
      return hec(spec, context)
    case 'http':
      return jsonHttp(spec, context)
  }
}

function changed(authority: Authority, kind: 'renewed' | 'expired' | 'other-name'): Promise<KeyPair> {
  const names = kind === 'other-name' ? ['other.example'] : ownNames
  return authority.issue({ subject: `CN=${names[0]}`, names, usage: 'server', days: kind === 'expired' ? -1 : 30 })
}

async function writeCertificates(directory: string, authority: Authority) {
  const client = await authority.issue({ subject: 'CN=collector', usage: 'client' })
  const write = (name: string, text: string) => {
    const file = join(directory, name)
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }
  return {
    caFile: write('receivers-ca.pem', authority.certificate),
    clientCertificateFile: write('receivers-client.pem', client.certificate),
    clientKeyFile: write('receivers-client-key.pem', client.privateKey),
  }
}
