import { type Cloud, type CloudHosts, type CloudName, clouds, type Feature } from './clouds.ts'

/** Hosts as a user may tell them: origins such as `https://graph.example:8443`; a key vault by origin or by `.suffix`. */
export interface ToldHosts {
  readonly login?: string | undefined
  readonly graph?: string | undefined
  readonly manage?: string | undefined
  readonly arm?: string | undefined
  readonly key_vault?: string | undefined
}

const origin = (url: string | undefined): string | undefined => (url === undefined ? undefined : new URL(url).origin)

function vaultOf(told: string | undefined): CloudHosts['keyVault'] {
  if (told === undefined) return undefined
  if (told.startsWith('.')) return { resource: `https://${told.slice(1)}`, suffix: told }
  return { resource: new URL(told).origin, suffix: new URL(told).host }
}

/** Hosts of a tenant: those of its cloud, with what the user tells instead. */
export function hostsOf(name: CloudName, told: ToldHosts = {}): CloudHosts {
  const { hosts }: Cloud = clouds[name]
  const given = {
    login: origin(told.login),
    graph: origin(told.graph),
    manage: origin(told.manage),
    arm: origin(told.arm),
    keyVault: vaultOf(told.key_vault),
  }
  const set = Object.entries(given).filter(([, value]) => value !== undefined)
  return { ...hosts, ...Object.fromEntries(set) }
}

/** Which host a family of APIs is reached by. */
const hostOf = { security: 'graph', auditLogs: 'graph', identityProtection: 'graph', office365: 'manage' } as const

/** Why a cloud cannot offer a family of APIs; undefined where it can. */
export function lackOf(name: CloudName, hosts: CloudHosts, feature: Feature): string | undefined {
  const { title, lacks }: Cloud = clouds[name]
  if (lacks.includes(feature)) return `the cloud ${name} (${title}) does not have it`
  const host = hostOf[feature]
  return hosts[host] === undefined ? `the host is not known: tell it with hosts.${host}` : undefined
}
