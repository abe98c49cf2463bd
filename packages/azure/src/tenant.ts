import type { Finding, OwnEvent } from '@siembridge/core'
import type { CloudName, Feature } from './cloud/clouds.ts'
import type { GraphTransport } from './graph/transport.ts'
import type { OfficeTransport } from './office/transport.ts'

/** A tenant that the bridge can read from. */
export interface Tenant {
  /** In the configuration. */
  readonly name: string
  /** GUID. */
  readonly id: string
  readonly tags: Readonly<Record<string, string>>
  readonly cloud: CloudName
  readonly graph: GraphTransport
  readonly office: OfficeTransport
  /** Whether tokens come, and when the credential ends. */
  check(nowMs: number): AsyncIterable<Finding>
  /** The event to tell when the credential is about to end: each threshold once. */
  expiry(nowMs: number): Promise<OwnEvent | undefined>
}

export interface Tenants {
  /** Throws `TenantNotConfigured`. */
  get(name: string): Tenant
  readonly names: readonly string[]
  /** Why the cloud of a tenant cannot offer a family of APIs; undefined where it can. Reads no file. */
  lacks(name: string, feature: Feature): string | undefined
  /** Reads secrets of key vaults as that tenant's application. */
  keyVault(name: string): (url: string) => Promise<string>
  close(): Promise<void>
}
