import type { AnySource, AnyTarget } from './kinds.ts'
import type { General } from './general.ts'
import type { RouteOptions } from './route-options.ts'

export interface ConfiguredSource {
  readonly name: string
  readonly kind: string
  readonly source: AnySource
  /** As the kind's schema gives them. */
  readonly options: unknown
  /** As they were written, without the keys that every source has. */
  readonly written: Readonly<Record<string, unknown>>
  /** Name of the tenant, where it collects from one. */
  readonly tenant?: string
  /** Without a record for so many milliseconds, an event tells. */
  readonly silentMs: number
}

export interface ConfiguredTarget {
  readonly name: string
  readonly kind: string
  readonly target: AnyTarget
  readonly options: unknown
  readonly format: string
}

/** A route with every reference resolved. */
export interface ConfiguredRoute extends Omit<RouteOptions, 'from' | 'to'> {
  /** Names of sources; all where it is not told. */
  readonly from?: readonly string[] | undefined
  readonly to: readonly string[]
}

/** A configuration that is valid. */
export interface Config<Tenant = unknown> extends Omit<General, 'state'> {
  readonly file: string
  /** Absolute path of the state directory. */
  readonly state: string
  readonly tenants: Readonly<Record<string, Tenant>>
  readonly sources: readonly ConfiguredSource[]
  readonly targets: readonly ConfiguredTarget[]
  readonly routes: readonly ConfiguredRoute[]
}
