import { type AgentStatus, connectionErrorMs } from './status.ts'

/** Why the agent is not ready: targets that do not deliver, sources that fail for long. None means ready. */
export function unreadiness({ agent, sources, targets, routes, disk }: AgentStatus, nowMs: number): string[] {
  const long = (since: number | undefined): boolean => since !== undefined && nowMs - since > connectionErrorMs
  return [
    ...(agent.state === 'running' ? [] : [`the agent is ${agent.state}`]),
    ...targets
      .filter(({ state }) => state !== 'connected')
      .map(({ name, state, error }) => `target ${name}: ${error ?? state}`),
    ...sources.flatMap(({ name, failingSinceMs, error, streams }) => [
      ...(long(failingSinceMs) ? [`source ${name}: ${error ?? 'fails'}`] : []),
      ...streams
        .filter((stream) => long(stream.failingSinceMs))
        .map((stream) => `source ${name}, ${stream.stream}: ${stream.error?.message ?? 'fails'}`),
    ]),
    ...routes.filter(({ full }) => full).map(({ name }) => `the buffer of route ${name} is full`),
    ...(disk === undefined ? [] : [`the disk: ${disk}`]),
  ]
}
