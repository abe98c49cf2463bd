import { Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import type { FaultSwitch, ReceiverFault } from './receiver-fault.ts'

const tickMs = 100

/**
 * Stands between a socket and its protocol and lets bytes through as the receiver's fault says. A fault that is
 * switched on works on open connections, too.
 */
export class Gate extends Duplex {
  readonly #socket: Socket
  readonly #faults: FaultSwitch
  #taken: ReceiverFault | undefined
  #count = 0
  #timer: NodeJS.Timeout | undefined

  constructor(socket: Socket, faults: FaultSwitch) {
    super({ allowHalfOpen: true })
    this.#socket = socket
    this.#faults = faults
    socket.on('readable', () => this.#pump())
    socket.once('end', () => this.push(null))
    socket.once('close', () => this.destroy())
    this.#timer = setInterval(() => this.#pump(true), tickMs)
    this.#timer.unref()
  }

  override _read(): void {
    this.#pump()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    if (this.#fault()?.kind === 'never-answer') callback()
    else this.#socket.write(chunk, callback)
  }

  override _final(callback: () => void): void {
    this.#socket.end(callback)
  }

  override _destroy(_error: Error | null, callback: () => void): void {
    clearInterval(this.#timer)
    this.#socket.destroy()
    callback()
  }

  // A connection that has met its fault keeps it until the fault is switched off.
  #fault(): ReceiverFault | undefined {
    const taken = this.#faults.take('never-answer', 'reset-after', 'half-open', 'slow-read')
    if (taken) this.#taken = taken
    else if (this.#faults.current === undefined && this.#taken?.kind !== 'reset-after') this.#taken = undefined
    return this.#taken
  }

  #pump(isTick = false): void {
    const fault = this.#socket.readableLength > 0 ? this.#fault() : undefined
    if (fault?.kind === 'half-open') return
    if (fault?.kind === 'slow-read') return isTick ? this.#some(fault.bytesPerSecond) : undefined
    const chunk = this.#socket.read() as Buffer | null
    if (chunk === null || fault?.kind === 'never-answer') return
    if (fault?.kind === 'reset-after') return this.#upTo(chunk, fault.bytes)
    this.push(chunk)
  }

  #some(bytesPerSecond: number): void {
    this.#count += (bytesPerSecond * tickMs) / 1000
    const size = Math.min(Math.floor(this.#count), this.#socket.readableLength)
    if (size < 1) return
    this.#count -= size
    const chunk = this.#socket.read(size) as Buffer | null
    if (chunk) this.push(chunk)
  }

  #upTo(chunk: Buffer, bytes: number): void {
    const left = Math.max(0, bytes - this.#count)
    this.#count += chunk.length
    if (left > 0) this.push(chunk.subarray(0, left))
    if (this.#count >= bytes) setImmediate(() => this.#socket.destroyed || this.#socket.resetAndDestroy())
  }
}
