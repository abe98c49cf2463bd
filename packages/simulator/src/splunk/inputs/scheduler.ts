import { setTimeout as delay } from 'node:timers/promises'
import type { ConfStore } from '../apps/conf-store.ts'
import type { SplunkdLog } from '../log.ts'
import { encodeDocument, inputDocument } from '../xml/documents.ts'
import type { Host } from './host.ts'
import type { Indexer } from './indexer.ts'
import type { ModularInput, ModularInputs } from './modular-inputs.ts'
import { RunningInput } from './running-input.ts'
import { type ConfiguredInput, configuredInputs } from './stanzas.ts'

export interface SchedulerOptions {
  /** Milliseconds that a second of `interval` takes. */
  readonly secondMs: number
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly graceMs: number
  /** Whether programs are started at all. */
  readonly runs: boolean
}

/** A program and the inputs that it serves: all of a scheme, or one. */
interface Job {
  readonly key: string
  readonly input: ModularInput
  readonly inputs: readonly ConfiguredInput[]
  readonly stop: AbortController
  running: RunningInput | undefined
  starts: number
  loop: Promise<void>
}

/** Starts the programs of enabled inputs, and starts them again when they have ended and their interval is over. */
export class Scheduler {
  private jobs: Job[] = []
  private readonly inputs: ModularInputs
  private readonly confs: ConfStore
  private readonly host: Host
  private readonly indexer: Indexer
  private readonly log: SplunkdLog
  private readonly options: SchedulerOptions
  private on = false

  constructor(
    inputs: ModularInputs,
    confs: ConfStore,
    host: Host,
    indexer: Indexer,
    log: SplunkdLog,
    options: SchedulerOptions,
  ) {
    this.inputs = inputs
    this.confs = confs
    this.host = host
    this.indexer = indexer
    this.log = log
    this.options = options
  }

  /** Starts what is enabled, ends what is not any more, and starts again what has changed. */
  async reconcile(): Promise<void> {
    this.on = true
    const known = this.options.runs ? [...this.inputs.known.values()] : []
    const wanted = known.flatMap((input) => this.wantedJobs(input))
    const gone = this.jobs.filter((job) => !wanted.some((one) => one.key === job.key))
    await Promise.all(gone.map((job) => this.end(job)))
    this.jobs = this.jobs.filter((job) => !gone.includes(job))
    for (const one of wanted) if (!this.jobs.some((job) => job.key === one.key)) this.jobs.push(this.start(one))
  }

  /** Ends every program as a stop of splunkd does. */
  async stop(): Promise<void> {
    this.on = false
    await Promise.all(this.jobs.map((job) => this.end(job)))
    this.jobs = []
  }

  /** Kills every program, and what is in the pipes is lost: splunkd was killed. */
  async crash(): Promise<void> {
    this.on = false
    for (const { running, stop } of this.jobs) {
      stop.abort()
      running?.breakPipe()
      running?.kill()
    }
    await Promise.all(this.jobs.map(({ loop }) => loop))
    this.jobs = []
  }

  /** Programs that run, of a scheme or of all. */
  running(scheme?: string): readonly RunningInput[] {
    return this.jobs
      .filter(({ input }) => scheme === undefined || input.scheme === scheme)
      .flatMap(({ running }) => running ?? [])
  }

  /** How often programs of a scheme were started since splunkd was. */
  starts(scheme: string): number {
    return this.jobs.filter(({ input }) => input.scheme === scheme).reduce((sum, job) => sum + job.starts, 0)
  }

  private wantedJobs(input: ModularInput): Pick<Job, 'key' | 'input' | 'inputs'>[] {
    const enabled = configuredInputs(input, this.confs, this.host.name).filter(({ disabled }) => !disabled)
    const groups = input.document.singleInstance ? (enabled.length > 0 ? [enabled] : []) : enabled.map((one) => [one])
    return groups.map((inputs) => ({ key: `${input.scheme} ${JSON.stringify(inputs)}`, input, inputs }))
  }

  private start(wanted: Pick<Job, 'key' | 'input' | 'inputs'>): Job {
    const job: Job = { ...wanted, stop: new AbortController(), running: undefined, starts: 0, loop: Promise.resolve() }
    job.loop = this.run(job)
    return job
  }

  private async run(job: Job): Promise<void> {
    const seconds = job.inputs[0]?.intervalSeconds ?? 60
    const { signal } = job.stop
    while (!signal.aborted && this.on) {
      const began = Date.now()
      await this.once(job)
      if (seconds < 0) return
      const left = seconds * this.options.secondMs - (Date.now() - began)
      await delay(Math.max(0, left), undefined, { signal }).catch(() => {})
    }
  }

  private async once(job: Job): Promise<void> {
    const { input, inputs } = job
    const facts = this.host.facts(input.scheme)
    job.starts++
    job.running = new RunningInput({
      ...this.inputs.child(input.app, input.scheme, input.program, []),
      document: encodeDocument(inputDocument(facts, inputs), this.host.encoding),
      closesInput: this.host.closesInput,
      mode: input.document.streamingMode,
      onEvent: (event) => this.indexer.take(event, inputs, input.scheme),
      onLine: (line) => this.log.fromInput(input.program, line),
      onBroken: (problem) => this.log.add('ERROR', 'ModInputs', `${input.scheme}: the stream is broken: ${problem}`),
    })
    const status = await job.running.exited
    if (job.running.insideEvent) this.log.add('WARN', 'ModInputs', `${input.scheme}: the stream ended inside an event`)
    job.running = undefined
    if (status !== 0 && !job.stop.signal.aborted)
      this.log.add('ERROR', 'ExecProcessor', `${input.program} ended with ${status}`)
  }

  private async end(job: Job): Promise<void> {
    job.stop.abort()
    const end = await job.running?.end(this.options.graceMs)
    if (end === 'killed') this.log.add('WARN', 'ExecProcessor', `${job.input.program} did not end and was killed`)
    await job.loop
  }
}
