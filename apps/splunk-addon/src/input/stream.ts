import { fstatSync, statSync } from 'node:fs'
import { type Logger, systemClock } from '@siembridge/core'
import { unblocked } from '@siembridge/core/target'
import { type InputStanza, type ServerFacts, type Splunkd, StreamOutput } from '@siembridge/splunk/modular-input'
import type { Scheme } from '../schemes.ts'
import { StatusBook } from '../status/status-book.ts'
import { openBudgets } from './budgets.ts'
import { runInput } from './running-input.ts'
import { watchSettings } from './settings-watch.ts'

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
  if (leadsNowhere(1)) {
    log.error(
      `${given.scheme.name}: standard output is closed or /dev/null: events would be lost, so none are collected`,
    )
    return 1
  }
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
  const over = (why: string): void => {
    log.warn(`${given.scheme.name}: ${why}; the inputs end, and splunkd starts them anew`)
    end(why)
  }
  void watchSettings({ ...ports, stanzas, over })
  const running = stanzas.map((stanza) => runInput(stanza, ports))
  const written = status.resume().then(() => status.run(ending.signal))
  await Promise.all(running)
  const lastWord = written.then(() => status.write())
  await Promise.all([output.close(), shared.close(), Promise.race([lastWord, systemClock.sleep(lastWordMs)])])
  clearInterval(watch)
  return broken ? 1 : 0
}

/** Node puts /dev/null in the place of a standard output that is closed at its start. */
function leadsNowhere(descriptor: number): boolean {
  try {
    const { rdev } = fstatSync(descriptor)
    return rdev !== 0 && rdev === statSync('/dev/null').rdev
  } catch {
    return false
  }
}
