import { type FileHandle, stat } from 'node:fs/promises'
import type { Delivery, Parcel, Receipt, TargetContext } from '@siembridge/core'
import { openForAppend, writeAll } from './append.ts'
import { rotate, tidy } from './rotate.ts'
import type { FileTargetOptions } from './target-options.ts'

const mostMs = 10_000
const dayOf = (ms: number): number => Math.floor(ms / 86_400_000)

/** Appends to a file that others may rename or truncate meanwhile, as logrotate does. */
export class FileDelivery implements Delivery {
  readonly inFlight = 1
  readonly maxBytes = 1 << 20
  readonly maxEvents = 65_536
  private readonly context: TargetContext<FileTargetOptions>
  private file: FileHandle | undefined
  private day = 0
  private tidying: Promise<void> = Promise.resolve()
  private failing = false

  constructor(context: TargetContext<FileTargetOptions>) {
    this.context = context
  }

  async deliver(parcel: Parcel, signal: AbortSignal): Promise<Receipt> {
    if (signal.aborted) return { all: 'retry', reason: 'stopped' }
    const { log, name } = this.context
    try {
      await this.append(await this.ready(parcel.body.length), parcel.body)
      if (this.failing) log.info(`target ${name}: delivering again`)
      this.failing = false
      return { all: 'delivered' }
    } catch (error) {
      await this.release()
      const reason = `cannot write ${this.context.options.path}: ${(error as Error).message}`
      if (!this.failing) log.warn(`target ${name}: ${reason}`)
      this.failing = true
      return { all: 'retry', reason, afterMs: Math.min(mostMs, 1000 * 2 ** parcel.attempt) }
    }
  }

  async close(): Promise<void> {
    await this.release()
    await this.tidying
  }

  /** The file that the path leads to, rotated where it is time. */
  private async ready(bytes: number): Promise<FileHandle> {
    const { path, mode } = this.context.options
    if (this.file && !(await this.isAtPath(this.file))) await this.release()
    this.file ??= await this.opened(path, mode)
    if (!(await this.isDue(this.file, bytes))) return this.file
    await this.release()
    await rotate(path, this.context.clock.now())
    this.tidy()
    return (this.file = await this.opened(path, mode))
  }

  private async opened(path: string, mode: number): Promise<FileHandle> {
    const file = await openForAppend(path, mode)
    const { size, mtimeMs } = await file.stat()
    this.day = dayOf(size > 0 ? mtimeMs : this.context.clock.now())
    if (size === 0) this.tidy()
    return file
  }

  /** Whether the path still leads to the open file: logrotate renames. */
  private async isAtPath(file: FileHandle): Promise<boolean> {
    const [ours, there] = await Promise.all([file.stat(), stat(this.context.options.path).catch(() => undefined)])
    return there !== undefined && ours.ino === there.ino && ours.dev === there.dev
  }

  private async isDue(file: FileHandle, bytes: number): Promise<boolean> {
    const { rotate_size, rotate_daily } = this.context.options
    const { size } = await file.stat()
    if (size === 0) return false
    const today = dayOf(this.context.clock.now())
    return (rotate_daily && today !== this.day) || (rotate_size !== undefined && size + bytes > rotate_size)
  }

  /** All or nothing: what a failed write left is taken back. */
  private async append(file: FileHandle, bytes: Buffer): Promise<void> {
    const { size } = await file.stat()
    try {
      await writeAll(file, bytes)
      if (this.context.options.sync) await file.datasync()
    } catch (error) {
      await file.truncate(size).catch(() => undefined)
      throw error
    }
    this.day = dayOf(this.context.clock.now())
  }

  private tidy(): void {
    const { options, clock, log, name } = this.context
    this.tidying = this.tidying
      .then(() => tidy(options.path, options, clock.now()))
      .catch((error: Error) => void log.warn(`target ${name}: rotated files: ${error.message}`))
  }

  private async release(): Promise<void> {
    const file = this.file
    this.file = undefined
    await file?.close().catch(() => undefined)
  }
}
