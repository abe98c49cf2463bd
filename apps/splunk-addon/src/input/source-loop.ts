import { type Clock, failureText, type Logger, runAgain, type SourceContext, type StreamReport } from '@siembridge/core'
import type { InputReporter } from '../status/input-status.ts'
import type { InputSource } from './sources.ts'

export interface LoopOptions {
  readonly context: Omit<SourceContext<unknown>, 'options' | 'name' | 'report' | 'tell'>
  readonly clock: Clock
  readonly log: Logger
  /** Before each line of the log. */
  readonly stanza: string
  readonly status: InputReporter
}

/** Runs a source until the signal, and again with growing pauses where it ends with an error. What it reports goes to the log. */
export async function runSource({ source, options, name }: InputSource, loop: LoopOptions): Promise<void> {
  const { context, clock, log, stanza, status } = loop
  const { signal } = context
  const said = new Map<string, string>()
  const report = (stream: string, told: StreamReport): void => {
    status.report(stream, told)
    const text = told.error?.message ?? ''
    if (said.get(stream) === text) return
    if (text !== '') log.error(`${stanza} ${stream}: ${text}`)
    else if (said.has(stream)) log.info(`${stanza} ${stream}: it is collected again`)
    said.set(stream, text)
  }
  const run = (): Promise<void> =>
    source.run({
      ...context,
      options,
      name,
      report,
      tell: (event) => {
        status.tell(event)
        log.log(event.severity === 'informational' ? 'info' : 'warn', `${stanza}: ${event.message}`)
      },
    })
  const failed = (error: unknown, pauseMs: number): unknown =>
    log.error(`${stanza}: ${failureText(error)}; it is tried again in ${Math.round(pauseMs / 1000)} s`)
  await runAgain(run, { clock, signal, failed })
}
