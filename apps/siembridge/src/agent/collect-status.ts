import { hostname } from 'node:os'
import type { Composition } from './composition.ts'
import type { Counts } from './counts.ts'
import { deadLettersIn } from './dead-letter-count.ts'
import type { SourceRunner } from './source-runner.ts'
import { type AgentStatus, positionText, type SourceStatus, type TargetStatus } from './status.ts'

export interface StatusParts {
  readonly agent: Omit<AgentStatus['agent'], 'pid' | 'host'>
  readonly composition: Composition
  readonly runners: readonly SourceRunner[]
  readonly counts: Counts
  readonly lastReceived: ReadonlyMap<string, number>
  readonly credentials: ReadonlyMap<string, number>
  readonly recent: readonly string[]
  readonly nowMs: number
}

/** What `status` shows, as it is now. */
export function collectStatus(parts: StatusParts): AgentStatus {
  const { agent, composition, runners, credentials, recent, nowMs } = parts
  const { routes, deadLetters, leftBehind, disk } = composition.pipeline.status
  return {
    form: 1,
    writtenMs: nowMs,
    agent: { pid: process.pid, host: hostname(), ...agent },
    sources: runners.map((runner) => sourceStatus(parts, runner)),
    targets: targetStatuses(parts),
    routes,
    leftBehind,
    credentials: [...credentials].map(([tenant, endsMs]) => ({ tenant, endsMs })),
    deadLetters: deadLettersIn(composition.config.state, deadLetters),
    ...(disk !== undefined && { disk }),
    recent,
  }
}

function sourceStatus({ composition, counts, lastReceived }: StatusParts, runner: SourceRunner): SourceStatus {
  const { name, lanes, streams, status } = runner
  const configured = composition.config.sources.find((source) => source.name === name)
  const lastReceivedMs = lastReceived.get(name)
  return {
    name,
    kind: configured?.kind ?? '',
    ...(configured?.tenant !== undefined && { tenant: configured.tenant }),
    ...status,
    received: counts.received.sum({ source: name }),
    duplicates: counts.duplicates.sum({ source: name }),
    ...(lastReceivedMs !== undefined && { lastReceivedMs }),
    streams: [...streams.values()].map((stream) => {
      const position = lanes.get(stream.stream)?.position
      return { ...stream, ...(position && { position: positionText(position) }) }
    }),
  }
}

function targetStatuses({ composition, counts }: StatusParts): TargetStatus[] {
  const open = new Map(
    composition.targets.map(({ route, configured: { name }, delivery }) => [`${route} ${name}`, delivery.facts()]),
  )
  return composition.pipeline.status.targets.map((state) => {
    const configured = composition.config.targets.find((target) => target.name === state.name)
    const labels = { target: state.name }
    const facts = open.get(`${state.route} ${state.name}`) ?? []
    return {
      ...state,
      kind: configured?.kind ?? '',
      ...(facts.length > 0 && { facts }),
      receipt: configured?.target.receipt(configured.options) ?? 'handed-over',
      repeatWindowBytes: configured?.target.repeatWindow(configured.options) ?? 0,
      sent: counts.sent.sum(labels),
      repeated: counts.repeated.sum(labels),
      rejected: counts.rejected.sum(labels),
    }
  })
}
