/** What a receiver does wrong, by `kind`; the README tells which receivers know which. */
export type ReceiverFault =
  /** Takes the connection and what is sent, keeps nothing and never answers. */
  | { readonly kind: 'never-answer' }
  /** Resets the connection after so many bytes. */
  | { readonly kind: 'reset-after'; readonly bytes: number }
  /** Stops reading: the sender's window closes, no reset comes. */
  | { readonly kind: 'half-open' }
  | { readonly kind: 'slow-read'; readonly bytesPerSecond: number }
  /** Keeps the events, then cuts the connection in place of an answer. */
  | { readonly kind: 'answer-lost' }
  /** Keeps the events and answers so much later. */
  | { readonly kind: 'answer-late'; readonly ms: number }
  /** RELP: keeps nothing and answers 500 to syslog commands. */
  | { readonly kind: 'relp-refuse' }
  /** RELP: keeps the events and leaves out the response. */
  | { readonly kind: 'relp-no-response' }
  /** RELP: sends `serverclose` at the next command. */
  | { readonly kind: 'relp-server-close' }
  /** HEC: answers this code of the table and keeps nothing; HTTP: this status. */
  | { readonly kind: 'hec-code'; readonly code: number }
  | { readonly kind: 'http-status'; readonly status: number; readonly retryAfter?: string; readonly body?: string }
  /** HEC: ack ids are given out and forgotten, as by an indexer that restarts. */
  | { readonly kind: 'ack-lost' }
  /** HEC: acks stay false. */
  | { readonly kind: 'ack-never' }
  /** HEC: 200 without an ack id. */
  | { readonly kind: 'no-ack-id' }

export type ReceiverFaultKind = ReceiverFault['kind']

/** The kinds that work below the protocol. */
export const streamFaults: readonly ReceiverFaultKind[] = ['never-answer', 'reset-after', 'half-open', 'slow-read']

const kinds: readonly ReceiverFaultKind[] = [
  ...streamFaults,
  'answer-lost',
  'answer-late',
  'relp-refuse',
  'relp-no-response',
  'relp-server-close',
  'hec-code',
  'http-status',
  'ack-lost',
  'ack-never',
  'no-ack-id',
]

/** The fault that one receiver has now, for so many requests or connections, or until it is taken away. */
export class FaultSwitch {
  #fault: ReceiverFault | undefined
  #left = Number.POSITIVE_INFINITY

  get current(): ReceiverFault | undefined {
    return this.#fault
  }

  /** Switches on a fault for `count` uses; `undefined` switches off. */
  set(fault: ReceiverFault | undefined, count = Number.POSITIVE_INFINITY): void {
    if (fault && !kinds.includes(fault.kind)) throw new RangeError(`a fault needs a kind: ${kinds.join(', ')}`)
    this.#fault = fault
    this.#left = count
  }

  /** The fault if it is of one of these kinds; uses it up. */
  take<K extends ReceiverFaultKind>(...wanted: readonly K[]): Extract<ReceiverFault, { kind: K }> | undefined {
    const fault = this.#fault
    if (!fault || !wanted.includes(fault.kind as K)) return undefined
    if (--this.#left <= 0) this.#fault = undefined
    return fault as Extract<ReceiverFault, { kind: K }>
  }
}
