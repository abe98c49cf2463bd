import type { ZodType } from 'zod'
import type { Source } from '../contracts/source.ts'
import type { Target } from '../contracts/target.ts'

// Options are what each kind's own schema makes of them; here they are only handed through.
export type AnySource = Source<unknown>
export type AnyTarget = Target<unknown>

/** What a program offers to configure. */
export interface Kinds<Tenant = unknown> {
  readonly tenant: ZodType<Tenant>
  /** Sources, given the tenants that are valid. */
  sources(tenants: Readonly<Record<string, Tenant>>): readonly AnySource[]
  readonly targets: readonly AnyTarget[]
  /** Kinds of sources whose option `tenant` names a tenant of the configuration. */
  readonly ofTenants: ReadonlySet<string>
  /** Kinds of targets that can be open only once: they belong to one route. */
  readonly exclusive: ReadonlySet<string>
  /** What is wrong with a filter, and at which character. */
  filterProblem(text: string): Promise<{ readonly message: string; readonly at: number } | undefined>
  /** Fields that events can have. */
  readonly fields: ReadonlySet<string>
}
