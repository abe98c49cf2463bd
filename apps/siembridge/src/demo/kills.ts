import { setTimeout as delay } from 'node:timers/promises'
import type { AgentProcess } from './agent-process.ts'
import { allOpen, hasSlowPage, openPages, type OpenWork, unacknowledged } from './open-work.ts'
import type { Stage } from './stage.ts'
import { demoTargets } from './targets.ts'

export interface Kill extends OpenWork {
  /** Milliseconds since the beginning. */
  readonly atMs: number
}

/** Which answer is slow, so that it is still open when the agent dies: another one at each kill. */
const slowPaths = [
  'alerts_v2',
  'audit_exchange',
  'incidents',
  'audit_sharepoint',
  'riskDetections|incidents|alerts_v2',
  'directoryAudits|incidents|alerts_v2',
] as const
export const kills = slowPaths.length

const bytesPerSecond = 20_000

/** A machine with other work may be slow to come to such a moment: another answer is made slow then. */
const attempts = 4
const longestWaitMs = 6000

/** Waits for a moment at which a page is open and every target has unacknowledged events, kills the agent, and starts it again. */
export async function killWhenBusy(stage: Stage, agent: AgentProcess, number: number): Promise<Kill> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    await arm(stage, slowPaths[(number + attempt) % kills] ?? 'graph')
    if (await untilBusy(stage, agent)) break
  }
  const killedMs = Date.now()
  await agent.kill()
  await delay(50)
  await stage.observer.poll()
  const work = {
    pages: await openPages(stage.cloud, killedMs),
    unacknowledged: unacknowledged(stage.observer, agent.state),
  }
  await disarm(stage)
  agent.start()
  return { ...work, atMs: killedMs - stage.beganMs }
}

/** Slow answers of the cloud, and receivers that take events and do not say so. */
async function arm({ cloud, receivers }: Stage, path: string): Promise<void> {
  await cloud.addFault({ id: 'slow', fault: { kind: 'slow-body', bytesPerSecond }, path, method: 'GET', count: 2 })
  for (const { name, receiver } of demoTargets) {
    if (receiver.kind === 'relp') await receivers.setFault(name, { kind: 'relp-no-response' })
    if (receiver.kind === 'hec') await receivers.setFault(name, { kind: 'ack-never' })
  }
}

async function disarm({ cloud, receivers }: Stage): Promise<void> {
  await cloud.removeFault('slow')
  for (const { name } of demoTargets) await receivers.setFault(name, undefined)
}

async function untilBusy(stage: Stage, agent: AgentProcess): Promise<boolean> {
  const deadline = Date.now() + longestWaitMs
  while (Date.now() < deadline) {
    await stage.observer.poll()
    if (allOpen(unacknowledged(stage.observer, agent.state)) && (await hasSlowPage(stage.cloud))) return true
    await delay(40)
  }
  return false
}
