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
import { openManagement, type OpenServer } from './rest/server.ts'
import { searchableRows } from './search/rows.ts'
import type { WebTheme } from './web/scripts.ts'
import { SplunkWeb } from './web/web.ts'

export interface SplunkSpec extends Partial<HostOptions> {
  readonly hec?: HecSpec
  /** Milliseconds that a second of an input's interval takes; 1000 unless told. */
  readonly secondMs?: number
  /** Milliseconds between SIGTERM and SIGKILL; 10000 unless told. Splunk's own time is not documented. */
  readonly graceMs?: number
  /** Whether the programs of enabled inputs are started; yes unless told. Without them there is REST and Splunk Web alone. */
  readonly runs?: boolean
}

const indexes = ['main', 'history', 'summary', 'security']

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
  private readonly web: SplunkWeb
  private management: OpenServer | undefined
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
    const { secondMs = 1000, graceMs = 10_000, runs = true } = spec
    this.web = new SplunkWeb(this.sessions, () => this.services)
    this.scheduler = new Scheduler(this.inputs, this.confs, this.host, indexer, this.splunkdLog, {
      secondMs,
      graceMs,
      runs,
    })
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
    this.management = await openManagement(keys, this.sessions, () => this.services, 0)
    await this.web.open()
    this.host.listens(`https://127.0.0.1:${this.management.port}`, this.sessions.create())
    this.hec = await openReceivers({
      directory: join(this.host.home, 'hec'),
      receivers: [{ name: 'hec', kind: 'hec', tls: true, ...hec }],
    })
  }

  private get services(): ManagementServices {
    const { host, passwords, kvStore, inputs, confs, scheduler } = this
    const rows = (): ReturnType<typeof searchableRows> => searchableRows(this.index, this.splunkdLog, host.name)
    return { host, passwords, kvStore, inputs, confs, scheduler, indexes, rows }
  }

  /** How Splunk Web looks: the theme, and whether it has its bar to give. */
  get look(): WebTheme {
    return this.web.look
  }

  get address(): {
    readonly management: string
    readonly web: string
    readonly hecPort: number
    readonly caFile: string
    readonly hecCaFile: string
  } {
    return {
      management: `https://localhost:${this.management?.port ?? 0}`,
      web: `http://localhost:${this.web.port}`,
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

  /** Indexes events as if another input had brought them. */
  add(events: readonly Omit<IndexedEvent, 'number'>[]): void {
    for (const event of events) this.index.add(event)
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
    await Promise.all([this.management?.close(), this.web.close(), this.hec?.stop()])
  }

  private async begin(): Promise<void> {
    this.sessions.clear()
    this.host.listens(`https://127.0.0.1:${this.management?.port ?? 0}`, this.sessions.create())
    await this.scheduler.reconcile()
  }
}

/** Starts a simulated Splunk in this process. */
export async function openSplunk(spec: SplunkSpec = {}): Promise<SimulatedSplunk> {
  const splunk = new SimulatedSplunk(spec)
  await splunk.open(spec.hec ?? {})
  return splunk
}
