import { createTenants, type TenantOptions } from '@siembridge/azure'
import {
  type Budgets,
  type Clock,
  type Encoder,
  failureText,
  type LaneSpec,
  type Logger,
  SiembridgeError,
} from '@siembridge/core'
import { Pipeline } from '@siembridge/core/pipeline'
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
import { runSource } from './source-loop.ts'
import { type InputSource, sourcesOf } from './sources.ts'
import { openState } from './state.ts'

/** What the inputs of a process share. */
export interface InputPorts {
  readonly scheme: Scheme
  readonly server: ServerFacts
  readonly splunkd: Splunkd
  readonly output: StreamOutput
  readonly budgets: Budgets
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
  while (!signal.aborted)
    try {
      return await runOnce(stanza, ports)
    } catch (error) {
      if (signal.aborted) return
      log.error(`${stanza.name}: ${failureText(error)}`)
      // What a newer version wrote stays as it is until that version is there again.
      if (error instanceof SiembridgeError && (error.code === 'StateNewer' || error.code === 'InputWrong')) return
      await clock.sleep(againMs, signal).catch(() => undefined)
    }
}

async function runOnce(stanza: InputStanza, ports: InputPorts): Promise<void> {
  const parameters = readParameters(ports.scheme, stanza, ports.clock.now())
  const { account } = parameters
  const options = await readAccount(ports.splunkd, account)
  const secrets = secretsOf(ports.splunkd)
  const tenants = createTenants({ [account]: options }, { ...ports, secrets })
  try {
    const sources = sourcesOf(ports.scheme, parameters, tenants)
    await collect({ stanza, parameters, options, sources, secrets }, ports)
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
}

async function collect(
  { stanza, parameters, options, sources, secrets }: Collecting,
  ports: InputPorts,
): Promise<void> {
  const { clock, log, signal, budgets, output } = ports
  const tenantId = options.tenant_id.toLowerCase()
  const since = parameters.sinceMs ?? clock.now()
  const state = await openState({ ...ports, stanza: stanza.name, tenantId, sinceMs: since })
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
        if (what === 'rejected')
          log.warn(
            `${stanza.name}: ${records} records cannot be read (${type}); they are kept beside the input’s state`,
          )
      },
      target: () => undefined,
    },
    tell: ({ message }) => log.warn(`${stanza.name}: ${message}`),
  })
  pipeline.start()
  log.info(`${stanza.name}: collecting from tenant ${tenantId} by account ${parameters.account}`)
  const context = { secrets, budgets, clock, log, signal, sinceMs: state.sinceMs }
  try {
    await Promise.all(
      sources.map((source) => {
        const lane = (spec: LaneSpec): ReturnType<Pipeline['lane']> => pipeline.lane(source.name, spec, signal)
        return runSource(source, { context: { ...context, lane }, clock, log, stanza: stanza.name })
      }),
    )
  } finally {
    await pipeline.stop(stopMs)
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
