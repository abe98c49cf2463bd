import { createTenants, type TenantOptions } from '@siembridge/azure'
import {
  type Budgets,
  type Clock,
  type Encoder,
  failureText,
  type Lane,
  type LaneSpec,
  type Logger,
  SiembridgeError,
} from '@siembridge/core'
import { type DeadLetter, Pipeline, readDeadLetters } from '@siembridge/core/pipeline'
import { createSecrets } from '@siembridge/core/secrets'
import { createAnnotator, createEncoder } from '@siembridge/engine/lane'
import {
  EventEncoder,
  type InputStanza,
  readPassword,
  repeatWindow,
  type ServerFacts,
  type Splunkd,
  type StreamOutput,
} from '@siembridge/splunk/modular-input'
import type { Scheme } from '../schemes.ts'
import { readAccount } from './account.ts'
import { LongEvents } from './long-events.ts'
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
/** Bytes of records in memory that are not written yet. */
const limitBytes = 16 << 20

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
  const options = await readAccount(ports.splunkd, account)
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
  const { clock, log, signal, budgets, output } = ports
  const tenantId = options.tenant_id.toLowerCase()
  const since = parameters.sinceMs ?? clock.now()
  const state = await openState({ ...ports, stanza: stanza.name, tenantId, sinceMs: since })
  const countLetters = async (): Promise<void> => {
    const letters: DeadLetter[] = []
    for await (const letter of readDeadLetters(state.disk, `${state.directory}/dead-letters`)) letters.push(letter)
    reporter.lettersAre(letters)
  }
  const streams = sources.flatMap(({ streams }) => streams)
  const wanted = await WantedPositions.read(ports.splunkd, stanza.name, streams)
  const pipeline = await Pipeline.open({
    disk: state.disk,
    directory: state.directory,
    clock,
    log,
    annotator: await createAnnotator({ filters: [undefined] }),
    direct: true,
    routes: [
      {
        name: 'stream',
        updates: 'all',
        limitBytes,
        targets: [
          {
            name: 'splunk',
            encoder: await encoderOf(stanza.name, parameters, new LongEvents({ ...ports, stanza: stanza.name })),
            delivery: output.delivery(),
            window: repeatWindow,
          },
        ],
      },
    ],
    meter: {
      lane: (what, _, type, records) => {
        if (what === 'rejected') {
          void countLetters()
          log.warn(
            `${stanza.name}: ${records} records cannot be read (${type}); they are kept beside the input’s state`,
          )
        }
      },
      target: (what, _, events) => (what === 'sent' ? reporter.sent(events) : undefined),
    },
    tell: (event) => {
      reporter.tell(event)
      log.warn(`${stanza.name}: ${event.message}`)
    },
  })
  pipeline.start()
  reporter.begins(parameters.account, tenantId, streams)
  await countLetters()
  log.info(`${stanza.name}: collecting from tenant ${tenantId} by account ${parameters.account}`)
  const context = { secrets, budgets, clock, log, signal, sinceMs: state.sinceMs }
  try {
    await Promise.all(
      sources.map((source) => {
        const lane = async (spec: LaneSpec): Promise<Lane> => {
          const opened = await pipeline.lane(source.name, spec, signal)
          const toMs = await wanted.apply(spec.stream, opened)
          if (toMs !== undefined) reporter.rewound(spec.stream, toMs)
          reporter.opened(spec.stream, opened)
          return watchedLane(opened, (records) => reporter.received(spec.stream, records))
        }
        return runSource(source, { context: { ...context, lane }, clock, log, stanza: stanza.name, status: reporter })
      }),
    )
  } finally {
    await pipeline.stop(stopMs)
    reporter.ends()
  }
}

/** How long an end may take, in milliseconds: splunkd kills what takes longer. */
const stopMs = 4500

async function encoderOf(
  stanza: string,
  { sourcetypes, index, host, source }: Parameters,
  long: LongEvents,
): Promise<Encoder> {
  const inner = await createEncoder({ to: sourcetypes === 'own' ? 'hec-flat' : 'hec' })
  return new EventEncoder(inner, { stanza, index, host, source }, long.note)
}
