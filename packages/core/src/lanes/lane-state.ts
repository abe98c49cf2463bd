import { createHash } from 'node:crypto'
import type { Disk } from '../disk/disk.ts'
import { Slots } from '../disk/slots.ts'
import { type LaneEntry, type Lost, maskOf, plainEntry } from './journal-entry.ts'
import { LaneJournal, type Placed } from './journal.ts'
import type { KeyEntry } from './run-file.ts'
import { KeyTable } from './key-table.ts'
import { minuteFor, noParking, type ParkingState, readParking, readTag, type Tag, writeParking } from './parking.ts'

/** How much of a lane stays in memory, and how large its journal grows. */
export interface LaneLimits {
  /** Keys in memory before they are sorted into a file: about 100 bytes each. */
  readonly hotKeys: number
  /** Bytes after which a journal is written anew; more where it has to keep much. */
  readonly journalBytes: number
}

export const laneLimits: LaneLimits = { hotKeys: 20_000, journalBytes: 4 << 20 }

/** Settled groups between two copies of the position. */
const settlesPerSpare = 16

/** A range of a route's buffer that is gone. */
export interface Hole {
  readonly route: string
  readonly from: number
  readonly to: number
}

/** Of a group of entries, what stays in memory: where it is in the file, and where its records are in the buffers. */
interface Head extends Placed {
  readonly routes: LaneEntry['routes']
  readonly lost?: Lost | undefined
}

const headOf = (entries: readonly LaneEntry[], placed: Placed): Head => ({
  ...placed,
  routes: entries.flatMap((entry) => entry.routes),
  lost: entries.findLast((entry) => entry.lost)?.lost,
})

interface Where extends Pick<LaneEntry, 'position' | 'total'> {
  readonly parking?: ParkingState
}

interface Spare {
  readonly total: number
  readonly position: string
  readonly parking?: ReturnType<typeof writeParking>
}

function parseSpare(value: Buffer | undefined): Where | undefined {
  if (!value) return undefined
  const { total, position, parking } = JSON.parse(value.toString('utf8')) as Spare
  return { total, position: Buffer.from(position, 'base64'), ...(parking && { parking: readParking(parking) }) }
}

/** Folder of a lane: readable, and safe for every file system. */
export function laneFolder(lane: string): string {
  const hash = createHash('sha256').update(lane).digest('hex').slice(0, 12)
  return `${lane.replace(/[^A-Za-z0-9.-]+/g, '_').slice(0, 80)}-${hash}`
}

/** Whether a name is one of ours: people and file systems leave other things behind. */
export const isLaneFolder = (name: string): boolean => /-[0-9a-f]{12}$/.test(name)

/** What is kept of a lane: position, count of records, and what was seen. */
export class LaneState {
  position: Buffer | undefined
  /** Records since the lane's beginning. */
  total: number
  /** There was no journal: the lane is new, or its journal is gone. One that goes back to its beginning has one. */
  readonly unknown: boolean
  /** Records that damaged buffers lost: identity (16 bytes as latin1) to the names of the routes that still have them. */
  readonly partial = new Map<string, ReadonlySet<string>>()
  /** What routes missed while they were parked. */
  parking: ParkingState
  private readonly journal: LaneJournal
  private readonly table: KeyTable
  private heads: Head[]
  private rewriteAt: number
  private readonly limits: LaneLimits
  private readonly spare: Slots
  private sinceSpare = 0

  private constructor(
    journal: LaneJournal,
    table: KeyTable,
    heads: Head[],
    last: Where | undefined,
    parking: ParkingState,
    spare: Slots,
    limits: LaneLimits,
  ) {
    this.parking = parking
    this.limits = limits
    this.unknown = heads.length === 0
    this.rewriteAt = limits.journalBytes
    this.journal = journal
    this.spare = spare
    this.table = table
    this.heads = heads
    this.position = last && last.position.length > 0 ? last.position : undefined
    this.total = last?.total ?? 0
  }

  static async open(disk: Disk, folder: string, limits = laneLimits): Promise<OpenedLane> {
    await disk.makeFolder(folder)
    const { journal, groups, damaged } = await LaneJournal.open(disk, folder)
    const entries = groups.flatMap((group) => group.entries)
    const named = entries.findLastIndex((entry) => entry.runs)
    const { table, missing } = await KeyTable.open(
      disk,
      folder,
      limits.hotKeys,
      entries[named]?.runs,
      entries.length === 0,
    )
    const heads = groups.map((group) => headOf(group.entries, group.placed))
    const { slots, value } = await Slots.at(disk, `${folder}/position`)
    const spare = entries.length === 0 ? parseSpare(value) : undefined
    const parking = entries.findLast((entry) => entry.parking)?.parking ?? spare?.parking ?? noParking
    const state = new LaneState(journal, table, heads, entries.at(-1) ?? spare, parking, slots, limits)
    entries.forEach((entry, at) => {
      state.trackLost(entry)
      // What came before is in the files of keys.
      if (at > named) state.remember(entry)
    })
    const troubles = [
      ...(spare ? ['its journal is gone; a copy of its position is taken, which is a little older'] : []),
      ...(damaged ? ['its journal is damaged; the file was kept aside'] : []),
      ...missing.map((name) => `its file of keys ${name} is missing`),
      ...(table.damagedPages > 0 ? [`${table.damagedPages} pages of its keys are damaged`] : []),
    ]
    return { state, entries, troubles }
  }

  seen(key: string, minute: number): boolean {
    return this.table.find(key, minute) !== undefined
  }

  /** What is said of a record that was seen; undefined where it was not. */
  tagOf(key: string, minute: number): Tag | undefined {
    const found = this.table.find(key, minute)
    return found && readTag(found.value)
  }

  valueOf(key: string, minute: number): string | undefined {
    return this.entryOf(key, minute)?.value
  }

  entryOf(key: string, minute: number): KeyEntry | undefined {
    return this.table.find(key, minute)
  }

  /** Keeps entries; durable when resolved. `delivered` tells whether buffers need an old one no more. */
  async settle(entries: readonly LaneEntry[], minute: number, delivered: Delivered): Promise<void> {
    await this.append(entries)
    await this.keepSpare(entries.some((entry) => entry.parking))
    if (this.table.full) await this.freeze(minute)
    if (this.journal.size > this.rewriteAt) await this.rewrite(minute, delivered)
  }

  private async append(entries: readonly LaneEntry[]): Promise<void> {
    this.heads.push(headOf(entries, await this.journal.append(entries)))
    for (const entry of entries) {
      this.trackLost(entry)
      this.remember(entry)
      if (entry.parking) this.parking = entry.parking
    }
    const last = entries.at(-1)
    if (last) this.at(last)
  }

  /** Now and then the position is kept a second time, should the journal be lost; what is parked always. */
  private async keepSpare(now: boolean): Promise<void> {
    if (++this.sinceSpare < settlesPerSpare && !now) return
    this.sinceSpare = 0
    const { total, position, parking } = this
    const copy: Spare = { total, position: position?.toString('base64') ?? '', parking: writeParking(parking) }
    await this.spare.write(Buffer.from(JSON.stringify(copy)))
  }

  private at({ position, total }: LaneEntry): void {
    this.position = position.length > 0 ? position : undefined
    this.total = total
  }

  /** Keys go from memory to files; from then on the journal names the files. */
  private async freeze(minute: number): Promise<void> {
    const retired = await this.table.freeze(minuteFor(this.parking, minute))
    await this.append([this.plain(minute)])
    await this.table.forget(retired)
  }

  private async rewrite(minute: number, delivered: Delivered): Promise<void> {
    const kept = this.heads.filter(({ lost, routes }) =>
      lost ? lost !== 'all' && this.partial.size > 0 : routes.some((r) => r.count > 0) && !delivered(routes),
    )
    // Keys of entries that go must be in files first.
    const retired = await this.table.freeze(0)
    // Entries that said of a record that it is there again may not be kept.
    const last = [...this.stillLost(minute), this.plain(minute)]
    const placed = await this.journal.rewrite(kept, last)
    this.heads = placed.map((place, at) => ({ ...(kept[at] ?? headOf(last, place)), ...place }))
    this.rewriteAt = Math.max(this.limits.journalBytes, this.journal.size * 2)
    await this.table.forget(retired)
  }

  private stillLost(minute: number): LaneEntry[] {
    if (this.partial.size === 0) return []
    const names = [...new Set([...this.partial.values()].flatMap((has) => [...has]))]
    const records = [...this.partial].map(([id, has]) => ({ id, routes: maskOf(has, names) }))
    const routes = names.map((name) => ({ name, base: 0, count: 0 }))
    return [{ ...this.plain(minute), routes, records, lost: 'all' }]
  }

  /** All that is known without batches: where it is, its files of keys, and what is parked. */
  private plain(minute: number): LaneEntry {
    const { parking, table } = this
    return plainEntry(this.total, this.position ?? Buffer.alloc(0), minute, { runs: table.names, parking })
  }

  private remember(entry: LaneEntry): void {
    if (entry.untilMinute > 0)
      for (const { id } of entry.records) this.table.put({ key: id, untilMinute: entry.untilMinute, value: '' })
    for (const key of entry.keys) this.table.put(key)
  }

  private trackLost({ lost, records, routes }: LaneEntry): void {
    if (lost === 'all') this.partial.clear()
    for (const { id, routes: mask } of records)
      if (lost) this.partial.set(id, new Set(routes.filter((_, bit) => (mask >>> bit) & 1).map((r) => r.name)))
      else this.partial.delete(id)
  }

  /** Keeps what was lost and goes back to before it; what was seen stays. */
  lose(entry: LaneEntry): Promise<void> {
    return this.append([entry])
  }

  async close(): Promise<void> {
    await this.journal.close()
    await this.table.close()
    await this.spare.close()
  }
}

export type Delivered = (routes: LaneEntry['routes']) => boolean

export interface OpenedLane {
  readonly state: LaneState
  /** What stands in the journal, oldest first. */
  readonly entries: readonly LaneEntry[]
  readonly troubles: readonly string[]
}
