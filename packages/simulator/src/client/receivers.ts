import { ControlClient } from './control.ts'
import { startProcess } from './process.ts'
import type { ReceiverFault } from '../receivers/receiver-fault.ts'
import type { ReceivedEvent } from '../receivers/recorder.ts'
import type { ReceiversAddress } from '../receivers/receivers.ts'
import type { ReceiversSpec } from '../receivers/spec.ts'
import type { StartOptions } from './process.ts'

/** Receivers in a process of their own. */
export interface Receivers {
  readonly address: ReceiversAddress
  readonly pid: number
  port(receiver: string): number
  /** Events received, of one receiver or of all; `after` skips those up to this number. */
  received(receiver?: string, after?: number): Promise<ReceivedEvent[]>
  stats(): Promise<Record<string, { readonly received: number; readonly acknowledged: number; readonly bytes: number }>>
  /** Switches a fault on, for `count` uses or until it is taken away with `undefined`. */
  setFault(receiver: string, fault: ReceiverFault | undefined, count?: number): Promise<void>
  /** Refuses connections from now on. */
  close(receiver: string): Promise<void>
  /** Listens again, on the same port. */
  open(receiver: string): Promise<void>
  restart(receiver: string, downMs?: number): Promise<void>
  changeCertificate(kind?: 'renewed' | 'expired' | 'other-name'): Promise<void>
  stop(): Promise<void>
}

/** Starts receivers and waits until they listen. */
export async function startReceivers(spec: ReceiversSpec, options: StartOptions = {}): Promise<Receivers> {
  const { address, pid, stop } = await startProcess<ReceiversAddress>('receivers-main', spec, options)
  const control = new ControlClient(address.controlPort)
  return {
    address,
    pid,
    stop,
    port: (receiver) => address.ports[receiver] ?? 0,
    received: (receiver, after = 0) =>
      control.lines(
        `/received?after=${after}${receiver === undefined ? '' : `&receiver=${encodeURIComponent(receiver)}`}`,
      ),
    stats: () => control.get('/stats'),
    setFault: async (receiver, fault, count) => void (await control.post('/faults', { receiver, fault, count })),
    close: async (receiver) => void (await control.post('/close', { receiver })),
    open: async (receiver) => void (await control.post('/open', { receiver })),
    restart: async (receiver, downMs = 0) => void (await control.post('/restart', { receiver, downMs })),
    changeCertificate: async (kind) => void (await control.post('/certificate', { kind })),
  }
}
