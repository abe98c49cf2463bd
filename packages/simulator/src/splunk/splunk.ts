import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthority } from '../net/certificates.ts'
import type { HecSpec } from '../receivers/hec-spec.ts'
import { openReceivers, type RunningReceivers } from '../receivers/receivers.ts'
import { ConfStore } from './apps/conf-store.ts'
import { unpackApp } from './apps/install.ts'
import { EventIndex, type IndexedEvent } from './event-index.ts'
import { Host, type HostOptions } from './inputs/host.ts'
import { Indexer } from './inputs/indexer.ts'
import { type ModularInput, ModularInputs } from './inputs/modular-inputs.ts'
import type { RunningInput } from './inputs/running-input.ts'
import { Scheduler } from './inputs/scheduler.ts'
import { type LogLine, SplunkdLog } from './log.ts'
import { KvStore } from './rest/kv-store.ts'
import { type ManagementServices, Sessions } from './rest/management.ts'
import { Passwords } from './rest/passwords.ts'
import { openManagement, openWeb, type OpenServer } from './rest/server.ts'

export interface SplunkSpec extends Partial<HostOptions> {
  readonly hec?: HecSpec
  /** Milliseconds that a second of an input's interval takes; 1000 unless told. */
  readonly secondMs?: number
  /** Milliseconds between SIGTERM and SIGKILL; 10000 unless told. Splunk's own time is not documented. */
  readonly graceMs?: number
}

/** A Splunk that runs in this process: splunkd, Splunk Web's way to it, and the HTTP Event Collector. */
export class SimulatedSplunk {
  readonly host: Host
  readonly confs: ConfStore
  readonly passwords = new Passwords()
  readonly kvStore: KvStore
  private readonly index = new EventIndex()
  private readonly splunkdLog = new SplunkdLog()
  private readonly sessions = new Sessions()
  private readonly inputs: ModularInputs
  private readonly scheduler: Scheduler
  private servers: { readonly management: OpenServer; readonly web: OpenServer } | undefined
  private hec: RunningReceivers | undefined
  private caFile = ''

  constructor(spec: SplunkSpec) {
    const home = spec.home ?? mkdtempSync(join(tmpdir(), 'siembridge-splunk-'))
    this.host = new Host({ ...spec, home, name: spec.name ?? 'splunk.contoso.com' })
    mkdirSync(this.host.apps, { recursive: true })
    this.confs = new ConfStore(this.host.apps)
    this.kvStore = new KvStore(this.confs)
    this.inputs = new ModularInputs(this.host, this.confs, this.splunkdLog)
    const indexer = new Indexer(this.index, this.confs, this.host.name)
    const { secondMs = 1000, graceMs = 10_000 } = spec
    this.scheduler = new Scheduler(this.inputs, this.confs, this.host, indexer, this.splunkdLog, { secondMs, graceMs })
  }

  async open(hec: HecSpec): Promise<void> {
    const authority = await createAuthority('CN=SIEMbridge simulated Splunk CA')
    const keys = await authority.issue({
      subject: 'CN=localhost',
      names: ['localhost', '127.0.0.1', '::1'],
      usage: 'server',
    })
    this.caFile = join(this.host.home, 'ca.pem')
    writeFileSync(this.caFile, authority.certificate)
    const services = (): ManagementServices => ({
      host: this.host,
      passwords: this.passwords,
      kvStore: this.kvStore,
      inputs: this.inputs,
      confs: this.confs,
      scheduler: this.scheduler,
    })
    const management = await openManagement(keys, this.sessions, services, 0)
    this.servers = { management, web: await openWeb(this.sessions, this.confs, services) }
    this.host.listens(`https://127.0.0.1:${management.port}`, this.sessions.create())
    this.hec = await openReceivers({
      directory: join(this.host.home, 'hec'),
      receivers: [{ name: 'hec', kind: 'hec', tls: true, ...hec }],
    })
  }

  get address(): {
    readonly management: string
    readonly web: string
    readonly hecPort: number
    readonly caFile: string
    readonly hecCaFile: string
  } {
    return {
      management: `https://localhost:${this.servers?.management.port ?? 0}`,
      web: `http://localhost:${this.servers?.web.port ?? 0}`,
      hecPort: this.hec?.address.ports.hec ?? 0,
      caFile: this.caFile,
      hecCaFile: this.hec?.address.caFile ?? '',
    }
  }

  /** Installs a package and starts splunkd anew, as Splunk asks for after an installation. Answers the app's name. */
  async install(spl: Uint8Array): Promise<string> {
    const app = unpackApp(spl, this.host.apps)
    await this.scheduler.stop()
    await this.inputs.introspect(app)
    await this.scheduler.reconcile()
    return app
  }

  /** Schemes of the installed apps that introduced themselves. */
  get schemes(): readonly ModularInput[] {
    return [...this.inputs.known.values()]
  }

  get events(): readonly IndexedEvent[] {
    return this.index.events
  }

  get log(): readonly LogLine[] {
    return this.splunkdLog.lines
  }

  /** Envelopes that the HTTP Event Collector took. */
  get collected(): readonly string[] {
    return [...(this.hec?.recorder.events('hec') ?? [])].map(({ text = '' }) => text)
  }

  /** Programs of a scheme that run. */
  running(scheme?: string): readonly RunningInput[] {
    return this.scheduler.running(scheme)
  }

  starts(scheme: string): number {
    return this.scheduler.starts(scheme)
  }

  /** Stops splunkd and starts it: SIGTERM to every input, another session key. */
  async restart(): Promise<void> {
    await this.scheduler.stop()
    await this.begin()
  }

  /** splunkd is killed and started: what stands unread in the pipes is lost. */
  async crash(): Promise<void> {
    await this.scheduler.crash()
    await this.begin()
  }

  async stop(): Promise<void> {
    await this.scheduler.stop()
    await Promise.all([this.servers?.management.close(), this.servers?.web.close(), this.hec?.stop()])
  }

  private async begin(): Promise<void> {
    this.sessions.clear()
    this.host.listens(`https://127.0.0.1:${this.servers?.management.port ?? 0}`, this.sessions.create())
    await this.scheduler.reconcile()
  }
}

/** Starts a simulated Splunk in this process. */
export async function openSplunk(spec: SplunkSpec = {}): Promise<SimulatedSplunk> {
  const splunk = new SimulatedSplunk(spec)
  await splunk.open(spec.hec ?? {})
  return splunk
}
