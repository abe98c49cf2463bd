/** A HEC receiver, as `inputs.conf` describes one. */
export interface HecSpec {
  readonly tokens?: readonly HecToken[]
  /** Larger bodies get 413; 838860800 bytes unless told, as in `limits.conf`. */
  readonly maxContentLength?: number
  /** Whether the events before the first bad one of a request are kept; yes unless told. */
  readonly keepBeforeBad?: boolean
  /** How long after the answer an ack id becomes true; 0 unless told. */
  readonly ackDelayMs?: number
}

export interface HecToken {
  readonly token: string
  readonly disabled?: boolean
  /** Indexer acknowledgement: requests need a channel and get ack ids. */
  readonly useAck?: boolean
  /** Allowed indexes; any unless told. */
  readonly indexes?: readonly string[]
  /** `allowQueryStringAuth`; off unless told. */
  readonly queryString?: boolean
}

/** The token of a receiver that is given none. */
export const defaultHecToken: HecToken = { token: '9a1f5a3e-2f8e-4a53-9c61-2f6f0b7d1c55' }
