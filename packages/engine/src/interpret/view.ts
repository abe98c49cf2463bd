import type { EntityClass, Severity } from '@siembridge/catalog'

/** One entity of an event. */
export interface EntityView {
  readonly kind: string
  readonly class: EntityClass
  readonly roles: readonly string[]
  readonly verdict?: string
  readonly id?: string
  readonly name?: string
  /** Normalised fields of the entity alone. */
  readonly fields: ReadonlyMap<string, readonly string[]>
}

/** One normalised event: what every dialect prints, and what filters, previews and state targets read. */
export interface EventView {
  readonly type: string
  readonly shape: string
  readonly product: string
  readonly version: number
  readonly eventId: string
  /** Object ids by kind. */
  readonly objects: readonly { readonly kind: string; readonly id: string }[]
  /** Entra tenant, or "". */
  readonly tenant: string
  /** ISO 8601 in UTC; undefined where the record holds no valid time. */
  readonly time?: string
  readonly severity: Severity
  readonly signature: { readonly id: string; readonly name: string; readonly category?: string }
  /** Normalised field to values in canonical text, never empty. */
  readonly fields: ReadonlyMap<string, readonly string[]>
  readonly entities: readonly EntityView[]
  /** What tells revisions of the object apart, most often a time; "" where the type has none. */
  readonly revision: string
  /** What makes a revision of the object worth telling, joined by NUL; "" where nothing is said of it. */
  readonly significant: string
}
