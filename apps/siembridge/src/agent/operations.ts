import { SiembridgeError } from '@siembridge/core'
import type { ControlRequest } from '../control/protocol.ts'
import type { Agent } from './agent.ts'
import { backfill } from './backfill.ts'
import { rewind } from './rewind.ts'
import { retryDeadLetters } from './retry-dead-letters.ts'
import { sendTest } from './send-test.ts'

type Progress = (text: string) => void
type Operation = (agent: Agent, request: ControlRequest, progress: Progress, signal: AbortSignal) => Promise<unknown>

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

async function pause(agent: Agent, { target }: ControlRequest, paused: boolean): Promise<string> {
  const name = textOf(target) ?? ''
  if (!agent.running.composition.pipeline.pause(name, paused)) throw new SiembridgeError('TargetUnknown', name)
  agent.paused.set(name, paused)
  const said = paused
    ? `target ${name} is paused; its events wait in the buffer, also over a restart`
    : `target ${name} takes events again`
  agent.options.log.info(said)
  return said
}

const operations: Readonly<Record<string, Operation>> = {
  status: async (agent) => agent.status(),
  reload: (agent) => agent.reload(),
  pause: (agent, request) => pause(agent, request, true),
  resume: (agent, request) => pause(agent, request, false),
  'send-test': (agent, { target }) =>
    sendTest(
      agent.running.composition.targets,
      agent.options.version,
      { connections: agent.running.composition.connections, log: agent.options.log },
      textOf(target),
    ),
  backfill: (agent, { source, stream, from, to }, progress, signal) =>
    backfill(
      agent,
      { source: textOf(source) ?? '', stream: textOf(stream), fromMs: Number(from), toMs: Number(to) },
      progress,
      signal,
    ),
  rewind: (agent, { source, stream, to }) =>
    rewind(agent, { source: textOf(source) ?? '', stream: textOf(stream), toMs: Number(to) }),
  'retry-dead-letters': (agent, _request, progress) => retryDeadLetters(agent, progress),
}

/** Carries out what somebody asked the agent for. */
export function operate(
  agent: Agent,
  request: ControlRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<unknown> {
  const operation = Object.hasOwn(operations, request.ask) ? operations[request.ask] : undefined
  return operation
    ? operation(agent, request, progress, signal)
    : Promise.reject(new SiembridgeError('UsageWrong', `the agent cannot do "${request.ask}"`))
}
