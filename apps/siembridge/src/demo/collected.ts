import { setTimeout as delay } from 'node:timers/promises'
import type { AgentStatus } from '../agent/status.ts'
import type { AgentProcess } from './agent-process.ts'

const streams = 15
const longestMs = 90_000

/** Every stream was read to the end since that time of the cloud's clock, and no target has anything waiting. */
const isDone = ({ sources, targets }: AgentStatus, sinceMs: number): boolean => {
  const all = sources.flatMap((source) => source.streams)
  return (
    all.length >= streams &&
    all.every(({ collectedToMs = 0 }) => collectedToMs >= sinceMs) &&
    targets.every(({ waiting }) => waiting === 0)
  )
}

/** Waits until the agent has collected and delivered everything; false where it does not in time. */
export async function untilCollected(
  agent: AgentProcess,
  sinceMs: number,
  meanwhile: () => Promise<void>,
): Promise<boolean> {
  const deadline = Date.now() + longestMs
  for (let done = 0; done < 2 && Date.now() < deadline && agent.status === undefined;) {
    const status = await agent.ask()
    done = status && isDone(status, sinceMs) ? done + 1 : 0
    await meanwhile()
    await delay(300)
    if (done >= 2) return true
  }
  return false
}
