/**
 * The shape of a log type. Everything here is plain, serialisable data: no function, no class, no import of a target.
 * The grammar of selectors is in `selector.ts`, the operations in `operations.ts`.
 */

/** A selector (`"status.errorCode"`), or an operation on expressions (`["first", "a", "b"]`). Yields a list of texts. */
export type Expr = string | readonly [op: string, ...args: readonly unknown[]]

/** What a top-level record must look like to be of a shape. Keys and values compare ASCII case-insensitively. */
export interface Test {
  /** Top-level keys that must be there; `a|b` asks for any of them. */
  readonly has: readonly string[]
  /** Top-level keys that must not be there; `a|b` refuses any of them. */
  readonly lacks?: readonly string[]
  /** First discriminator: a selector and the values it may have. `*` in a value stands for any run of characters. */
  readonly is?: readonly [selector: string, ...values: string[]]
  /** Second discriminator, in the same form. */
  readonly also?: readonly [selector: string, ...values: string[]]
}

/** One of the clothes in which a log type arrives: Graph REST, Event Hub envelope, table row… */
export interface Shape {
  /** Said in the docs: where records of this shape come from. */
  readonly title: string
  readonly when: Test
  /** Where two shapes can match one record, the lower rank wins; 0 unless told. Generic shapes have 100 and more. */
  readonly rank?: number
  /** Where the fields live inside the record (`properties`); the record itself unless told. `^` selects the record. */
  readonly root?: string
  /** One event per element of this list (relative to `root`); inside, `.` is the element and `^name` the element of the
   * list `name` on the way to it. */
  readonly each?: string
  /** Key space of the native id: records of one space share ids, whatever door they came through. */
  readonly space: string
  /** What makes a record itself within its space, besides tenant and revision. Empty: the bytes of the record. */
  readonly key: readonly Expr[]
  readonly tenant: Expr
  /** Fields that only this shape has, or has otherwise; they win over the type's. */
  readonly fields?: Readonly<Record<string, Expr>>
}

/** The event class that SIEMs map by (CEF class id, QRadar event id): bounded, so that a list of it can be generated. */
export interface Signature {
  readonly id: Expr
  /** A title a person understands; the id where it yields nothing. */
  readonly name: Expr
  readonly category?: Expr
  /** Every id that goes out as it is. Any other goes out as the id of the log type, with the original beside it. */
  readonly known: readonly string[]
}

/** A list of entities in the record, told apart by one of the shared tables (`entities/`). */
export interface EntityRule {
  /** Selector of the elements. */
  readonly list: string
  readonly table: string
}

export interface LogType {
  /** `service.kind`, kebab case. */
  readonly id: string
  readonly version: number
  readonly title: string
  /** The product's name as it stands in CEF and LEEF headers. */
  readonly product: string
  /** True where this type takes what no other type of its family claims. */
  readonly generic?: boolean
  readonly shapes: Readonly<Record<string, Shape>>
  /** True where Microsoft's contract says that the key never comes twice with different content. */
  readonly uniqueKey: boolean
  /** What changes when the object is updated; part of the event id. */
  readonly revision?: Expr
  /** Things that events of this type are about: the key of tickets and correlation. */
  readonly objects?: readonly { readonly kind: string; readonly id: Expr }[]
  /** Expressions whose change makes an update worth telling. */
  readonly significant?: readonly Expr[]
  /** Selectors (relative to `root`) whose values are secrets: masked before anything else sees them. */
  readonly sensitive?: readonly string[]
  /** When it happened: first valid one of the list. */
  readonly time: Expr
  /** One of informational, low, medium, high, critical. */
  readonly severity: Expr
  readonly signature: Signature
  /** Normalised field to expression, most important first: slots are allotted in this order. */
  readonly fields: Readonly<Record<string, Expr>>
  readonly entities?: readonly EntityRule[]
  /** Fields that only this type knows; the shared dictionary holds the rest. */
  readonly dictionary?: Readonly<Record<string, Field>>
}

export type FieldType = 'keyword' | 'text' | 'long' | 'float' | 'boolean' | 'date' | 'ip' | 'port' | 'object'

/** One entry of the field dictionary. */
export interface Field {
  readonly type: FieldType
  readonly many: boolean
  readonly meaning: string
  /** Values of this field are collected there too: `ip` into `related.ip`, and so on. */
  readonly related?: 'ip' | 'user' | 'hosts' | 'hash'
  /** Computed from another field where the log type gives none. */
  readonly derived?: { readonly from: string; readonly by: Derivation }
}

export type Derivation =
  | 'user-domain'
  | 'url-domain'
  | 'url-path'
  | 'url-query'
  | 'url-scheme'
  | 'extension'
  | 'basename'

export const severities = ['informational', 'low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

export type EntityClass =
  | 'user'
  | 'host'
  | 'ip'
  | 'file'
  | 'process'
  | 'url'
  | 'mailbox'
  | 'message'
  | 'application'
  | 'resource'
  | 'registry'
  | 'group'
  | 'malware'
  | 'session'
  | 'network'
  | 'other'

/** What one kind of entity is, and where its parts are. Selectors are relative to the element. */
export interface EntityKind {
  readonly class: EntityClass
  readonly id?: Expr
  readonly name?: Expr
  /** Normalised field to expression: the event's own where this entity is the first of its class. */
  readonly fields?: Readonly<Record<string, Expr>>
}

export interface EntityTable {
  readonly id: string
  /** Names the kind of an element; compared ASCII case-insensitively. */
  readonly kind: Expr
  readonly roles?: Expr
  readonly verdict?: Expr
  readonly kinds: Readonly<Record<string, EntityKind>>
}
