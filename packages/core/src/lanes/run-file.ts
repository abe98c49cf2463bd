import { crc32 } from 'node:zlib'
import { type Disk, type OpenFile, writeAll } from '../disk/disk.ts'

/** A key that is remembered: 16 bytes, until when (minutes since 1970), and 8 bytes of value. */
export interface KeyEntry {
  /** 16 bytes as latin1. */
  readonly key: string
  readonly untilMinute: number
  /** 8 bytes as latin1, or "" where there is none. */
  readonly value: string
}

const pageBytes = 4096
const entryBytes = 28
const pagesAtOnce = 64
export const perPage = Math.floor((pageBytes - 6) / entryBytes)

/** Keys are hashes, so that all of a file's order is told by the first four bytes. */
const prefixOf = (key: string): number =>
  ((key.charCodeAt(0) << 24) | (key.charCodeAt(1) << 16) | (key.charCodeAt(2) << 8) | key.charCodeAt(3)) >>> 0

/**
 * A sorted file of keys that never changes: pages of 4 KiB, each with a CRC-32. In memory stand four bytes a page; a look-up reads
 * one page.
 */
export class RunFile {
  readonly name: string
  readonly count: number
  readonly lastMinute: number
  private readonly file: OpenFile
  private readonly firsts: Uint32Array
  private readonly page = Buffer.allocUnsafe(pageBytes)
  damagedPages = 0

  private constructor(name: string, file: OpenFile, firsts: Uint32Array, count: number, lastMinute: number) {
    this.name = name
    this.file = file
    this.firsts = firsts
    this.count = count
    this.lastMinute = lastMinute
  }

  /** `entries` rise by key, without equals. */
  static async write(disk: Disk, folder: string, name: string, entries: Iterable<KeyEntry>): Promise<RunFile> {
    const file = await disk.open(`${folder}/${name}`, true)
    await file.truncate(0)
    let position = 0
    let pages: Buffer[] = []
    let page: KeyEntry[] = []
    const flush = async (): Promise<void> => {
      await writeAll(file, Buffer.concat(pages), position)
      position += pages.length * pageBytes
      pages = []
    }
    for (const entry of entries) {
      if (page.push(entry) < perPage) continue
      if (pages.push(pageOf(page)) === pagesAtOnce) await flush()
      page = []
    }
    if (page.length > 0) pages.push(pageOf(page))
    await flush()
    await file.sync()
    await file.close()
    await disk.syncFolder(folder)
    return RunFile.open(disk, folder, name)
  }

  static async open(disk: Disk, folder: string, name: string): Promise<RunFile> {
    const file = await disk.open(`${folder}/${name}`)
    const pages = Math.ceil((await file.size()) / pageBytes)
    const firsts = new Uint32Array(pages)
    const run = new RunFile(name, file, firsts, 0, 0)
    let count = 0
    let last = 0
    for (let at = 0; at < pages; at++) {
      const entries = run.read(at)
      // A damaged page keeps its place in the order by what stood before it.
      firsts[at] = entries[0] ? prefixOf(entries[0].key) : (firsts[at - 1] ?? 0)
      count += entries.length
      for (const entry of entries) if (entry.untilMinute > last) last = entry.untilMinute
    }
    const whole = new RunFile(name, file, firsts, count, last)
    whole.damagedPages = run.damagedPages
    return whole
  }

  find(key: string): KeyEntry | undefined {
    const wanted = prefixOf(key)
    for (let at = this.pageBefore(wanted); at < this.firsts.length && (this.firsts[at] as number) <= wanted; at++) {
      const found = this.read(at).find((entry) => entry.key === key)
      if (found) return found
    }
    return undefined
  }

  /** The last page that begins below a prefix: equal prefixes can begin on the page before. */
  private pageBefore(prefix: number): number {
    let low = 0
    let high = this.firsts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.firsts[middle] as number) < prefix) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }

  *entries(): Generator<KeyEntry> {
    for (let at = 0; at < this.firsts.length; at++) yield* this.read(at)
  }

  private read(at: number): KeyEntry[] {
    const { page } = this
    const got = this.file.readSync(page, at * pageBytes)
    const count = got < pageBytes ? -1 : page.readUInt16LE(pageBytes - 2)
    if (count < 0 || count > perPage || crc32(page.subarray(4)) !== page.readUInt32LE(0)) {
      this.damagedPages++
      return []
    }
    const entries: KeyEntry[] = []
    for (let i = 0, from = 4; i < count; i++, from += entryBytes)
      entries.push({
        key: page.toString('latin1', from, from + 16),
        untilMinute: page.readUInt32LE(from + 16),
        value: page.toString('latin1', from + 20, from + 28),
      })
    return entries
  }

  close(): Promise<void> {
    return this.file.close()
  }
}

const noValue = '\0'.repeat(8)

function pageOf(entries: readonly KeyEntry[]): Buffer {
  const page = Buffer.alloc(pageBytes)
  entries.forEach(({ key, untilMinute, value }, i) => {
    const at = 4 + i * entryBytes
    page.write(key, at, 16, 'latin1')
    page.writeUInt32LE(untilMinute, at + 16)
    page.write(value === '' ? noValue : value, at + 20, 8, 'latin1')
  })
  page.writeUInt16LE(entries.length, pageBytes - 2)
  page.writeUInt32LE(crc32(page.subarray(4)), 0)
  return page
}
