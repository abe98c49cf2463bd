import type { Finding } from '@siembridge/core'
import { lastStatus } from '../agent/known.ts'
import { unreadiness } from '../agent/readiness.ts'
import type { AgentStatus } from '../agent/status.ts'
import { ask } from '../control/client.ts'
import { holderOf } from '../state/lock.ts'
import { spanText } from './texts.ts'

const oldPositionMs = 6 * 3_600_000

/** The agent itself, the age of its positions, and its dead letters. */
export async function* agentFindings(folder: string, nowMs: number): AsyncGenerator<Finding> {
  const holder = holderOf(folder)
  const found = holder ? await liveStatus(folder) : lastStatus(folder)
  yield agentFinding(holder?.pid, found, nowMs)
  if (!found) return
  for (const reason of holder ? unreadiness(found, nowMs) : [])
    yield { subject: 'readiness', is: 'bad', says: reason, help: '`siembridge status` has the details.' }
  yield* positionFindings(found, nowMs)
  const { files } = found.deadLetters
  if (files > 0)
    yield {
      subject: 'dead letters',
      is: 'warning',
      says: `${files} files`,
      help: 'siembridge dead-letters list says why; retry or purge them.',
    }
}

const liveStatus = (folder: string): Promise<AgentStatus | undefined> =>
  ask(folder, { ask: 'status' }).then(
    (status) => status as AgentStatus,
    () => undefined,
  )

function agentFinding(pid: number | undefined, found: AgentStatus | undefined, nowMs: number): Finding {
  const subject = 'agent'
  const help =
    'Start it: siembridge run, or systemctl start siembridge; its log says why it ended: journalctl -u siembridge.'
  if (pid !== undefined && found)
    return { subject, is: 'good', says: `runs as process ${pid} for ${spanText(nowMs - found.agent.startedMs)}` }
  if (pid !== undefined)
    return {
      subject,
      is: 'bad',
      says: `process ${pid} holds the state directory and does not answer`,
      help: 'Restart it; look at its log first.',
    }
  return {
    subject,
    is: 'warning',
    says: found ? `does not run; last seen ${spanText(nowMs - found.writtenMs)} ago` : 'has not run yet',
    help,
  }
}

function* positionFindings({ sources }: AgentStatus, nowMs: number): Generator<Finding> {
  for (const { name, streams } of sources)
    for (const { stream, collectedToMs } of streams) {
      if (collectedToMs === undefined) continue
      const age = nowMs - collectedToMs
      const subject = `position of ${name}, ${stream}`
      const says = `collected up to ${spanText(age)} ago`
      yield age < oldPositionMs
        ? { subject, is: 'good', says }
        : {
            subject,
            is: 'warning',
            says,
            help: 'Microsoft keeps some logs for 7 days only: let the agent catch up before that.',
          }
    }
}
