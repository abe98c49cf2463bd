import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Registry } from 'prom-client'
import type { Count, Counts } from './counts.ts'
import type { AgentStatus } from './status.ts'

type Labels = Readonly<Record<string, string>>
type Sample = readonly [labels: Labels, value: number]

/** Everything that Prometheus is told, made anew at each look. Names follow Vector's where it has one for the same thing. */
export function createMetrics(counts: Counts, status: () => AgentStatus): () => Promise<string> {
  const registry = new Registry()
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const counter = (name: string, help: string, labelNames: string[], of: Count): void => {
    const metric = new Counter({
      name: `siembridge_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        metric.reset()
        for (const { labels, value } of of.rows) metric.inc({ ...labels }, value)
      },
    })
  }
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    samples: (now: AgentStatus) => readonly Sample[],
  ): void => {
    const metric = new Gauge({
      name: `siembridge_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        metric.reset()
        for (const [labels, value] of samples(status())) metric.set({ ...labels }, value)
      },
    })
  }
  counter('received_events_total', 'Records that sources handed over', ['source', 'log_type'], counts.received)
  counter('duplicate_events_total', 'Records that were known already', ['source'], counts.duplicates)
  counter('dropped_events_total', 'Records and events that went nowhere', ['reason'], counts.dropped)
  counter('sent_events_total', 'Events that targets took', ['target'], counts.sent)
  counter('repeated_events_total', 'Events that were sent again after a failure', ['target'], counts.repeated)
  counter('rejected_events_total', 'Events that targets refused for good', ['target'], counts.rejected)
  for (const [name, help, labelNames, samples] of gauges) gauge(name, help, labelNames, samples)
  const seconds = 1e-9
  gauge('event_loop_delay_seconds', 'Delay of the event loop, 99th percentile', [], () => [
    [{}, delay.percentile(99) * seconds],
  ])
  gauge('resident_memory_bytes', 'Memory of the process', [], () => [[{}, process.memoryUsage.rss()]])
  return () => registry.metrics()
}

const secondsSince = (ms: number | undefined, nowMs: number): number =>
  ms === undefined ? 0 : Math.max(0, nowMs - ms) / 1000

const gauges: readonly (readonly [string, string, string[], (now: AgentStatus) => readonly Sample[]])[] = [
  [
    'lag_seconds',
    'Age of the oldest event that waits for a target',
    ['target', 'route'],
    ({ targets, writtenMs }) =>
      targets.map(({ name, route, oldestMs }) => [{ target: name, route }, secondsSince(oldestMs, writtenMs)]),
  ],
  [
    'collection_lag_seconds',
    'Time up to which a stream is collected, before now',
    ['source', 'stream'],
    ({ sources, writtenMs }) =>
      sources.flatMap(({ name, streams }) =>
        streams
          .filter(({ collectedToMs }) => collectedToMs !== undefined)
          .map(({ stream, collectedToMs }): Sample => [
            { source: name, stream },
            secondsSince(collectedToMs, writtenMs),
          ]),
      ),
  ],
  [
    'waiting_events',
    'Records that wait for a target',
    ['target', 'route'],
    ({ targets }) => targets.map(({ name, route, waiting }) => [{ target: name, route }, waiting]),
  ],
  [
    'spool_bytes',
    'Bytes in the buffer of a route',
    ['route'],
    ({ routes }) => routes.map(({ name, bytes }) => [{ route: name }, bytes]),
  ],
  [
    'spool_limit_bytes',
    'Bytes from which on a route takes nothing more',
    ['route'],
    ({ routes }) => routes.map(({ name, limitBytes }) => [{ route: name }, limitBytes]),
  ],
  [
    'token_expiry_seconds',
    'Time until the credential of a tenant ends',
    ['tenant'],
    ({ credentials, writtenMs }) => credentials.map(({ tenant, endsMs }) => [{ tenant }, (endsMs - writtenMs) / 1000]),
  ],
  [
    'target_up',
    'Whether a target takes events',
    ['target', 'route'],
    ({ targets }) => targets.map(({ name, route, state }) => [{ target: name, route }, state === 'connected' ? 1 : 0]),
  ],
  [
    'stream_up',
    'Whether a stream is collected',
    ['source', 'stream'],
    ({ sources }) =>
      sources.flatMap(({ name, streams }) =>
        streams.map(({ stream, state }): Sample => [
          { source: name, stream },
          state === 'error' || state === 'parked' ? 0 : 1,
        ]),
      ),
  ],
  ['dead_letters', 'Dead letters since the agent started', [], ({ deadLetters }) => [[{}, deadLetters.written]]],
  ['info', 'Version of the agent', ['version'], ({ agent }) => [[{ version: agent.version }, 1]]],
]
