import type { KeyPair } from '../net/certificates.ts'
import type { FaultSwitch } from './receiver-fault.ts'
import type { Recorder } from './recorder.ts'

/** A running receiver. Closing refuses new connections and resets the open ones; the port stays the same. */
export interface Receiver {
  readonly name: string
  readonly kind: string
  readonly port: number
  readonly faults: FaultSwitch
  open(): Promise<void>
  close(): Promise<void>
}

/** What a receiver is made with; `keys` is asked for every connection, so that the certificate can change. */
export interface ReceiverContext {
  readonly name: string
  readonly recorder: Recorder
  readonly faults: FaultSwitch
  readonly keys: () => KeyPair
  readonly authority: string
}
