import { noRecords, portionsOf, type Records, recordAt, recordCount } from '../contracts/records.ts'
import type { Lane, LaneSpec } from '../contracts/source.ts'
import type { FrameRecord } from '../buffer/frame.ts'
import type { RouteBuffer } from '../buffer/route-buffer.ts'
import { Notifier } from '../notifier.ts'
import { type ForSpan, Haul, Intake, type IntakeContext, type Taken } from './intake.ts'
import { type LaneEntry, plainEntry, type Replayed } from './journal-entry.ts'
import type { LaneState } from './lane-state.ts'
import {
  closed,
  ended,
  moved,
  noParking,
  openSpan,
  parked,
  type ParkedSpan,
  type ParkingState,
  spanAt,
} from './parking.ts'
import type { LaneRoute } from './route.ts'

export interface LaneContext extends IntakeContext {
  readonly signal: AbortSignal
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Whether every target of a route is past a sequence, and that is kept. */
  readonly delivered: (routes: LaneEntry['routes']) => boolean
  readonly trouble: (reason: string | undefined) => void
  readonly retry: () => Promise<void>
  /** Waits as long as a lane has to be quiet before it is sealed. Rejects when the pipeline ends. */
  readonly quiet: () => Promise<void>
  /** A route's buffer is full: told once until there is room. */
  readonly full: (route: string) => void
  /** Records that a route missed while it was parked, and that can not be had any more. */
  readonly gap: (route: string, lane: string, records: number, span: ParkedSpan) => void
}

/** Records under way in one lane before `emit` waits. */
const openBytes = 8 << 20
/** What a record under way takes besides its bytes. */
const perRecord = 500

interface Open {
  readonly entry: LaneEntry
  readonly durable: Promise<unknown>
  readonly bytes: number
  readonly claims: readonly string[]
}

/**
 * A lane at work. Batches are annotated, freed of what was seen, and appended to the buffers; once that is durable they are settled
 * in order, position and seen keys in one write. A key is claimed when it comes in and counts as seen only when it is settled.
 */
export class LaneRun implements Lane {
  private readonly name: string
  private spec: LaneSpec
  private readonly state: LaneState
  private readonly context: LaneContext
  private readonly intake: Intake
  private open: Open[] = []
  private bytes = 0
  private last: Buffer
  private settling: Promise<unknown> | undefined
  private unkept: LaneEntry['routes'] = []
  private failure: unknown
  /** What parked routes missed, as the newest batch says it. */
  private told: ParkingState
  private sealing: Promise<unknown> | undefined
  private readonly changes = new Notifier()
  /** Of the source's run: ends waiting for room. */
  private source: AbortSignal

  constructor(name: string, spec: LaneSpec, state: LaneState, context: LaneContext) {
    this.name = name
    this.spec = spec
    this.state = state
    this.context = context
    this.source = context.signal
    this.intake = new Intake(name, spec, state, context)
    // A journal that begins anew does not say what its lost one did.
    this.told = state.unknown ? noParking : state.parking
    this.last = state.position ?? Buffer.alloc(0)
    for (const span of state.parking.spans) if (!context.routes.some((r) => r.name === span.route)) this.end(span.slot)
  }

  get position(): Uint8Array | undefined {
    return this.state.position
  }

  knows(mark: string): boolean {
    return this.intake.knows(mark)
  }

  /** A new run of the source: its signal ends waiting in `emit`. */
  attach(signal: AbortSignal, spec: LaneSpec): void {
    this.spec = spec
    this.intake.spec = spec
    this.source = AbortSignal.any([signal, this.context.signal])
  }

  async emit(records: Records, position: Uint8Array, marks: readonly string[] = []): Promise<void> {
    const { source } = this
    await this.room(source)
    for (const route of this.context.routes) await this.roomIn(route, source)
    source.throwIfAborted()
    const portions = this.portionsOf(records)
    for (const portion of portions.slice(0, -1)) await this.takePortion(portion, source)
    this.take(portions.at(-1) ?? records, Buffer.from(position), marks)
    this.settleSoon()
  }

  /** What a buffer takes at once. Where records can come again without being known, they stay together: with their position. */
  private portionsOf(records: Records): readonly Records[] {
    const most = Math.min(...this.context.routes.map(({ buffer }) => buffer.batchBytes))
    return this.spec.windowMs === 0 || records.bytes.length <= most ? [records] : portionsOf(records, most)
  }

  /** Records before the position is behind them: should they be all that is settled, they are known when they come again. */
  private async takePortion(records: Records, source: AbortSignal): Promise<void> {
    this.take(records, this.last, [])
    this.settleSoon()
    await this.room(source)
    for (const route of this.context.routes) await this.roomIn(route, source)
    source.throwIfAborted()
  }

  /** Waits until a route has room. One that is to be parked waits for nothing: its records are collected again later. */
  private async roomIn(route: LaneRoute, source: AbortSignal): Promise<void> {
    const { name, buffer } = route
    const { reserveBytes = 0 } = this.spec
    if (openSpan(this.intake.parking, name) && !buffer.roomy) return
    this.unpark(name)
    if (!buffer.full) return
    this.context.full(name)
    if (!this.park(route)) await buffer.room(source, reserveBytes)
  }

  /** False where it cannot be parked: the source could not find the records again, or the lane would not know them. */
  private park({ name: route, onFull }: LaneRoute): boolean {
    const { context, intake, spec, last } = this
    if (onFull !== 'park' || !spec.foundFromMs || spec.windowMs === 0) return false
    const fromMs = spec.foundFromMs(last.length > 0 ? last : undefined)
    const next = parked(intake.parking, { route, fromMs }, context.minute())
    if (next) intake.parking = next
    return next !== undefined
  }

  private unpark(route: string): void {
    const span = openSpan(this.intake.parking, route)
    if (span) this.intake.parking = closed(this.intake.parking, span.slot, this.context.now())
  }

  /** Spans that routes missed; those of routes that have room again can be collected again (`replay`). */
  parkedSpans(): readonly ParkedSpan[] {
    for (const { name, buffer } of this.context.routes) if (buffer.roomy) this.unpark(name)
    return this.intake.parking.spans
  }

  /**
   * The way by which a span is collected again, beside what the lane collects: its position is the span's own, and records go to
   * the span's route alone. Resolves when everything that the route missed in it is settled. Undefined where there is no such span.
   */
  async replay(slot: number, signal: AbortSignal): Promise<Lane | undefined> {
    const at = (): ParkedSpan | undefined => spanAt(this.intake.parking, slot)
    const route = this.context.routes.find(({ name }) => name === at()?.route)
    if (!route || at()?.untilMs === undefined) return undefined
    const span: ForSpan = { route: route.name, slot }
    await this.settled()
    return {
      get position() {
        const position = at()?.position
        return position && position.length > 0 ? position : undefined
      },
      knows: (mark) => this.intake.knows(mark, span),
      emit: (records, position, marks = []) =>
        this.emitAgain(span, route, records, Buffer.from(position), marks, signal),
      settled: () => this.settled(),
    }
  }

  private async emitAgain(
    span: ForSpan,
    route: LaneRoute,
    records: Records,
    position: Buffer,
    marks: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    do {
      await this.room(signal)
      await route.buffer.ample(signal)
      signal.throwIfAborted()
      this.unpark(route.name)
    } while (!route.buffer.roomy)
    this.take(records, position, marks, span)
    this.settleSoon()
  }

  /** Ends a span: what its route still misses cannot be had any more, which is told. Resolves when that is settled. */
  async endSpan(slot: number): Promise<void> {
    this.end(slot)
    this.take(noRecords, this.last, [])
    this.settleSoon()
    await this.settled()
  }

  private end(slot: number): void {
    const { context, intake, spec } = this
    const span = spanAt(intake.parking, slot)
    if (!span) return
    intake.parking = ended(intake.parking, slot, context.minute(), Math.ceil(spec.windowMs / 60_000) + 1)
    if (span.missing > 0) context.gap(span.route, this.name, span.missing, span)
  }

  private settleSoon(): void {
    this.settling ??= this.settleAll()
  }

  private async settleAll(): Promise<void> {
    try {
      await this.settle()
    } catch (error) {
      this.failure = error
    }
    this.settling = undefined
    if (this.failure !== undefined) return
    // What came while the last batch was being answered.
    if (this.open.length > 0) this.settleSoon()
    else void this.sealSoon()
  }

  private async room(source: AbortSignal): Promise<void> {
    while (this.bytes >= openBytes && !source.aborted) await this.changes.wait(this.changes.version, source)
    source.throwIfAborted()
  }

  async settled(): Promise<void> {
    while (this.settling) await this.settling
    if (this.failure !== undefined) throw this.failure
    this.context.signal.throwIfAborted()
  }

  private take(records: Records, position: Buffer, marks: readonly string[], span?: ForSpan): void {
    const { intake, context } = this
    const before = intake.total
    const haul = new Haul()
    for (let at = 0; at < recordCount(records); at++) intake.take(recordAt(records, at), haul, span)
    intake.mark(marks, haul, span)
    const { taken, keys, pending } = haul
    const replayed = span && spanAt(intake.parking, span.slot)
    if (span) intake.parking = moved(intake.parking, span.slot, position)
    const appended = this.append(taken, before)
    for (const { done } of appended) pending.push(done)
    const claims = [...taken.map((t) => t.id), ...keys.map((k) => k.key)]
    intake.claim(claims)
    const entry: LaneEntry = {
      before,
      total: intake.total,
      position: span ? this.last : position,
      from: this.last,
      routes: appended.map(({ route, base, count }) => ({ name: route.name, base, count })),
      records: taken.map(({ id, routes }) => ({ id, routes: bitsOf(routes, appended) })),
      keys,
      minute: context.minute(),
      untilMinute: this.spec.windowMs > 0 ? intake.until : 0,
      ...this.parkingNow(),
      ...(replayed && { replay: replayOf(replayed) }),
    }
    if (!span) this.last = position
    const bytes = records.bytes.length + recordCount(records) * perRecord
    this.bytes += bytes
    const durable = Promise.all(pending)
    // Batches behind one that is given up are never waited for.
    durable.catch(() => undefined)
    this.open.push({ entry, durable, bytes, claims })
  }

  /** What is parked, where it changed since the last batch. */
  private parkingNow(): Pick<LaneEntry, 'parking'> {
    const { parking } = this.intake
    if (parking === this.told) return {}
    this.told = parking
    return { parking }
  }

  private append(taken: readonly Taken[], before: number): Appended[] {
    const appended: Appended[] = []
    for (const route of this.context.routes) {
      const records = taken.filter((t) => t.routes.includes(route)).map(frameRecord)
      if (records.length === 0) continue
      const frame = { lane: this.name, tenant: this.spec.tenant ?? '', before, position: this.last, records }
      appended.push({ route, count: records.length, ...route.buffer.append(frame) })
    }
    return appended
  }

  /** Settles as a contiguous prefix: a batch waits for those before it. */
  private async settle(): Promise<void> {
    await this.sealing
    while (this.open.length > 0) {
      const first = this.open[0] as Open
      await first.durable
      const ready = [first]
      for (const next of this.open.slice(1)) {
        if (!(await isDone(next.durable))) break
        ready.push(next)
      }
      await this.keep(ready)
    }
  }

  private async keep(ready: readonly Open[]): Promise<void> {
    const { context, state } = this
    const entries = ready.map((one) => one.entry)
    for (;;)
      try {
        await state.settle(entries, context.minute(), context.delivered)
        context.trouble(undefined)
        break
      } catch (error) {
        context.trouble((error as Error).message)
        await context.retry()
        context.signal.throwIfAborted()
      }
    this.open.splice(0, ready.length)
    for (const one of ready) {
      this.bytes -= one.bytes
      this.intake.settled(one.claims, one.entry.keys)
    }
    this.commit(entries)
    this.changes.notify()
  }

  /** A lane that is quiet must not hold segments of its buffers: its last batch gets an entry behind it. */
  private async sealSoon(): Promise<void> {
    const { context, intake } = this
    const { total } = intake
    do {
      await context.quiet().catch(() => undefined)
      if (intake.total !== total || this.settling || this.sealing || context.signal.aborted) return
      this.sealing = this.seal().catch((error: unknown) => context.trouble((error as Error).message))
      await this.sealing
      this.sealing = undefined
    } while (this.unkept.length > 0)
  }

  private async seal(): Promise<void> {
    if (this.unkept.length === 0) return
    const { context, state } = this
    await state.settle(
      [plainEntry(state.total, state.position ?? Buffer.alloc(0), context.minute())],
      context.minute(),
      context.delivered,
    )
    context.trouble(undefined)
    this.release(this.unkept)
    this.unkept = []
    for (const { buffer } of context.routes) await buffer.keep()
  }

  /**
   * Tells the buffers what they need not keep as evidence. One batch stays behind: should the journal's last entry be
   * damaged, the buffer still tells what was in it.
   */
  private commit(entries: readonly LaneEntry[]): void {
    const last = entries.at(-1) as LaneEntry
    const isEvidence = ({ name }: LaneEntry['routes'][number]): boolean => this.bufferOf(name)?.evidence === true
    this.release([
      ...this.unkept,
      ...entries.slice(0, -1).flatMap((e) => e.routes),
      ...last.routes.filter((route) => !isEvidence(route)),
    ])
    this.unkept = last.routes.filter((route) => isEvidence(route))
  }

  private release(routes: LaneEntry['routes']): void {
    for (const { name, base } of routes) this.bufferOf(name)?.settled(base)
  }

  private bufferOf(route: string): RouteBuffer | undefined {
    return this.context.routes.find(({ name }) => name === route)?.buffer
  }
}

interface Appended {
  readonly route: LaneRoute
  readonly base: number
  readonly count: number
  readonly done: Promise<void>
}

const frameRecord = ({ id, record, change }: Taken): FrameRecord => ({
  id: Buffer.from(id, 'latin1'),
  type: record.type,
  timeMs: record.events[0]?.timeMs ?? Number.NaN,
  change,
  bytes: record.bytes,
})

const bitsOf = (routes: readonly LaneRoute[], appended: readonly Appended[]): number =>
  appended.reduce((mask, { route }, at) => (routes.includes(route) ? mask | (1 << at) : mask), 0)

const replayOf = ({ route, slot, position, fromMs, untilMs = fromMs }: ParkedSpan): Replayed => ({
  route,
  slot,
  from: position,
  fromMs,
  untilMs,
})

const pendingMark = Symbol('pending')
const isDone = async (promise: Promise<unknown>): Promise<boolean> =>
  (await Promise.race([promise, Promise.resolve(pendingMark)])) !== pendingMark
