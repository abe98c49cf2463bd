import type { TargetFolder } from '@siembridge/core'
import { writeAll, type OpenFile } from '@siembridge/core/pipeline'
import { isOver } from '../states.ts'
import { type Entry, isEntry, type Ticket } from './entry.ts'
import { Ledger } from './ledger.ts'

export interface JournalOptions extends TargetFolder {
  /** Bytes after which a new file begins with a snapshot. */
  readonly fileBytes?: number
  /** Milliseconds for which files that are written full are kept. */
  readonly keepMs?: number
  /** Milliseconds after which a ticket that is over is not held in memory any more. */
  readonly forgetMs?: number
  readonly now: () => number
}

const day = 86_400_000
const defaults = { fileBytes: 64 << 20, keepMs: 90 * day, forgetMs: 30 * day }

/** Additions that are kept while a disk takes nothing: what they come to is in the ledger. */
const mostUnwritten = 1000

const filesIn = (names: readonly string[]): string[] => names.filter((name) => /^journal-\d{14}\.ndjson$/.test(name))

/**
 * Every write to another system, before it is made and after it was answered: one JSON object a line, in files that begin with a
 * snapshot of what was known. What a power cut left half written at the end is cut off: it was never promised.
 */
export class Journal {
  readonly ledger: Ledger
  private readonly options: Required<JournalOptions>
  private file: OpenFile
  private length: number
  private writing: Promise<void> = Promise.resolve()
  private broken = false
  /** What is not on the disk yet, oldest first. */
  private unwritten: Buffer[] = []

  private constructor(options: Required<JournalOptions>, ledger: Ledger, file: OpenFile, length: number) {
    this.options = options
    this.ledger = ledger
    this.file = file
    this.length = length
  }

  /** Reads the newest file, or begins the first. Throws what the file system says. */
  static async open(given: JournalOptions): Promise<Journal> {
    const options = { ...defaults, ...given }
    const { disk, path, now } = options
    await disk.makeFolder(path)
    const name = filesIn(await disk.list(path)).at(-1) ?? fileName(now())
    const bytes = (await disk.read(`${path}/${name}`)) ?? Buffer.alloc(0)
    const ledger = new Ledger()
    const end = bytes.lastIndexOf(10) + 1
    for (const entry of entriesOf(bytes.subarray(0, end))) ledger.apply(entry)
    const file = await disk.open(`${path}/${name}`, true)
    await file.truncate(end)
    await file.sync()
    await disk.syncFolder(path)
    return new Journal(options, ledger, file, end)
  }

  /** Durable when resolved; what it says is in the ledger at once. Rejects with what the file system says. */
  add(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return Promise.resolve()
    for (const entry of entries) this.ledger.apply(entry)
    const bytes = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    const turn = this.writing.then(() => this.write(bytes))
    this.writing = turn.catch(() => undefined)
    return turn
  }

  /** Writes what could not be written before. Rejects with what the file system says. */
  flush(): Promise<void> {
    const turn = this.writing.then(() => (this.unwritten.length > 0 ? this.begin() : undefined))
    this.writing = turn.catch(() => undefined)
    return turn
  }

  async close(): Promise<void> {
    await this.flush().catch(() => undefined)
    await this.file.close()
  }

  private async write(bytes: Buffer): Promise<void> {
    this.unwritten.push(bytes)
    while (this.unwritten.length > mostUnwritten) this.unwritten.shift()
    // After a failed write or sync nothing is believed of the file (fsync(2)): the next one begins with everything that is known.
    if (this.broken || this.length > this.options.fileBytes) await this.begin()
    else
      try {
        await writeAll(this.file, bytes, this.length)
        await this.file.sync()
        this.length += bytes.length
        this.unwritten = []
      } catch (error) {
        this.broken = true
        throw error
      }
  }

  /** A new file: what is not on the disk yet, for its outcomes and remarks, and a snapshot of all that is known with it. */
  private async begin(): Promise<void> {
    const { disk, path, now, keepMs, forgetMs } = this.options
    const name = fileName(now(), filesIn(await disk.list(path)).at(-1))
    this.ledger.forget(now() - forgetMs, isTicketOver)
    const lines = [...this.ledger.snapshot(now())].map(
      (entry) => `${JSON.stringify(entry)}
`,
    )
    const added = this.unwritten.length
    const bytes = Buffer.concat([...this.unwritten, Buffer.from(lines.join(''))])
    const aside = `${path}/${name}.new`
    await disk.remove(aside)
    const file = await disk.open(aside, true)
    await writeAll(file, bytes, 0)
    await file.sync()
    await disk.rename(aside, `${path}/${name}`)
    await disk.syncFolder(path)
    await this.file.close().catch(() => undefined)
    this.file = file
    this.length = bytes.length
    this.broken = false
    this.unwritten.splice(0, added)
    await this.purge(now() - keepMs)
  }

  private async purge(beforeMs: number): Promise<void> {
    const { disk, path } = this.options
    const old = filesIn(await disk.list(path)).slice(0, -1)
    for (const name of old) if (Number(name.slice(8, 22)) < beforeMs) await disk.remove(`${path}/${name}`)
  }
}

const isTicketOver = ({ canonical }: Ticket): boolean => canonical !== undefined && isOver(canonical)

/** Later than the file before, also where the clock went back. */
const fileName = (nowMs: number, before?: string): string => {
  const stamp = Math.max(nowMs, before === undefined ? 0 : Number(before.slice(8, 22)) + 1)
  return `journal-${String(stamp).padStart(14, '0')}.ndjson`
}

function* entriesOf(bytes: Buffer): Generator<Entry> {
  for (const line of bytes.toString('utf8').split('\n'))
    try {
      const entry: unknown = line === '' ? undefined : JSON.parse(line)
      if (isEntry(entry)) yield entry
    } catch {
      // A line that a failing disk damaged: what it told is read from the other side again.
    }
}

/** All entries of a folder's journals, oldest first. Of a snapshot, what stands in an older file too comes twice. */
export async function* readJournal({ disk, path }: TargetFolder): AsyncGenerator<Entry> {
  for (const name of filesIn(await disk.list(path)))
    yield* entriesOf((await disk.read(`${path}/${name}`)) ?? Buffer.alloc(0))
}
