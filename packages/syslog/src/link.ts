import type { Socket } from 'node:net'
import type { Clock } from '@siembridge/core'
import { byReceiver } from './connect.ts'
import { unacknowledged } from './kernel-queue.ts'

/** How long the connection must have stood after bytes were acknowledged before they count as delivered. */
const settleMs = 1000
/**
 * The kernel looks through all of its buckets for the table of sockets, which takes milliseconds: half of the time at most goes
 * into it while something waits for the answer, and a tenth otherwise.
 */
const probeEveryMs = 1
const pauses = { urgent: 1, idle: 9 } as const
const longestPauseMs = 1000

/** One connection, and what is known of the bytes on it. All positions are bytes since it began. */
export class Link {
  /** Handed to the socket. */
  written = 0
  /** Why it broke. */
  lost: string | undefined
  /** The other side said good-bye after we did: it has read everything. */
  clean = false
  /** For how long the other side had acknowledged nothing of what it should, in milliseconds, when that was last looked at. */
  stalledMs = 0
  ending = false
  readonly socket: Socket
  private readonly clock: Clock
  private readonly changed: () => void
  private flushed = 0
  private acked = 0
  private seen = false
  private movedAt: number
  private probeAt = 0
  private readonly history: { at: number; acked: number }[] = []

  /** `changed` is called when the link broke, ended, or may be written to again. */
  constructor(socket: Socket, clock: Clock, changed: () => void) {
    this.socket = socket
    this.clock = clock
    this.changed = changed
    this.movedAt = clock.elapsed()
    if (socket.destroyed) this.lost = byReceiver
    socket.setKeepAlive(true, 30_000)
    socket.on('error', (error) => this.breakOff(error.message))
    socket.on('end', () => this.ended())
    socket.on('close', () => this.closed())
    socket.on('drain', changed)
    // A syslog receiver says nothing, but what it says must be read or its FIN is never seen.
    socket.resume()
  }

  get full(): boolean {
    return this.socket.writableNeedDrain
  }

  write(bytes: Buffer): void {
    if (this.acked >= this.written) this.movedAt = this.clock.elapsed()
    this.written += bytes.length
    this.socket.write(bytes, (error) => {
      if (!error) this.flushed += bytes.length
    })
  }

  /** Milliseconds until the link may be looked at again. */
  get probeInMs(): number {
    return Math.max(0, this.probeAt - this.clock.elapsed())
  }

  /** Finds out how much the other side's kernel has; where the system does not say, what ours took counts. */
  async probe(pause: keyof typeof pauses): Promise<void> {
    const from = this.clock.elapsed()
    const flushed = this.flushed
    const queue = await unacknowledged(this.socket)
    const at = this.clock.elapsed()
    this.probeAt = at + Math.min(longestPauseMs, Math.max(probeEveryMs, (at - from) * pauses[pause]))
    // Seen before and not any more: it broke, and the event that says so is on its way.
    if (this.lost || (queue === undefined && this.seen)) return
    this.seen ||= queue !== undefined
    this.note(at, flushed - (queue ?? 0))
  }

  private note(at: number, acked: number): void {
    if (acked > this.acked || this.acked === this.written) this.movedAt = at
    this.acked = Math.max(this.acked, acked)
    this.stalledMs = this.acked >= this.written ? 0 : at - this.movedAt
    this.history.push({ at, acked: this.acked })
    while ((this.history[1]?.at ?? Infinity) <= at - settleMs) this.history.shift()
  }

  /** Bytes that count as delivered: acknowledged with `behind` bytes more after them, or a while ago. */
  confirmed(behind: number): number {
    const oldest = this.history[0]
    const settled = oldest && oldest.at <= this.clock.elapsed() - settleMs ? oldest.acked : 0
    return Math.max(settled, this.acked - behind)
  }

  /** Says good-bye; what is written before is still sent. */
  end(): void {
    this.ending = true
    this.socket.end()
  }

  breakOff(reason: string): void {
    if (!this.clean) this.lost ??= reason
    this.socket.destroy()
    this.changed()
  }

  private ended(): void {
    if (!this.ending) this.breakOff(byReceiver)
  }

  private closed(): void {
    this.clean = this.ending && this.lost === undefined
    if (!this.clean) this.lost ??= byReceiver
    this.changed()
  }
}
