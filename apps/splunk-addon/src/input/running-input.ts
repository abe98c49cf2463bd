import { createTenants, type TenantOptions } from '@siembridge/azure'
import {
  type Budgets,
  type Clock,
  failureText,
  type Lane,
  type LaneSpec,
  type Logger,
  orAborted,
  SiembridgeError,
} from '@siembridge/core'
import { createSecrets } from '@siembridge/core/secrets'
import {
  type InputStanza,
  readPassword,
  type ServerFacts,
  type Splunkd,
  type StreamOutput,
} from '@siembridge/splunk/modular-input'
import type { Scheme } from '../schemes.ts'
import { readAccount } from './account.ts'
import { openPipeline } from './input-pipeline.ts'
import { type Parameters, readParameters } from './parameters.ts'
import { WantedPositions } from './positions.ts'
import { reportedError } from './reported-error.ts'
import { runSource } from './source-loop.ts'
import { type InputSource, sourcesOf } from './sources.ts'
import { openState } from './state.ts'
import type { InputReporter } from '../status/input-status.ts'
import type { StatusBook } from '../status/status-book.ts'
import { watchedLane } from './watched-lane.ts'

/** What the inputs of a process share. */
export interface InputPorts {
  readonly scheme: Scheme
  readonly server: ServerFacts
  readonly splunkd: Splunkd
  readonly output: StreamOutput
  readonly budgets: Budgets
  readonly status: StatusBook
  readonly clock: Clock
  readonly log: Logger
  /** Aborted when the process is to end. */
  readonly signal: AbortSignal
}

/** Between looks at a configuration that cannot be used, in milliseconds. */
const againMs = 60_000

/** One input from its stanza to the stream: it runs until the signal. Never rejects; what goes wrong is told in the log. */
export async function runInput(stanza: InputStanza, ports: InputPorts): Promise<void> {
  const { log, clock, signal } = ports
  const reporter = ports.status.input(stanza.name)
  while (!signal.aborted)
    try {
      return await runOnce(stanza, reporter, ports)
    } catch (error) {
      if (signal.aborted) return
      reporter.failed(reportedError(error))
      log.error(`${stanza.name}: ${failureText(error)}`)
      // What a newer version wrote stays as it is until that version is there again.
      if (error instanceof SiembridgeError && (error.code === 'StateNewer' || error.code === 'InputWrong')) return
      await clock.sleep(againMs, signal).catch(() => undefined)
    }
}

async function runOnce(stanza: InputStanza, reporter: InputReporter, ports: InputPorts): Promise<void> {
  const parameters = readParameters(ports.scheme, stanza, ports.clock.now())
  const { account } = parameters
  const options = await orAborted(readAccount(ports.splunkd, account), ports.signal)
  const secrets = secretsOf(ports.splunkd)
  const tenants = createTenants({ [account]: options }, { ...ports, secrets })
  try {
    const sources = sourcesOf(ports.scheme, parameters, tenants)
    await collect({ stanza, parameters, options, sources, secrets, reporter }, ports)
  } finally {
    await tenants.close()
  }
}

export const secretsOf = (splunkd: Splunkd): ReturnType<typeof createSecrets> =>
  createSecrets({ splunk: (realm, name) => readPassword(splunkd, realm, name) })

interface Collecting {
  readonly stanza: InputStanza
  readonly parameters: Parameters
  readonly options: TenantOptions
  readonly sources: readonly InputSource[]
  readonly secrets: ReturnType<typeof createSecrets>
  readonly reporter: InputReporter
}

async function collect(
  { stanza, parameters, options, sources, secrets, reporter }: Collecting,
  ports: InputPorts,
): Promise<void> {
  const { clock, log, signal, budgets } = ports
  const tenantId = options.tenant_id.toLowerCase()
  const since = parameters.sinceMs ?? clock.now()
  const state = await openState({ ...ports, stanza: stanza.name, tenantId, sinceMs: since })
  const streams = sources.flatMap(({ streams }) => streams)
  const wanted = await orAborted(WantedPositions.read(ports.splunkd, stanza.name, streams), signal)
  const pipeline = await openPipeline({ stanza: stanza.name, parameters, state, reporter }, ports)
  reporter.begins(parameters.account, tenantId, streams)
  const began = new Date(state.sinceMs).toISOString()
  log.info(
    `${stanza.name}: collecting from tenant ${tenantId} by account ${parameters.account}, what came since ${began}`,
  )
  const context = { secrets, budgets, clock, log, signal, sinceMs: state.sinceMs }
  const laneOf = async (source: string, spec: LaneSpec): Promise<Lane> => {
    const opened = await pipeline.lane(source, spec, signal)
    const toMs = await wanted.apply(spec.stream, opened)
    if (toMs !== undefined) reporter.rewound(spec.stream, toMs)
    reporter.opened(spec.stream, opened)
    return watchedLane(opened, (records) => reporter.received(spec.stream, records))
  }
  try {
    const running = sources.map((source) => {
      const lane = (spec: LaneSpec): Promise<Lane> => laneOf(source.name, spec)
      return runSource(source, { context: { ...context, lane }, clock, log, stanza: stanza.name, status: reporter })
    })
    await Promise.race([Promise.all(running), late(signal)])
  } finally {
    await pipeline.stop(stopMs)
    reporter.ends()
  }
}

/** How long an end may take, in milliseconds: splunkd kills what takes longer. */
const stopMs = 4500
/** How long sources may take to end, in milliseconds: one may wait for splunkd, which does not answer. */
const sourcesMs = 1500

/** Resolves some time after the signal. */
const late = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const soon = (): unknown => setTimeout(resolve, sourcesMs)
    if (signal.aborted) soon()
    else signal.addEventListener('abort', soon, { once: true })
  })
