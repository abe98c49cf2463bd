import type { HecSpec } from './hec-spec.ts'

/** What the receivers are. All listen on the loopback address. */
export interface ReceiversSpec {
  readonly receivers: readonly ReceiverSpec[]
  /** Where certificates and the record file go; a new temporary directory unless told. */
  readonly directory?: string
  readonly controlPort?: number
}

interface Common {
  /** Names the receiver in records and in the control API. */
  readonly name: string
  /** A free port unless told. */
  readonly port?: number
}

/** TLS with a certificate of this run's authority; `mutual` asks clients for one of it as well. */
export interface ReceiverTls {
  readonly tls?: boolean | 'mutual'
}

export type SyslogFraming = 'auto' | 'octets' | 'lines'

export type ReceiverSpec =
  | (Common & { readonly kind: 'udp' })
  | (Common & ReceiverTls & { readonly kind: 'tcp'; readonly framing?: SyslogFraming; readonly maxFrameBytes?: number })
  | (Common & ReceiverTls & { readonly kind: 'relp' })
  | (Common & ReceiverTls & { readonly kind: 'hec' } & HecSpec)
  | (Common & ReceiverTls & HttpSpec & { readonly kind: 'http' })

/** Who may post to an HTTPS receiver; anybody unless told. */
export interface HttpSpec {
  readonly bearer?: string
  readonly basic?: { readonly user: string; readonly password: string }
  /** What is answered to a good request; 200 unless told. */
  readonly status?: number
}
