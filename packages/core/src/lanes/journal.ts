import { type CheckedEntry, checkedEntry, readEntries } from '../disk/checked.ts'
import { type Disk, type OpenFile, replaceFile, writeAll } from '../disk/disk.ts'
import { type LaneEntry, readLaneEntry, writeLaneEntry } from './journal-entry.ts'

const magic = 0x314a4253 // "SBJ1"
const fileName = 'journal'

/** Where a group of entries stands in the file. */
export interface Placed {
  readonly at: number
  readonly end: number
}

export interface OpenedJournal {
  readonly journal: LaneJournal
  readonly groups: readonly { readonly entries: readonly LaneEntry[]; readonly placed: Placed }[]
  /** Damage in the middle, or all of it: what it held is lost, what follows is good. A torn end is not damage. */
  readonly damaged: boolean
}

/** A file of what a lane settled, entry after entry: the position in the last one is the lane's. */
export class LaneJournal {
  private readonly disk: Disk
  private readonly folder: string
  private file: OpenFile | undefined
  private length: number

  private constructor(disk: Disk, folder: string, length: number) {
    this.disk = disk
    this.folder = folder
    this.length = length
  }

  static async open(disk: Disk, folder: string): Promise<OpenedJournal> {
    const bytes = (await disk.read(`${folder}/${fileName}`)) ?? Buffer.alloc(0)
    const { entries, damages } = readEntries(bytes, magic, 0)
    const damaged = damages.some((d) => d.to !== undefined) || (entries.length === 0 && isForeign(bytes))
    if (damaged) await setAside(disk, folder, bytes)
    // What was read may stand in the cache alone, if a sync failed before (fsync(2)); damage goes with the same stroke.
    const good = Buffer.concat(entries.map((entry) => bytes.subarray(entry.at, entry.end)))
    if (bytes.length > 0) await replaceFile(disk, folder, fileName, good)
    const journal = new LaneJournal(disk, folder, good.length)
    return { journal, groups: placedAnew(entries), damaged }
  }

  get size(): number {
    return this.length
  }

  /**
   * Durable when resolved, all or nothing: a group is one checked entry of the file. After an error nothing is known of the
   * file's end, and the next append writes over it.
   */
  async append(entries: readonly LaneEntry[]): Promise<Placed> {
    const block = checkedEntry(magic, groupOf(entries))
    const file = (this.file ??= await this.openFile())
    try {
      await writeAll(file, block, this.length)
      await file.sync()
    } catch (error) {
      await this.closeFile()
      throw error
    }
    return { at: this.length, end: (this.length += block.length) }
  }

  /** Begins anew with some of its own groups, copied as they stand, and with one more behind them. */
  async rewrite(kept: readonly Placed[], last: readonly LaneEntry[]): Promise<Placed[]> {
    const bytes = (await this.disk.read(`${this.folder}/${fileName}`)) ?? Buffer.alloc(0)
    const blocks = [...kept.map(({ at, end }) => bytes.subarray(at, end)), checkedEntry(magic, groupOf(last))]
    await this.closeFile()
    await this.replace(Buffer.concat(blocks))
    this.length = 0
    return blocks.map((block) => ({ at: this.length, end: (this.length += block.length) }))
  }

  /**
   * An error can come after the new file has taken the old one's name: then it counts, and the next append makes the name durable
   * before it writes (`openFile`).
   */
  private async replace(bytes: Buffer): Promise<void> {
    try {
      await replaceFile(this.disk, this.folder, fileName, bytes)
    } catch (error) {
      const there = await this.disk.read(`${this.folder}/${fileName}`)
      if (!there?.equals(bytes)) throw error
    }
  }

  private async openFile(): Promise<OpenFile> {
    const file = await this.disk.open(`${this.folder}/${fileName}`, true)
    await file.truncate(this.length)
    await this.disk.syncFolder(this.folder)
    return file
  }

  private async closeFile(): Promise<void> {
    const file = this.file
    this.file = undefined
    await file?.close().catch(() => undefined)
  }

  close(): Promise<void> {
    return this.closeFile()
  }
}

/** Entries one behind the other, as the file holds them now. */
function placedAnew(entries: readonly CheckedEntry[]): OpenedJournal['groups'] {
  let end = 0
  return entries.map(({ at, end: to, payload }) => ({
    entries: [...entriesOf(payload)],
    placed: { at: end, end: (end += to - at) },
  }))
}

function groupOf(entries: readonly LaneEntry[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const bytes = writeLaneEntry(entry)
      const length = Buffer.allocUnsafe(4)
      length.writeUInt32LE(bytes.length)
      return [length, bytes]
    }),
  )
}

function* entriesOf(payload: Buffer): Generator<LaneEntry> {
  for (let at = 0; at < payload.length;) {
    const end = at + 4 + payload.readUInt32LE(at)
    yield readLaneEntry(payload.subarray(at + 4, end))
    at = end
  }
}

/** A first write that was cut off leaves its beginning, or nothing but zeros; something else was a journal once. */
const isForeign = (bytes: Buffer): boolean => bytes.length >= 4 && ![0, magic].includes(bytes.readUInt32LE(0))

/** Damaged state is never thrown away: somebody may want to know what it was. */
async function setAside(disk: Disk, folder: string, bytes: Buffer): Promise<void> {
  const taken = (await disk.list(folder)).filter((name) => name.startsWith('journal.damaged-')).length
  await replaceFile(disk, folder, `journal.damaged-${taken + 1}`, bytes)
}
