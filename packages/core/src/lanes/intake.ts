import type { ChangeCode } from '../buffer/frame.ts'
import type { Annotated, Annotator } from '../contracts/annotate.ts'
import type { LaneSpec } from '../contracts/source.ts'
import { contentKey, markKey, objectKey, ordinalKey, significantValue, uuidKey } from './identity.ts'
import type { LaneEntry } from './journal-entry.ts'
import type { LaneState } from './lane-state.ts'
import { bitsOfRoute, minuteFor, missed, openSpan, type ParkingState, type Tag, writeTag } from './parking.ts'
import { type LaneRoute, wants } from './route.ts'

const objectMinutes = 90 * 24 * 60

export type Key = LaneEntry['keys'][number]

export interface IntakeContext {
  readonly annotator: Annotator
  /** Routes that take this lane's records. */
  readonly routes: readonly LaneRoute[]
  /** Minutes since 1970 that only rise. */
  readonly minute: () => number
  /** A record that cannot be read: durable when resolved. */
  readonly deadLetter: (lane: string, record: Buffer, reason: string) => Promise<void>
  readonly count: (what: 'received' | 'duplicate' | 'unrouted' | 'rejected', type: string, records: number) => void
}

/** A record that goes on, and the routes that get it. */
export interface Taken {
  readonly id: string
  readonly record: Annotated
  readonly change: ChangeCode
  readonly routes: readonly LaneRoute[]
}

/** What was taken of a batch. */
export class Haul {
  readonly taken: Taken[] = []
  readonly keys: Key[] = []
  /** Dead letters under way. */
  readonly pending: Promise<unknown>[] = []
}

/** The span that a batch is collected again for; undefined for what a source brings by itself. */
export interface ForSpan {
  readonly route: string
  readonly slot: number
}

/**
 * What a lane knows of records, and who gets which. A key is claimed when it comes in and counts as seen only when it is settled. A
 * route that is parked gets nothing: its span is noted at the record's key, so that what comes again for the span goes to that
 * route alone.
 */
export class Intake {
  parking: ParkingState
  /** Records of the lane so far. */
  total: number
  private readonly claimed = new Set<string>()
  private readonly objects = new Map<string, string>()
  private readonly name: string
  spec: LaneSpec
  private readonly state: LaneState
  private readonly context: IntakeContext

  constructor(name: string, spec: LaneSpec, state: LaneState, context: IntakeContext) {
    this.name = name
    this.spec = spec
    this.state = state
    this.context = context
    this.parking = state.parking
    this.total = state.total
  }

  /** Minute by which keys are remembered and forgotten. */
  get minute(): number {
    return minuteFor(this.parking, this.context.minute())
  }

  /** Until when what comes now is remembered. */
  get until(): number {
    return this.minute + Math.ceil(this.spec.windowMs / 60_000) + 1
  }

  knows(mark: string, span?: ForSpan): boolean {
    const key = markKey(mark)
    if (!span && this.claimed.has(key)) return true
    const tag = this.state.tagOf(key, this.minute)
    return tag !== undefined && !(span && has(tag, span))
  }

  take(bytes: Buffer, haul: Haul, span: ForSpan | undefined): void {
    const { annotator, count } = this.context
    const ordinal = this.total++
    const record = annotator.annotate(bytes, this.spec.tenant)
    if ('rejected' in record) return this.reject(record.bytes, record.rejected, ordinal, haul)
    count('received', record.type, 1)
    const id = this.identity(record, bytes, ordinal)
    const again = this.again(id, record.routes, span)
    if (again?.routes.length === 0) return count('duplicate', record.type, 1)
    const change = again?.change ?? this.changeOf(record, haul.keys)
    const wanting =
      again?.routes ?? this.context.routes.filter((r) => (record.routes >>> r.bit) & 1 && wants(r.updates, change))
    // What came back for a route, or was found only by coming back, may lie before a span that goes on: it gets it now.
    const routes = span || again ? wanting : wanting.filter((r) => !openSpan(this.parking, r.name))
    this.note(id, again?.tag, change, wanting, routes, haul)
    if (wanting.length === 0) count('unrouted', record.type, 1)
    this.claimed.add(id)
    haul.taken.push({ id, record, change, routes })
  }

  /**
   * Marks are kept like keys. What stands behind one may have come in several batches, between which a span ended: every span
   * that is there counts as missing something of it, and what comes again without need is known by its records.
   */
  mark(marks: readonly string[], { keys }: Haul, span: ForSpan | undefined): void {
    const { minute, until } = this
    const all = this.parking.spans.reduce((mask, { slot }) => mask | (1 << slot), 0)
    for (const mark of marks) {
      const key = markKey(mark)
      const before = span && this.state.tagOf(key, minute)
      const mask = ((before ? before.mask : all) & ~(span ? 1 << span.slot : 0)) >>> 0
      keys.push({ key, untilMinute: until, value: writeTag({ mask, change: 0 }) })
    }
  }

  claim(claims: readonly string[]): void {
    for (const claim of claims) this.claimed.add(claim)
  }

  /** What was claimed is settled: the state knows it. */
  settled(claims: readonly string[], keys: readonly Key[]): void {
    for (const claim of claims) this.claimed.delete(claim)
    for (const { key, value } of keys) if (this.objects.get(key) === value) this.objects.delete(key)
  }

  /** What cannot be read is kept as a dead letter, once. */
  private reject(bytes: Buffer, reason: string, ordinal: number, { keys, pending }: Haul): void {
    const id = this.spec.windowMs === 0 ? ordinalKey(ordinal) : contentKey('unreadable', bytes)
    if (this.claimed.has(id) || (this.spec.windowMs > 0 && this.state.seen(id, this.minute))) return
    this.context.count('rejected', 'unknown', 1)
    if (this.spec.windowMs > 0) {
      keys.push({ key: id, untilMinute: this.until, value: '' })
      this.claimed.add(id)
    }
    pending.push(this.context.deadLetter(this.name, Buffer.from(bytes), reason))
  }

  private identity(record: Annotated, bytes: Buffer, ordinal: number): string {
    if (this.spec.windowMs === 0) return ordinalKey(ordinal)
    return record.unique ? uuidKey(record.key) : contentKey(record.key, bytes)
  }

  /** Of a record that came before: the routes that get it, which is none where all have it. Undefined for a new one. */
  private again(
    id: string,
    bits: number,
    span: ForSpan | undefined,
  ): { readonly routes: readonly LaneRoute[]; readonly tag: Tag; readonly change: ChangeCode | undefined } | undefined {
    const held = this.state.partial.get(id)
    const tag = this.spec.windowMs > 0 ? this.state.tagOf(id, this.minute) : undefined
    if (!held && !tag && !this.claimed.has(id)) return undefined
    const known = tag ?? { mask: 0, change: 0 }
    const missing = this.claimed.has(id)
      ? []
      : this.context.routes.filter(
          ({ name, bit }) =>
            (bits >>> bit) & 1 && ((held && !held.has(name)) || (span?.route === name && has(known, span))),
        )
    return { routes: missing, tag: known, change: known.mask === 0 ? undefined : known.change }
  }

  /** Which spans miss a record, after this batch. */
  private note(
    id: string,
    tag: Tag | undefined,
    change: ChangeCode,
    wanting: readonly LaneRoute[],
    routes: readonly LaneRoute[],
    { keys }: Haul,
  ): void {
    const before = tag?.mask ?? 0
    const got = routes.reduce((mask, { name }) => mask | bitsOfRoute(this.parking, name), 0)
    const misses = wanting.reduce(
      (mask, r) => mask | (routes.includes(r) ? 0 : bitOf(openSpan(this.parking, r.name))),
      0,
    )
    const mask = ((before & ~got) | misses) >>> 0
    if (mask !== 0) keys.push({ key: id, untilMinute: this.until, value: writeTag({ mask, change }) })
    if (mask === before) return
    this.parking = missed(missed(this.parking, mask & ~before, 1), before & ~mask, -1)
  }

  private changeOf(record: Annotated, keys: Key[]): ChangeCode {
    if (!record.object) return 0
    const key = objectKey(record.object.id)
    const value = significantValue(record.object.significant)
    const before = this.objects.get(key) ?? this.state.valueOf(key, this.minute)
    this.objects.set(key, value)
    keys.push({ key, untilMinute: this.minute + objectMinutes, value })
    return before === undefined ? 1 : before === value ? 3 : 2
  }
}

const has = ({ mask }: Tag, { slot }: ForSpan): boolean => ((mask >>> slot) & 1) === 1

const bitOf = (span: { readonly slot: number } | undefined): number => (span ? 1 << span.slot : 0)
