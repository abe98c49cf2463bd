import { ask } from '../control/client.ts'
import type { ControlRequest } from '../control/protocol.ts'
import { holderOf } from '../state/lock.ts'
import { Agent } from './agent.ts'
import { configFor, readConfig, stateFor } from './config-file.ts'
import { keepRecent } from './log-ring.ts'
import { operate } from './operations.ts'

interface Asked {
  readonly config: string | undefined
  readonly version: string
  readonly request: ControlRequest
  readonly progress: (text: string) => void
  /** Waits until targets have what the request brought, where no agent runs that would deliver it. */
  readonly deliver?: boolean
}

/** Has the agent do something; where none runs, does it here: takes the state directory, does it, and gives it back. */
export async function askOrDo({ config: named, version, request, progress, deliver = false }: Asked): Promise<unknown> {
  const folder = await stateFor(named)
  if (holderOf(folder)) return ask(folder, request, progress)
  process.umask(0o077)
  const text = readConfig(named)
  const config = await configFor(text.file)
  const { createLogger } = await import('@siembridge/core/logging')
  const log = createLogger({ level: 'warn', json: config.log.json })
  const agent = await Agent.start({ text, config, log, recent: keepRecent(log), version, idle: true })
  const stop = (): void => agent.interrupt()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    const answer = await operate(agent, request, progress, agent.interrupted)
    if (deliver) await agent.running.untilDelivered(agent.interrupted)
    return answer
  } finally {
    await agent.stop()
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
