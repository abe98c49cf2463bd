import { exit } from '@siembridge/core'
import { stateFor } from '../agent/config-file.ts'
import { lastStatus } from '../agent/known.ts'
import { unreadiness } from '../agent/readiness.ts'
import { type AgentStatus } from '../agent/status.ts'
import { ask } from '../control/client.ts'
import { print } from '../sink.ts'
import { holderOf } from '../state/lock.ts'
import { statusText } from '../terminal/status-text.ts'

export interface StateOptions {
  readonly config?: string
  readonly json?: boolean
}

/** `siembridge status`: 0 where an agent runs and is ready, 1 otherwise. */
export async function status({ config, json }: StateOptions): Promise<number> {
  const folder = await stateFor(config)
  const runs = holderOf(folder) !== undefined
  const found = runs ? ((await ask(folder, { ask: 'status' })) as AgentStatus) : lastStatus(folder)
  if (json) await print(`${JSON.stringify({ runs, state: folder, ...(found && { status: found }) })}\n`)
  else await print(found ? statusText(found, runs, Date.now()) : `no agent has run on ${folder} yet\n`)
  return runs && found && unreadiness(found, Date.now()).length === 0 ? exit.good : exit.no
}
