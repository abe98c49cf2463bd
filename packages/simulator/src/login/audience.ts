import type { Audience } from './directory.ts'

const hosts: readonly (readonly [RegExp, Audience])[] = [
  [/(^|\.)graph\.microsoft\.(com|us)$/, 'graph'],
  [/^manage(-gcc)?\.office(365)?\.(com|us)$/, 'manage'],
  [/(^|\.)vault\.azure\.net$/, 'vault'],
]

/** The simulator's own ports, each a name of the API that listens there. */
export type AudiencePorts = ReadonlyMap<number, Audience>

/** The API that a resource or scope names: by its public host, or as `https://localhost:PORT`. */
export function audienceOf(resource: string, ports: AudiencePorts): Audience | undefined {
  if (!URL.canParse(resource)) return undefined
  const { hostname, port } = new URL(resource)
  return ports.get(Number(port)) ?? hosts.find(([pattern]) => pattern.test(hostname))?.[1]
}
