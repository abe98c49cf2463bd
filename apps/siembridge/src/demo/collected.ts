import { setTimeout as delay } from 'node:timers/promises'
import type { AgentStatus } from '../agent/status.ts'
import type { AgentProcess } from './agent-process.ts'

const streams = 15
const longestMs = 150_000

/** What is still to be done: streams that were not read to the end since that time of the cloud's clock, and targets. */
function open({ sources, targets }: AgentStatus, sinceMs: number): string[] {
  const all = sources.flatMap((source) => source.streams)
  const reading = all.filter(({ collectedToMs = 0 }) => collectedToMs < sinceMs).map(({ stream }) => stream)
  const waiting = targets.filter((target) => target.waiting > 0).map(({ name }) => name)
  return all.length < streams ? ['the agent'] : [...reading, ...waiting]
}

/** Waits until the agent has collected and delivered everything; false where it does not in time. */
export async function untilCollected(
  agent: AgentProcess,
  sinceMs: number,
  meanwhile: (waitingFor: readonly string[]) => Promise<void>,
): Promise<boolean> {
  const deadline = Date.now() + longestMs
  for (let done = 0; Date.now() < deadline && agent.status === undefined;) {
    const status = await agent.ask()
    const left = status ? open(status, sinceMs) : ['the agent']
    done = left.length === 0 ? done + 1 : 0
    if (done >= 2) return true
    await meanwhile(left)
    await delay(300)
  }
  return false
}
