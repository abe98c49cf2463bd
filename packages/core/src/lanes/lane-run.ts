import type { Annotated, Annotator } from '../contracts/annotate.ts'
import { type Records, recordAt, recordCount } from '../contracts/records.ts'
import type { Lane, LaneSpec } from '../contracts/source.ts'
import type { ChangeCode, FrameRecord } from '../buffer/frame.ts'
import { Notifier } from '../notifier.ts'
import { contentKey, markKey, objectKey, ordinalKey, significantValue, uuidKey } from './identity.ts'
import { type LaneEntry, plainEntry } from './journal-entry.ts'
import type { LaneState } from './lane-state.ts'
import { type LaneRoute, wants } from './route.ts'

export interface LaneContext {
  readonly annotator: Annotator
  /** Routes that take this lane's records. */
  readonly routes: readonly LaneRoute[]
  readonly signal: AbortSignal
  /** Minutes since 1970 that only rise. */
  readonly minute: () => number
  /** Whether every target of a route is past a sequence, and that is kept. */
  readonly delivered: (routes: LaneEntry['routes']) => boolean
  /** A record that cannot be read: durable when resolved. */
  readonly deadLetter: (lane: string, record: Buffer, reason: string) => Promise<void>
  readonly count: (what: 'received' | 'duplicate' | 'unrouted' | 'rejected', type: string, records: number) => void
  readonly trouble: (reason: string | undefined) => void
  readonly retry: () => Promise<void>
  /** Waits as long as a lane has to be quiet before it is sealed. Rejects when the pipeline ends. */
  readonly quiet: () => Promise<void>
  /** A route's buffer is full: told once until there is room. */
  readonly full: (route: string) => void
}

/** Records under way in one lane before `emit` waits. */
const openBytes = 8 << 20
/** What a record under way takes besides its bytes. */
const perRecord = 500
const objectMinutes = 90 * 24 * 60

type Key = LaneEntry['keys'][number]

interface Open {
  readonly entry: LaneEntry
  readonly durable: Promise<unknown>
  readonly bytes: number
  readonly claims: readonly string[]
}

interface Taken {
  readonly id: string
  readonly record: Annotated
  readonly change: ChangeCode
  readonly routes: readonly LaneRoute[]
}

/**
 * A lane at work. Batches are annotated, freed of what was seen, and appended to the buffers; once that is durable they are settled
 * in order, position and seen keys in one write. A key is claimed when it comes in and counts as seen only when it is settled.
 */
export class LaneRun implements Lane {
  private readonly name: string
  private readonly spec: LaneSpec
  private readonly state: LaneState
  private readonly context: LaneContext
  private readonly claimed = new Set<string>()
  private readonly objects = new Map<string, string>()
  private open: Open[] = []
  private bytes = 0
  private total: number
  private last: Buffer
  private settling: Promise<unknown> | undefined
  private unkept: LaneEntry['routes'] = []
  private failure: unknown
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
    this.total = state.total
    this.last = state.position ?? Buffer.alloc(0)
  }

  get position(): Uint8Array | undefined {
    return this.state.position
  }

  knows(mark: string): boolean {
    const key = markKey(mark)
    return this.claimed.has(key) || this.state.seen(key, this.context.minute())
  }

  /** A new run of the source: its signal ends waiting in `emit`. */
  attach(signal: AbortSignal): void {
    this.source = AbortSignal.any([signal, this.context.signal])
  }

  async emit(records: Records, position: Uint8Array, marks: readonly string[] = []): Promise<void> {
    const { source } = this
    await this.room(source)
    for (const { name, buffer } of this.context.routes) {
      if (buffer.full) this.context.full(name)
      await buffer.room(source)
    }
    source.throwIfAborted()
    this.take(records, Buffer.from(position), marks)
    this.settleSoon()
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

  private take(records: Records, position: Buffer, marks: readonly string[]): void {
    const before = this.total
    const pending: Promise<unknown>[] = []
    const taken: Taken[] = []
    const keys: Key[] = []
    for (let at = 0; at < recordCount(records); at++) this.takeOne(recordAt(records, at), taken, keys, pending)
    const appended = this.append(taken, before)
    for (const { done } of appended) pending.push(done)
    const minute = this.context.minute()
    for (const mark of marks) keys.push({ key: markKey(mark), untilMinute: this.until(minute), value: '' })
    const claims = [...taken.map((t) => t.id), ...keys.map((k) => k.key)]
    for (const claim of claims) this.claimed.add(claim)
    const entry: LaneEntry = {
      before,
      total: this.total,
      position,
      from: this.last,
      routes: appended.map(({ route, base, count }) => ({ name: route.name, base, count })),
      records: taken.map(({ id, routes }) => ({ id, routes: bitsOf(routes, appended) })),
      keys,
      minute,
      untilMinute: this.spec.windowMs > 0 ? this.until(minute) : 0,
    }
    this.last = position
    const bytes = records.bytes.length + recordCount(records) * perRecord
    this.bytes += bytes
    const durable = Promise.all(pending)
    // Batches behind one that is given up are never waited for.
    durable.catch(() => undefined)
    this.open.push({ entry, durable, bytes, claims })
  }

  private until(minute: number): number {
    return minute + Math.ceil(this.spec.windowMs / 60_000) + 1
  }

  private takeOne(bytes: Buffer, taken: Taken[], keys: Key[], pending: Promise<unknown>[]): void {
    const { annotator, count } = this.context
    const ordinal = this.total++
    const record = annotator.annotate(bytes, this.spec.tenant)
    if ('rejected' in record) return this.reject(record.bytes, record.rejected, ordinal, keys, pending)
    count('received', record.type, 1)
    const id = this.identity(record, bytes, ordinal)
    const missing = this.missing(id)
    if (missing?.size === 0) return count('duplicate', record.type, 1)
    const change = this.changeOf(record, keys)
    const routes = this.context.routes.filter(
      // What a route lost it gets whatever changed since.
      (r) => (record.routes >>> r.bit) & 1 && (missing ? missing.has(r.name) : wants(r.updates, change)),
    )
    if (routes.length === 0) count(missing ? 'duplicate' : 'unrouted', record.type, 1)
    this.claimed.add(id)
    taken.push({ id, record, change, routes })
  }

  /** What cannot be read is kept as a dead letter, once. */
  private reject(bytes: Buffer, reason: string, ordinal: number, keys: Key[], pending: Promise<unknown>[]): void {
    const id = this.spec.windowMs === 0 ? ordinalKey(ordinal) : contentKey('unreadable', bytes)
    const minute = this.context.minute()
    if (this.claimed.has(id) || (this.spec.windowMs > 0 && this.state.seen(id, minute))) return
    this.context.count('rejected', 'unknown', 1)
    if (this.spec.windowMs > 0) {
      keys.push({ key: id, untilMinute: this.until(minute), value: '' })
      this.claimed.add(id)
    }
    pending.push(this.context.deadLetter(this.name, Buffer.from(bytes), reason))
  }

  private identity(record: Annotated, bytes: Buffer, ordinal: number): string {
    if (this.spec.windowMs === 0) return ordinalKey(ordinal)
    return record.unique ? uuidKey(record.key) : contentKey(record.key, bytes)
  }

  /** Names of the routes that miss a record: undefined means it is new, none means all have it. */
  private missing(id: string): ReadonlySet<string> | undefined {
    if (this.claimed.has(id)) return none
    const has = this.state.partial.get(id)
    if (has) return new Set(this.context.routes.map((r) => r.name).filter((name) => !has.has(name)))
    return this.spec.windowMs > 0 && this.state.seen(id, this.context.minute()) ? none : undefined
  }

  private changeOf(record: Annotated, keys: Key[]): ChangeCode {
    if (!record.object) return 0
    const key = objectKey(record.object.id)
    const value = significantValue(record.object.significant)
    const minute = this.context.minute()
    const before = this.objects.get(key) ?? this.state.valueOf(key, minute)
    this.objects.set(key, value)
    keys.push({ key, untilMinute: minute + objectMinutes, value })
    return before === undefined ? 1 : before === value ? 3 : 2
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
      for (const claim of one.claims) this.claimed.delete(claim)
    }
    for (const { key, value } of entries.flatMap((e) => e.keys))
      if (this.objects.get(key) === value) this.objects.delete(key)
    this.commit(entries)
    this.changes.notify()
  }

  /** A lane that is quiet must not hold segments of its buffers: its last batch gets an entry behind it. */
  private async sealSoon(): Promise<void> {
    const { total, context } = this
    do {
      await context.quiet().catch(() => undefined)
      if (this.total !== total || this.settling || this.sealing || context.signal.aborted) return
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
    this.release([...this.unkept, ...entries.slice(0, -1).flatMap((e) => e.routes)])
    this.unkept = last.routes
  }

  private release(routes: LaneEntry['routes']): void {
    for (const { name, base } of routes) this.context.routes.find((r) => r.name === name)?.buffer.settled(base)
  }
}

interface Appended {
  readonly route: LaneRoute
  readonly base: number
  readonly count: number
  readonly done: Promise<void>
}

const none: ReadonlySet<string> = new Set()

const frameRecord = ({ id, record, change }: Taken): FrameRecord => ({
  id: Buffer.from(id, 'latin1'),
  type: record.type,
  timeMs: record.events[0]?.timeMs ?? Number.NaN,
  change,
  bytes: record.bytes,
})

const bitsOf = (routes: readonly LaneRoute[], appended: readonly Appended[]): number =>
  appended.reduce((mask, { route }, at) => (routes.includes(route) ? mask | (1 << at) : mask), 0)

const pendingMark = Symbol('pending')
const isDone = async (promise: Promise<unknown>): Promise<boolean> =>
  (await Promise.race([promise, Promise.resolve(pendingMark)])) !== pendingMark
