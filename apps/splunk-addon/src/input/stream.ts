import { type Logger, systemClock } from '@siembridge/core'
import { unblocked } from '@siembridge/core/target'
import { type InputStanza, type ServerFacts, type Splunkd, StreamOutput } from '@siembridge/splunk/modular-input'
import type { Scheme } from '../schemes.ts'
import { StatusBook } from '../status/status-book.ts'
import { openBudgets } from './budgets.ts'
import { runInput } from './running-input.ts'

export interface StreamPorts {
  readonly scheme: Scheme
  readonly server: ServerFacts
  readonly stanzas: readonly InputStanza[]
  readonly splunkd: Splunkd
  readonly log: Logger
}

/** Between looks whether splunkd is still there, in milliseconds. */
const parentMs = 5000
/** How long an end may wait for what the pages show, in milliseconds. */
const lastWordMs = 1000

/**
 * Streams the events of all inputs of a scheme until splunkd ends the process or is gone; answers the exit status. What splunkd has
 * not taken by then is collected again at the next start.
 */
export async function stream({ stanzas, log, ...given }: StreamPorts): Promise<number> {
  const ending = new AbortController()
  const end = (why: string): void => ending.abort(new Error(why))
  let broken = false
  const output = new StreamOutput({
    clock: systemClock,
    descriptor: unblocked(1),
    onBroken: (reason) => {
      broken = true
      log.error(`${reason}; what was not taken is collected again at the next start`)
      end(reason)
    },
  })
  const parent = process.ppid
  const watch = setInterval(() => process.ppid === parent || end('splunkd is gone'), parentMs)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end('splunkd ends the input'))
  const shared = await openBudgets({ ...given, log })
  const status = new StatusBook({ ...given, clock: systemClock, log })
  const ports = { ...given, output, budgets: shared.budgets, status, clock: systemClock, log, signal: ending.signal }
  const running = stanzas.map((stanza) => runInput(stanza, ports))
  const written = status.resume().then(() => status.run(ending.signal))
  await Promise.all(running)
  await Promise.all([output.close(), shared.close(), written])
  await Promise.race([status.write(), systemClock.sleep(lastWordMs)])
  clearInterval(watch)
  return broken ? 1 : 0
}
