import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Delivery, eventAt, eventsIn, type Parcel, type Receipt, type TargetContext } from '@siembridge/core'
import { type Document, documentOf } from './document.ts'
import type { FolderOptions } from './options.ts'

const mostMs = 30_000
const aside = '.siembridge-'
/** Java's file filters take a name with a dot in front like any other: what is aside must not end in `.json` either. */
const asideOf = (name: string): string => `${aside}${name}.part`

type Placed = Document & { readonly at: number }

/** Writes each event as a document of its own, aside first, so that the connector never meets half of one. */
export class FolderDelivery implements Delivery {
  readonly inFlight = 1
  readonly maxBytes = 1 << 22
  readonly maxEvents = 500
  private readonly context: TargetContext<FolderOptions>
  private readonly ready = new Set<string>()
  private failing = false

  constructor(context: TargetContext<FolderOptions>) {
    this.context = context
  }

  async deliver(parcel: Parcel, signal: AbortSignal): Promise<Receipt> {
    if (signal.aborted) return { all: 'retry', reason: 'stopped' }
    const { placed, except } = place(parcel)
    try {
      const full = await this.full(placed)
      if (full !== undefined) return this.retry(full, parcel.attempt)
      await this.write(placed, parcel)
      if (this.failing) this.context.log.info(`target ${this.context.name}: delivering again`)
      this.failing = false
      return except.length === 0 ? { all: 'delivered' } : { all: 'delivered', except }
    } catch (error) {
      this.ready.clear()
      return this.retry(`cannot write below ${this.context.options.path}: ${(error as Error).message}`, parcel.attempt)
    }
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  private retry(reason: string, attempt: number): Receipt {
    if (!this.failing) this.context.log.warn(`target ${this.context.name}: ${reason}`)
    this.failing = true
    return { all: 'retry', reason, afterMs: Math.min(mostMs, 1000 * 2 ** attempt) }
  }

  /** Why the documents have to wait: the connector lags. An empty folder takes a parcel of any size. */
  private async full(placed: readonly Placed[]): Promise<string | undefined> {
    const { max_unread } = this.context.options
    for (const [type, documents] of Map.groupBy(placed, (d) => d.type)) {
      const unread = await countUnread(await this.folder(type))
      if (unread > 0 && unread + documents.length > max_unread)
        return `the connector lags: ${unread} documents of ${type} are unread (max_unread is ${max_unread})`
    }
    return undefined
  }

  private async write(placed: readonly Placed[], parcel: Parcel): Promise<void> {
    for (const [type, documents] of Map.groupBy(placed, (d) => d.type)) {
      const folder = await this.folder(type)
      for (const { name, at } of documents) await this.writeAside(join(folder, asideOf(name)), eventAt(parcel, at))
      for (const { name } of documents) await rename(join(folder, asideOf(name)), join(folder, name))
      if (this.context.options.sync) await syncFolder(folder)
    }
  }

  private async writeAside(path: string, bytes: Buffer): Promise<void> {
    const file = await open(path, 'w', this.context.options.mode)
    try {
      await writeAll(file, bytes)
      if (this.context.options.sync) await file.sync()
    } finally {
      await file.close()
    }
  }

  /** Made where there is none; what a crash left aside is removed. */
  private async folder(type: string): Promise<string> {
    const folder = join(this.context.options.path, type)
    if (this.ready.has(type)) return folder
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    for (const name of await readdir(folder)) if (name.startsWith(aside)) await rm(join(folder, name), { force: true })
    if (this.context.options.sync) await syncFolder(this.context.options.path)
    this.ready.add(type)
    return folder
  }
}

/** What is not in the flat form has no log type to go by. */
function place(parcel: Parcel): { placed: readonly Placed[]; except: NonNullable<Receipt['except']> } {
  const placed: Placed[] = []
  const except: { at: number; is: 'rejected'; reason: string }[] = []
  for (let at = 0; at < eventsIn(parcel); at++) {
    const document = documentOf(eventAt(parcel, at))
    if (document) placed.push({ ...document, at })
    else except.push({ at, is: 'rejected', reason: 'it is not in the flat form: it begins with no sb_type' })
  }
  return { placed, except }
}

export async function countUnread(folder: string): Promise<number> {
  return (await readdir(folder)).filter((name) => name.endsWith('.json') && !name.startsWith(aside)).length
}

/** A short write is what comes before "no space left". */
async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at, bytes.length - at)).bytesWritten
}

/** Windows cannot open folders, and needs not. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}
