import { join } from 'node:path'
import type { TenantOptions } from '@siembridge/azure'
import type { Config } from '@siembridge/core/config'
import { readJson } from '../state/json-file.ts'
import type { AgentStatus, SourceStatus } from './status.ts'
import type { StreamStatus } from './stream-status.ts'

/** The status that an agent wrote last; undefined where none did. */
export function lastStatus(folder: string): AgentStatus | undefined {
  const status = readJson(join(folder, 'status.json')) as AgentStatus | undefined
  return status?.form === 1 && Array.isArray(status.sources) ? status : undefined
}

/** Streams of each source as an earlier run knew them. */
export function knownStreams(folder: string): ReadonlyMap<string, readonly StreamStatus[]> {
  const sources = lastStatus(folder)?.sources ?? []
  return new Map(sources.map(({ name, streams }) => [name, streams.map(withoutPosition)]))
}

/** The lane knows its position; what status showed of it is for people. */
function withoutPosition({ position: _position, ...stream }: SourceStatus['streams'][number]): StreamStatus {
  return stream
}

/** When credentials end, as far as the configuration tells. */
export const knownCredentials = ({ tenants }: Config<TenantOptions>): Map<string, number> =>
  new Map(
    Object.entries(tenants).flatMap(([name, { client_secret_expires: expires }]) =>
      expires === undefined ? [] : [[name, Date.parse(expires)] as const],
    ),
  )
