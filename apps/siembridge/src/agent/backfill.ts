import { type Clock, SiembridgeError, systemClock } from '@siembridge/core'
import type { ConfiguredSource } from '@siembridge/core/config'
import type { Agent } from './agent.ts'

export interface BackfillRequest {
  readonly source: string
  readonly stream: string | undefined
  readonly fromMs: number
  readonly toMs: number
}

const progressMs = 5000

/** Collects a past window on lanes of its own; records that targets have come again, with the ids that they had. */
export async function backfill(
  agent: Agent,
  { source, stream, fromMs, toMs }: BackfillRequest,
  progress: (text: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const configured = configuredSource(agent, source)
  const runner = agent.running.runner(withStream(configured, stream), { window: { fromMs, toMs }, known: [] })
  const stop = (): void => void runner.stop()
  signal.addEventListener('abort', stop, { once: true })
  agent.ending.signal.addEventListener('abort', stop, { once: true })
  const over = new AbortController()
  void report(systemClock, () => progress(`${runner.collected} records so far`), over.signal)
  try {
    await runner.done
    for (const lane of runner.lanes.values()) await lane.settled()
  } finally {
    over.abort()
    signal.removeEventListener('abort', stop)
    agent.ending.signal.removeEventListener('abort', stop)
  }
  return `${runner.collected} records of source ${source} collected from ${iso(fromMs)} to ${iso(toMs)}`
}

async function report(clock: Clock, say: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await clock.sleep(progressMs, signal).then(say, () => undefined)
}

const iso = (ms: number): string => new Date(ms).toISOString()

export function configuredSource({ config }: Agent, name: string): ConfiguredSource {
  const found = config.sources.find((source) => source.name === name)
  if (!found) throw new SiembridgeError('SourceUnknown', name)
  return found
}

/** The source with one of its streams alone. */
export function withStream(configured: ConfiguredSource, stream: string | undefined): ConfiguredSource {
  if (stream === undefined) return configured
  const result = configured.source.options.safeParse({ ...configured.written, streams: [stream] })
  if (result.success) return { ...configured, options: result.data }
  throw new SiembridgeError('UsageWrong', `the source ${configured.name} has no stream "${stream}"`)
}
