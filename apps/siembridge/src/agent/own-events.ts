import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { type Clock, type Lane, type OwnEvent, recordsOf } from '@siembridge/core'

/** Source and stream of the lane that own events come by. */
export const ownSource = 'siembridge'
export const ownStream = 'own'

/** Events that wait for the pipeline; beyond that the oldest heartbeats go first, then the oldest of all. */
const mostWaiting = 10_000

/** An own event, or the marked one that `send-test` makes. */
export type Told = Omit<OwnEvent, 'action'> & { readonly action: OwnEvent['action'] | 'test' }

/** An own event as a record of the log type `siembridge.event`. */
export function ownRecord({ action, severity, message, details }: Told, nowMs: number, version: string): Buffer {
  const time = new Date(nowMs).toISOString()
  const event = {
    id: randomUUID(),
    time,
    action,
    severity,
    message,
    host: hostname(),
    version,
    ...(details && { details }),
  }
  return Buffer.from(JSON.stringify({ siembridge: event }))
}

/** Own events on their way into the pipeline: taken at any time, handed over in order while a lane is there. */
export class OwnEvents {
  private readonly waiting: { readonly record: Buffer; readonly heartbeat: boolean }[] = []
  private readonly clock: Clock
  private readonly version: string
  private lane: Lane | undefined
  private draining: Promise<void> | undefined
  private told = 0
  lost = 0

  constructor(clock: Clock, version: string) {
    this.clock = clock
    this.version = version
  }

  tell(event: Told): void {
    if (this.waiting.length >= mostWaiting) this.makeRoom()
    const record = ownRecord(event, this.clock.now(), this.version)
    this.waiting.push({ record, heartbeat: event.action === 'heartbeat' })
    this.drainSoon()
  }

  private makeRoom(): void {
    const heartbeat = this.waiting.findIndex((one) => one.heartbeat)
    this.waiting.splice(Math.max(0, heartbeat), 1)
    this.lost++
  }

  /** From here on events go into this lane. */
  attach(lane: Lane): void {
    this.lane = lane
    this.drainSoon()
  }

  /** What waits is handed over and kept, or stays where the pipeline ends first. */
  async detach(): Promise<void> {
    await this.draining
    const { lane } = this
    this.lane = undefined
    await lane?.settled().catch(() => undefined)
  }

  private drainSoon(): void {
    if (this.lane) this.draining ??= this.drain(this.lane).finally(() => (this.draining = undefined))
  }

  private async drain(lane: Lane): Promise<void> {
    while (this.waiting.length > 0 && lane === this.lane) {
      const batch = this.waiting.slice(0, 100)
      this.told += batch.length
      try {
        await lane.emit(recordsOf(batch.map(({ record }) => record)), Buffer.from(String(this.told)))
      } catch {
        // The pipeline ends: what waits goes into the next one.
        return
      }
      this.waiting.splice(0, batch.length)
    }
  }
}
