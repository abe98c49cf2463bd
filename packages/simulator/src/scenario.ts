import type { Duration } from './duration.ts'
import type { FaultRule } from './faults/rule.ts'
import type { ContentType, GraphStream, StreamName } from './streams.ts'

/** What the cloud is like. Everything is optional: `{}` is one tenant with one application and all streams. */
export interface Scenario {
  /** The same seed, clock start and calls give the same records. */
  readonly seed?: string
  readonly clock?: { readonly start?: string; readonly speed?: number }
  /** Fixed ports by service; a free one unless told. */
  readonly ports?: Partial<Record<ServiceName | 'control', number>>
  /** Where certificates and the ledger file go; a new temporary directory unless told. */
  readonly directory?: string
  readonly tenants?: readonly TenantScenario[]
  readonly login?: LoginScenario
  readonly graph?: GraphScenario
  readonly activity?: ActivityScenario
  readonly throttling?: ThrottlingScenario
  /** Answers in gzip to clients that accept it; no unless told. */
  readonly compress?: boolean
  readonly faults?: readonly FaultRule[]
}

/** The listeners of the cloud. `imds` speaks HTTP, the others HTTPS. */
export type ServiceName = 'login' | 'graph' | 'manage' | 'vault' | 'imds'

export interface LoginScenario {
  /** How long a bearer token lives, in real time; 3599 s unless told. */
  readonly tokenSeconds?: number
  /** How long a token request takes, so that parallel ones can be told; 20 ms unless told. */
  readonly delayMs?: number
}

export interface GraphScenario {
  /** Largest page by stream, below the documented one, so that few records make many pages. */
  readonly pageSizes?: Partial<Record<GraphStream, number>>
  /** How long a `$skiptoken` can be followed, in real time; 3600 s unless told. */
  readonly skipTokenSeconds?: number
  /** What a `$skiptoken` holds: the last item of the page before (`keyset`), or a count of items (`offset`). */
  readonly paging?: 'keyset' | 'offset'
  /** Accepts `gt` and `lt` on sign-ins and directory audits, which the service does but no page promises. */
  readonly undocumentedOperators?: boolean
}

export interface ActivityScenario {
  /** Content ids per listing; 200 unless told. */
  readonly pageSize?: number
  /** A blob is closed this long after its first record, or at `blobRecords`; 60 s and 100 unless told. */
  readonly blobEvery?: Duration
  readonly blobRecords?: number
  /** How long a closed blob takes to be listed, by share. */
  readonly blobLateness?: readonly Lateness[]
  /** Share of records that come again in a later blob, of blobs that come again under another content id, and of
   * content ids listed twice. */
  readonly repeatedRecords?: number
  readonly repeatedBlobs?: number
  readonly repeatedListings?: number
  /** The longest time until a record or blob is repeated; 3d unless told. */
  readonly repeatWithin?: Duration
}

/** How 429 is answered: the documented limits, none, or other limits. Limits count in real time. */
export interface ThrottlingScenario {
  readonly limits?: 'documented' | 'off' | Partial<Record<BucketName, Limit>>
  readonly retryAfter?: RetryAfterForm
}

export type BucketName = 'auditLogs' | 'identityProtection' | 'security' | 'activity' | 'token'

export interface Limit {
  readonly requests: number
  readonly seconds: number
}

/** `2`, `2.128`, an HTTP date, or no header at all. */
export type RetryAfterForm = 'seconds' | 'fractional' | 'date' | 'none'

export interface TenantScenario {
  readonly id: string
  /** The verified domain; a tenant can be named by it, too. */
  readonly domain?: string
  /** Entra ID licence; P2 unless told. */
  readonly premium?: 'none' | 'P1' | 'P2'
  /** Whether the tenant has a DLP licence; yes unless told. */
  readonly dlp?: boolean
  /** Whether unified auditing is on; yes unless told. */
  readonly auditing?: boolean
  readonly applications?: readonly ApplicationScenario[]
  /** Streams of records; all of them at 6 a minute unless told. */
  readonly streams?: readonly StreamScenario[]
  /** Content types that are subscribed to from the start; none unless told. */
  readonly subscriptions?: readonly ContentType[]
  /** Key Vault secrets by name. */
  readonly vault?: Readonly<Record<string, string>>
}

export interface ApplicationScenario {
  readonly clientId: string
  /** Application permissions with consent; all that the simulator knows unless told. */
  readonly roles?: readonly string[]
  readonly secrets?: readonly SecretScenario[]
  /** PEM certificates that client assertions may be signed with. */
  readonly certificates?: readonly string[]
  /** Workload identity federation: whose tokens are accepted as client assertions. */
  readonly federated?: readonly FederatedScenario[]
  /** The identity that the IMDS endpoint hands out tokens for. */
  readonly managedIdentity?: boolean
}

export interface SecretScenario {
  readonly value: string
  /** ISO time by the cloud's clock. */
  readonly expires?: string
}

export interface FederatedScenario {
  readonly issuer: string
  readonly subject: string
  /** `api://AzureADTokenExchange` unless told. */
  readonly audience?: string
  /** PEM public key of the issuer, RS256. */
  readonly publicKey: string
}

export interface StreamScenario {
  readonly stream: StreamName
  /** Records a minute by the cloud's clock; 6 unless told. */
  readonly perMinute?: number
  /** How far back records are issued at the start; none unless told. */
  readonly history?: Duration
  /** Stops issuing by itself after this many records. */
  readonly total?: number
  /** How long after its time an event can be seen, by share. */
  readonly lateness?: readonly Lateness[]
  /** Share of objects that change after they were issued, and within what time. */
  readonly changes?: number
  readonly changeWithin?: Duration
  /** Share of records with the very time of the one before. */
  readonly ties?: number
  /** Share of records with hostile strings in them. */
  readonly hostile?: number
}

/** One step of a distribution: this share takes between `from` and `to`. */
export interface Lateness {
  readonly share: number
  readonly from: Duration
  readonly to: Duration
}
