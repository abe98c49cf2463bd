import { crc32 } from 'node:zlib'
import { type Disk, type OpenFile, writeAll } from '../disk/disk.ts'
import { KeyFilter } from './key-filter.ts'

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
const perPage = Math.floor((pageBytes - 6) / entryBytes)

/** Keys are hashes, so that all of a file's order is told by the first four bytes. */
const prefixOf = (key: string): number =>
  ((key.charCodeAt(0) << 24) | (key.charCodeAt(1) << 16) | (key.charCodeAt(2) << 8) | key.charCodeAt(3)) >>> 0

/**
 * A sorted file of keys that never changes, in pages that each have a CRC-32. In memory stand four bytes a page, and a filter that
 * spares most look-ups of keys that are not there the page; what the filter lets through is looked up, so that it is exact.
 */
export class RunFile {
  readonly name: string
  count = 0
  lastMinute = 0
  damagedPages = 0
  private readonly file: OpenFile
  private readonly firsts: Uint32Array
  private readonly filter: KeyFilter
  private readonly checked: Uint8Array
  private readonly page = Buffer.allocUnsafe(pageBytes)

  private constructor(name: string, file: OpenFile, pages: number) {
    this.name = name
    this.file = file
    this.firsts = new Uint32Array(pages)
    this.checked = new Uint8Array(pages)
    this.filter = new KeyFilter(pages * perPage)
  }

  /** `entries` rise by key, without equals. */
  static async write(disk: Disk, folder: string, name: string, entries: Iterable<KeyEntry>): Promise<RunFile> {
    const file = await disk.open(`${folder}/${name}`, true)
    try {
      await file.truncate(0)
      await writePages(file, entries)
      await file.sync()
    } finally {
      await file.close()
    }
    await disk.syncFolder(folder)
    return RunFile.open(disk, folder, name)
  }

  static async open(disk: Disk, folder: string, name: string): Promise<RunFile> {
    const file = await disk.open(`${folder}/${name}`)
    const run = new RunFile(name, file, Math.ceil((await file.size()) / pageBytes))
    for (let at = 0; at < run.firsts.length; at++) run.learn(at)
    return run
  }

  private learn(at: number): void {
    const count = this.load(at)
    if (count < 0) this.damagedPages++
    // A damaged page keeps its place in the order by what stood before it.
    this.firsts[at] = count > 0 ? this.page.readUInt32BE(4) : (this.firsts[at - 1] ?? 0)
    this.count += Math.max(0, count)
    for (let i = 0, from = 4; i < count; i++, from += entryBytes) {
      this.filter.add(this.page, from)
      const until = this.page.readUInt32LE(from + 16)
      if (until > this.lastMinute) this.lastMinute = until
    }
  }

  find(key: string): KeyEntry | undefined {
    if (!this.filter.mayHold(key)) return undefined
    const wanted = prefixOf(key)
    for (let at = this.pageBefore(wanted); at < this.firsts.length && (this.firsts[at] as number) <= wanted; at++) {
      const found = this.findIn(at, key, wanted)
      if (found) return found
    }
    return undefined
  }

  private findIn(at: number, key: string, wanted: number): KeyEntry | undefined {
    const count = this.load(at)
    let low = 0
    let high = count
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.page.readUInt32BE(4 + middle * entryBytes) < wanted) low = middle + 1
      else high = middle
    }
    for (; low < count && this.page.readUInt32BE(4 + low * entryBytes) === wanted; low++)
      if (this.page.toString('latin1', 4 + low * entryBytes, 20 + low * entryBytes) === key) return this.entry(low)
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
    for (let at = 0; at < this.firsts.length; at++) {
      const count = this.load(at)
      const page: KeyEntry[] = []
      for (let i = 0; i < count; i++) page.push(this.entry(i))
      yield* page
    }
  }

  private entry(i: number): KeyEntry {
    const at = 4 + i * entryBytes
    return {
      key: this.page.toString('latin1', at, at + 16),
      untilMinute: this.page.readUInt32LE(at + 16),
      value: this.page.toString('latin1', at + 20, at + 28),
    }
  }

  /** Reads a page; answers how many entries are in it, -1 where it is damaged. What was good once is not checked again. */
  private load(at: number): number {
    const { page } = this
    const got = this.file.readSync(page, at * pageBytes)
    const count = got < pageBytes ? perPage + 1 : page.readUInt16LE(pageBytes - 2)
    if (count > perPage) return -1
    if (this.checked[at] === 0 && crc32(page.subarray(4)) !== page.readUInt32LE(0)) return -1
    this.checked[at] = 1
    return count
  }

  close(): Promise<void> {
    return this.file.close()
  }
}

async function writePages(file: OpenFile, entries: Iterable<KeyEntry>): Promise<void> {
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
