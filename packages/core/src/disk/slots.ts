import type { Disk, OpenFile } from './disk.ts'
import { writeAll } from './disk.ts'
import { type CheckedEntry, checkedEntry, entryAt } from './checked.ts'

const magic = 0x31534253 // "SBS1"
const files = ['a', 'b'] as const

const generationOf = ({ payload }: CheckedEntry): number => payload.readUIntLE(0, 6)

/**
 * A small value that is rewritten often: two files in turn, so that the one before is whole while the next is written
 * (generation, then the value). What is damaged is told, never taken.
 */
export class Slots {
  private readonly open: [OpenFile, OpenFile]
  private generation: number
  private writing: Promise<void> = Promise.resolve()

  private constructor(open: [OpenFile, OpenFile], generation: number) {
    this.open = open
    this.generation = generation
  }

  /**
   * The newest good value. Files that are damaged are told only where no good one is left: one that was being written when
   * the power went is no damage.
   */
  static async at(disk: Disk, path: string): Promise<{ slots: Slots; value: Buffer | undefined; damaged: string[] }> {
    const found: { generation: number; value: Buffer }[] = []
    const damaged: string[] = []
    const open: OpenFile[] = []
    for (const name of files) {
      const bytes = await disk.read(`${path}.${name}`)
      const entry = bytes && entryAt(bytes, magic, 0)
      if (entry) found.push({ generation: generationOf(entry), value: Buffer.from(entry.payload.subarray(6)) })
      else if (bytes && bytes.length > 0) damaged.push(`${path}.${name}`)
      open.push(await disk.open(`${path}.${name}`, true))
    }
    await disk.syncFolder(path.slice(0, path.lastIndexOf('/')))
    const best = found.toSorted((x, y) => y.generation - x.generation)[0]
    const slots = new Slots(open as [OpenFile, OpenFile], best?.generation ?? 0)
    // What was read may stand in the cache alone, if a sync failed before (fsync(2)).
    if (best) await slots.write(best.value)
    return { slots, value: best?.value, damaged: damaged.length === files.length ? damaged : [] }
  }

  /** The newest good value, without taking the files over. */
  static async peek(disk: Disk, path: string): Promise<Buffer | undefined> {
    let newest: CheckedEntry | undefined
    for (const name of files) {
      const bytes = await disk.read(`${path}.${name}`)
      const entry = bytes && entryAt(bytes, magic, 0)
      if (entry && !(newest && generationOf(newest) > generationOf(entry))) newest = entry
    }
    return newest?.payload.subarray(6)
  }

  /** Durable when resolved. Calls are carried out one after the other. */
  write(value: Buffer): Promise<void> {
    const turn = this.writing.then(() => this.writeNow(value))
    this.writing = turn.catch(() => undefined)
    return turn
  }

  private async writeNow(value: Buffer): Promise<void> {
    const generation = this.generation + 1
    const payload = Buffer.allocUnsafe(6 + value.length)
    payload.writeUIntLE(generation, 0, 6)
    value.copy(payload, 6)
    const file = this.open[generation % 2] as OpenFile
    await writeAll(file, checkedEntry(magic, payload), 0)
    await file.sync()
    this.generation = generation
  }

  async close(): Promise<void> {
    await this.writing
    for (const file of this.open) await file.close()
  }
}
