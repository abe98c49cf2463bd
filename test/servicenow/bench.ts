import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Clock,
  type Delivery,
  type Finding,
  type Parcel,
  type Receipt,
  systemClock,
  type TargetContext,
} from '@siembridge/core'
import { createLogger } from '@siembridge/core/logging'
import { nodeDisk } from '@siembridge/core/pipeline'
import { createEncoder, type RecordEncoder } from '@siembridge/engine/lane'
import { Output } from '@siembridge/engine'
import { serviceNowTarget, type ServiceNowOptions } from '@siembridge/servicenow'
import { openServiceNow, type ServiceNowSpec, type SimulatedServiceNow } from '@siembridge/simulator/servicenow'
import { type Entry, readJournal } from '@siembridge/sync'

const secrets: Record<string, string> = { 'env:PASSWORD': 'open sesame' }
const log = createLogger({ level: 'error', json: false })
log.silent = true

const signIn = { method: 'basic', user: 'bridge', password: 'env:PASSWORD' }

/** An instance, and a target's delivery into it: what the agent does, without the agent. */
export class Bench implements AsyncDisposable {
  readonly instance: SimulatedServiceNow
  readonly secrets = { ...secrets }
  clock: Clock = systemClock
  private readonly folder = mkdtempSync(join(tmpdir(), 'siembridge-servicenow-'))
  private readonly options: Readonly<Record<string, unknown>>
  private readonly deliveries: Delivery[] = []
  private encoder: RecordEncoder | undefined

  private constructor(instance: SimulatedServiceNow, options: Readonly<Record<string, unknown>>) {
    this.instance = instance
    this.options = options
  }

  static async open(options: Readonly<Record<string, unknown>> = {}, spec: ServiceNowSpec = {}): Promise<Bench> {
    return new Bench(await openServiceNow(spec), options)
  }

  context(more: Readonly<Record<string, unknown>> = {}, folder = 'state'): TargetContext<ServiceNowOptions> {
    const defaults = {
      url: this.instance.url,
      auth: signIn,
      read_every: 'off',
      settle: '200ms',
      timeout: '2s',
      attach: 'off',
    }
    return {
      options: serviceNowTarget.options.parse({ ...defaults, ...this.options, ...more }),
      name: 'tickets',
      secrets: { read: async (name) => this.secrets[name] ?? Promise.reject(new Error(`no secret ${name}`)) },
      clock: this.clock,
      log,
      folder: { disk: nodeDisk, path: join(this.folder, folder) },
    }
  }

  /** Another process of the agent; with another folder it is another agent. */
  async agent(more: Readonly<Record<string, unknown>> = {}, folder = 'state'): Promise<Agent> {
    const delivery = await serviceNowTarget.open(this.context(more, folder))
    this.deliveries.push(delivery)
    this.encoder ??= await createEncoder({ to: 'ecs', state: true })
    return new Agent(delivery, this.encoder)
  }

  tickets(table = 'incident') {
    return this.instance.tables.rows(table)
  }

  /** The only ticket. */
  ticket(table = 'incident') {
    const [row, ...more] = this.tickets(table)
    if (!row || more.length > 0) throw new Error(`${more.length + (row ? 1 : 0)} tickets in ${table}`)
    return row
  }

  notes(sysId: string, element = 'work_notes'): string[] {
    return this.instance.tables
      .rows('sys_journal_field')
      .filter((row) => row['element_id'] === sysId && row['element'] === element)
      .map((row) => row['value'] ?? '')
  }

  async journal(folder = 'state'): Promise<Entry[]> {
    const entries: Entry[] = []
    for await (const entry of readJournal({ disk: nodeDisk, path: join(this.folder, folder) })) entries.push(entry)
    return entries
  }

  async check(more: Readonly<Record<string, unknown>> = {}): Promise<Finding[]> {
    const findings: Finding[] = []
    for await (const finding of serviceNowTarget.check(this.context(more))) findings.push(finding)
    return findings
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const delivery of this.deliveries) await delivery.close()
    await this.instance.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export class Agent {
  readonly delivery: Delivery
  private readonly encoder: RecordEncoder

  constructor(delivery: Delivery, encoder: RecordEncoder) {
    this.delivery = delivery
    this.encoder = encoder
  }

  parcel(records: readonly string[], change?: string): Parcel {
    const out = new Output(1 << 16)
    for (const record of records) this.encoder.encode(Buffer.from(record), undefined, change, out)
    const body = Buffer.from(out.take())
    const ends: number[] = []
    for (let at = body.indexOf(10); at >= 0; at = body.indexOf(10, at + 1)) ends.push(at + 1)
    return { body, ends: Uint32Array.from(ends), attempt: 0 }
  }

  /** One try. */
  try(records: readonly string[], change?: string): Promise<Receipt> {
    return this.delivery.deliver(this.parcel(records, change), new AbortController().signal)
  }

  /** As the pipeline does: again and again, until it is delivered or refused. */
  async send(records: readonly string[], change?: string): Promise<Receipt> {
    for (let turn = 0; turn < 200; turn++) {
      const receipt = await this.try(records, change)
      if (receipt.all === 'delivered') return receipt
      await systemClock.sleep(Math.min(receipt.afterMs ?? 20, 300) + 1)
    }
    throw new Error('it is never delivered')
  }
}
