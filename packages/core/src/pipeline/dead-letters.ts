import { isUtf8 } from 'node:buffer'
import type { Clock } from '../clock.ts'
import { type Disk, type OpenFile, writeAll } from '../disk/disk.ts'

/** What could not be read or delivered, and why. One JSON object a line. */
export interface DeadLetter {
  /** Milliseconds since 1970. */
  readonly at: number
  /** `lane` where a record could not be read, `target` where a receiver refused an event. */
  readonly from: 'lane' | 'target'
  readonly name: string
  readonly reason: string
  /** The record or event as text, or in base64 where it is not UTF-8. */
  readonly text?: string
  readonly base64?: string
}

interface Pending {
  readonly line: string
  resolve(): void
}

export interface DeadLetterOptions {
  readonly disk: Disk
  readonly folder: string
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Bytes after which a new file begins. */
  readonly fileBytes: number
  /** Milliseconds after which a file is deleted; a file's age is that of its name. */
  readonly keepMs: number
  readonly trouble: (reason: string | undefined) => void
}

/** Letters that cannot be delivered, on disk before anybody moves on. */
export class DeadLetters {
  private readonly options: DeadLetterOptions
  private queue: Pending[] = []
  private writing: Promise<void> | undefined
  private file: OpenFile | undefined
  private length = 0
  written = 0

  constructor(options: DeadLetterOptions) {
    this.options = options
  }

  /** Durable when resolved. Never rejects: what cannot be written is tried until it can, or until the end. */
  add(from: DeadLetter['from'], name: string, body: Buffer, reason: string): Promise<void> {
    const content = isUtf8(body) ? { text: body.toString('utf8') } : { base64: body.toString('base64') }
    const letter: DeadLetter = { at: this.options.clock.now(), from, name, reason, ...content }
    this.written++
    return new Promise((resolve) => {
      this.queue.push({ line: `${JSON.stringify(letter)}\n`, resolve })
      this.wake()
    })
  }

  private wake(): void {
    this.writing ??= this.drain().finally(() => {
      this.writing = undefined
      // What came while the last group was being answered.
      if (this.queue.length > 0 && !this.options.signal.aborted) this.wake()
    })
  }

  private async drain(): Promise<void> {
    await Promise.resolve()
    while (this.queue.length > 0) {
      const group = this.queue.slice(0, 1000)
      try {
        await this.write(Buffer.from(group.map((one) => one.line).join('')))
        this.queue.splice(0, group.length)
        for (const one of group) one.resolve()
        this.options.trouble(undefined)
      } catch (error) {
        this.options.trouble((error as Error).message)
        await this.closeFile()
        await this.options.clock.sleep(1000, this.options.signal).catch(() => undefined)
        if (this.options.signal.aborted) return
      }
    }
  }

  private async write(bytes: Buffer): Promise<void> {
    const { disk, folder, clock, fileBytes } = this.options
    if (this.file && this.length >= fileBytes) await this.closeFile()
    if (!this.file) {
      await disk.makeFolder(folder)
      await this.purge(clock.now() - this.options.keepMs)
      this.file = await disk.open(`${folder}/${clock.now().toString().padStart(14, '0')}.ndjson`, true)
      this.length = await this.file.size()
      await disk.syncFolder(folder)
    }
    await writeAll(this.file, bytes, this.length)
    await this.file.sync()
    this.length += bytes.length
  }

  /** Deletes files that were begun before a time, except the one that is written. Answers how many. */
  async purge(beforeMs: number): Promise<number> {
    const { disk, folder } = this.options
    const old = (await lettersIn(disk, folder))
      .slice(0, this.file ? -1 : undefined)
      .filter((n) => parseInt(n, 10) < beforeMs)
    for (const name of old) await disk.remove(`${folder}/${name}`)
    return old.length
  }

  private async closeFile(): Promise<void> {
    await this.file?.close().catch(() => undefined)
    this.file = undefined
  }

  async close(): Promise<void> {
    await this.writing
    await this.closeFile()
  }
}

const lettersIn = async (disk: Disk, folder: string): Promise<string[]> =>
  (await disk.list(folder)).filter((name) => name.endsWith('.ndjson'))

/** All letters of a folder, oldest first; a line that was cut off by a power cut is passed over. */
export async function* readDeadLetters(disk: Disk, folder: string): AsyncGenerator<DeadLetter> {
  for (const name of await lettersIn(disk, folder))
    for (const line of ((await disk.read(`${folder}/${name}`)) ?? '').toString('utf8').split('\n')) {
      const letter = parseLetter(line)
      if (letter) yield letter
    }
}

function parseLetter(line: string): DeadLetter | undefined {
  try {
    return line === '' ? undefined : (JSON.parse(line) as DeadLetter)
  } catch {
    return undefined
  }
}
