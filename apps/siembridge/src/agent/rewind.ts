import { noRecords, SiembridgeError } from '@siembridge/core'
import type { Agent } from './agent.ts'
import { configuredSource } from './backfill.ts'
import { knownStreams } from './known.ts'

export interface RewindRequest {
  readonly source: string
  readonly stream: string | undefined
  readonly toMs: number
}

/**
 * Sets streams of a source back: their positions are forgotten, and the source begins at a time. What is remembered as seen stays,
 * so that records which targets have do not come again.
 */
export async function rewind(agent: Agent, { source, stream, toMs }: RewindRequest): Promise<string> {
  const configured = configuredSource(agent, source)
  const { running } = agent
  const at = running.runners.findIndex((runner) => runner.name === source)
  const streams = streamsOf(agent, source, at).filter((name) => stream === undefined || name === stream)
  if (streams.length === 0)
    throw new SiembridgeError(
      'UsageWrong',
      `no stream${stream === undefined ? '' : ` "${stream}"`} of source ${source} has a position`,
    )
  await running.runners[at]?.stop()
  agent.overrides.set(source, toMs)
  for (const name of streams) {
    const lane = await running.composition.pipeline.lane(source, { stream: name, windowMs: 0 }, agent.ending.signal)
    await lane.emit(noRecords, new Uint8Array(0))
    await lane.settled()
  }
  if (at >= 0) running.runners[at] = running.runner(configured)
  const when = new Date(toMs).toISOString()
  return `source ${source} begins again at ${when}: ${streams.join(', ')}; what it remembers as delivered does not come again, and files are read whole`
}

const streamsOf = (agent: Agent, source: string, at: number): string[] =>
  at >= 0
    ? [...(agent.running.runners[at]?.lanes.keys() ?? [])]
    : (knownStreams(agent.config.state).get(source) ?? []).map(({ stream }) => stream)
