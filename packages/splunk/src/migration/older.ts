/** Where an older input keeps how far it is. Collections are of the KV store; everything else falls back on the last event. */
export type PositionForm =
  /** A document for each input, its key a prefix and the input's name; `state` is JSON, a time in it (solnlib, KVStoreCheckpointer). */
  | { readonly in: 'state'; readonly collection: string; readonly key: string; readonly sharedWith?: string }
  /** A document for each input, its key a prefix and the input's name; a member of it is a time. */
  | { readonly in: 'member'; readonly collection: string; readonly key: string; readonly member: string }
  /** A collection for each input, its name a prefix and the input's name: a document for each content blob that was fetched. */
  | { readonly in: 'contents'; readonly collection: string }
  /** A collection whose keys are not documented: of the documents that name the input, the earliest time counts. */
  | { readonly in: 'unknown-keys'; readonly collection: string }
  /** Files or another service: nothing that can be read over Splunk's REST interface. */
  | { readonly in: 'out-of-reach'; readonly where: string }

/** A sourcetype that an older input writes, and what its events come under from ours. */
export interface SourcetypePair {
  readonly older: string
  /** Setting of the older input that can name another. */
  readonly setting?: string
  readonly ours: readonly string[]
}

/** An input of ours that takes the place of an older one, or of a part of it. */
export interface Move {
  /** Behind the older input's name where it becomes several. */
  readonly suffix?: string
  /** Kind of input of ours. */
  readonly scheme: string
  readonly streams: readonly string[] | StreamsBySetting
  /** Only where a checkbox of the older input is on. */
  readonly when?: string
  readonly sourcetypes: readonly SourcetypePair[]
  readonly position: PositionForm
  /** What is collected again before the older position, in milliseconds, and why. */
  readonly overlapMs: number
  readonly overlapWhy: string
  /** `source` of the older input's events, where only they have it; {scheme} and {name} are put in. */
  readonly source?: string
  /** The part is there only where events under its sourcetypes are found. */
  readonly ifEvents?: true
  readonly differs: readonly string[]
}

export interface StreamsBySetting {
  readonly setting: string
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly otherwise: readonly string[]
}

/** A kind of input of an older add-on. */
export interface OlderKind {
  readonly scheme: string
  readonly title: string
  readonly moves: readonly Move[]
  /** Why there is nothing of ours in its place. */
  readonly stays?: string
  /** Why the older input goes on beside ours. */
  readonly kept?: string
  /** Why it is not proposed unless the administrator wants it. */
  readonly doubtful?: string
  /** Settings that ours has no like of: what is said where they are set to something. */
  readonly lost?: Readonly<Record<string, string>>
}

/** Names of settings in the order in which they are looked for, of the input first and then of its account. */
type SettingNames = readonly string[]

/** How an older add-on signs in. */
export interface AccountForm {
  /** Its file with accounts, without `.conf`; none where the input itself says everything. */
  readonly conf?: string
  /** Setting of an input that names its account. */
  readonly account?: string
  readonly tenant: SettingNames
  readonly client: SettingNames
  /** Cloud of ours by the value of a setting, in lower case. */
  readonly cloud: { readonly settings: SettingNames; readonly values: Readonly<Record<string, string>> }
  readonly secret: SecretForm
  /** Setting of an account and its value with which it signs in by a certificate. */
  readonly certificate?: readonly [setting: string, value: string]
}

/** Where an older add-on has its client secrets in `storage/passwords`. */
export type SecretForm =
  /** Under a realm, the account's name with a counter behind it; the parts together are JSON with the secrets by setting. */
  | { readonly in: 'solnlib'; readonly realm: string; readonly member: string }
  /** Without a realm, under a fixed name for each kind of input. */
  | { readonly in: 'fixed'; readonly client: FixedNames; readonly secret: FixedNames }

type FixedNames = Readonly<Record<string, string>>

export interface OlderAddOn {
  /** Name of its folder. */
  readonly app: string
  readonly title: string
  /** Its number on Splunkbase. */
  readonly splunkbase: number
  /** Version that the table was made from. */
  readonly version: string
  readonly accounts: AccountForm
  readonly kinds: readonly OlderKind[]
  readonly differs: readonly string[]
}
