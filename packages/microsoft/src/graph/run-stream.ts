import type { Tenant } from '@siembridge/azure'
import { recordCount, type SourceContext } from '@siembridge/core'
import { day, hour } from '../common/duration.ts'
import { type Looker, runLooks } from '../common/looks.ts'
import type { ServerTime } from '../common/server-time.ts'
import { throttled } from '../common/trouble.ts'
import { SilenceWatch, type SignInWatch } from '../common/watch.ts'
import type { GraphOptions } from './options.ts'
import { type Position, readPosition } from './position.ts'
import { Progress } from './progress.ts'
import type { Reader } from './reader.ts'
import { GraphStream } from './stream.ts'
import { type StreamName, type StreamSpec, streams } from './streams.ts'

export interface StreamContext {
  readonly context: SourceContext<GraphOptions>
  readonly tenant: Tenant
  readonly time: ServerTime
  readonly signIn: SignInWatch
}

/** A stream with the times that the configuration gives it. */
function specOf(name: StreamName, { tuning }: GraphOptions): StreamSpec {
  const spec: StreamSpec = streams[name]
  const { interval, overlap, lag, sweep, page_size } = tuning[name] ?? {}
  return {
    ...spec,
    intervalMs: interval ?? spec.intervalMs,
    overlapMs: overlap ?? spec.overlapMs,
    lagMs: lag ?? spec.lagMs,
    sweepMs: sweep ?? spec.sweepMs,
    pageSize: page_size ?? spec.pageSize,
  }
}

/** For sentences: says which permission the stream wants. */
export const subjectOf = (name: StreamName, tenant: string): string =>
  `${name} of tenant ${tenant} (permission ${streams[name].permission})`

/** Records can come again as long as they are read again. */
const windowOf = ({ sweepMs, overlapMs }: StreamSpec): number =>
  Math.max(sweepMs, overlapMs) + (sweepMs > day ? day : hour)

/** Late records are found by sweeps, however far those look back. */
const foundFrom = ({ sweepMs, overlapMs }: StreamSpec, position: Position | undefined, sinceMs: number): number =>
  position ? Math.max(position.since, position.to - Math.max(sweepMs, overlapMs)) : sinceMs

/** Opens the lane of a stream, and makes what collects it. */
async function openStream(name: StreamName, { context, tenant, time }: StreamContext): Promise<Looker> {
  const { clock, window, sinceMs, signal } = context
  const spec = specOf(name, context.options)
  const subject = subjectOf(name, tenant.name)
  const details = detailsOf(name, context, tenant)
  const lane = await context.lane({
    stream: name,
    tenant: tenant.id,
    windowMs: windowOf(spec),
    foundFromMs: (position) => foundFrom(spec, position ? readPosition(position, subject) : undefined, sinceMs),
    expects: spec.expects,
  })
  const progress = new Progress(lane, window?.fromMs ?? sinceMs, subject)
  const silence = new SilenceWatch(context, details, spec.silentMs)
  const reader: Reader = {
    spec,
    subject,
    details,
    time,
    signal,
    tell: (event) => context.tell(event),
    graph: tenant.graph,
    tuning: { pageSize: spec.pageSize, ordered: spec.ordered ?? false, spanMs: hour },
    onWait: (wait) => throttled(wait, subject, (report) => context.report(name, report)),
    emit: (records) => {
      if (recordCount(records) > 0) silence.heard()
      return progress.emit(records)
    },
  }
  return new GraphStream({ reader, progress, clock, silence, untilMs: window?.toMs })
}

const detailsOf = (name: string, context: { readonly name: string }, tenant: Tenant) => ({
  tenant: tenant.name,
  source: context.name,
  stream: name,
})

/** Collects one stream of Graph. Rejects for a bounded run only. */
export const runStream = (name: StreamName, shared: StreamContext): Promise<void> => {
  const { context, signIn, tenant } = shared
  const details = detailsOf(name, context, tenant)
  return runLooks({ name, details, context, signIn, open: () => openStream(name, shared) })
}
