import { createHash, randomUUID } from 'node:crypto'
import type { Disk, OpenFile } from './disk.ts'
import { FileContent } from './file-content.ts'

export interface StoredDocument {
  readonly key: string
  readonly value: string
}

/** A store that writes each document as a whole or not at all, and promises nothing of several. */
export interface DocumentStore {
  /** Everything that is there. */
  load(): Promise<readonly StoredDocument[]>
  save(documents: readonly StoredDocument[]): Promise<void>
  /** No error for what is gone already. */
  remove(keys: readonly string[]): Promise<void>
}

interface NameEntry {
  readonly path: string
  readonly id: string
  /** Name that it had before: gone, though it may still be there after a crash. */
  readonly from?: string
}

const nameKey = (path: string): string => `n-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`
const chunkKey = (id: string, at: number): string => `c-${id}-${at}`

/**
 * Files as documents: one with the name, which says the content's id, and one for each chunk of the content. Contents are never
 * shared or changed by name, so that a file is replaced in the moment in which one document, its name, is written. All of it is
 * in memory; `sync` stores what has changed. Calls to the store are carried out one after the other.
 */
export class DocumentDisk implements Disk {
  private readonly store: DocumentStore
  private readonly files = new Map<string, FileContent>()
  /** Keys of documents that nobody needs; names stand before the contents that they lead to. */
  private readonly garbage = new Set<string>()
  private turn: Promise<unknown> = Promise.resolve()

  private constructor(store: DocumentStore) {
    this.store = store
  }

  /** Reads everything that the store has. */
  static async load(store: DocumentStore): Promise<DocumentDisk> {
    const disk = new DocumentDisk(store)
    disk.take(await store.load())
    return disk
  }

  private take(documents: readonly StoredDocument[]): void {
    const names = documents.filter(({ key }) => key.startsWith('n-')).map(({ value }) => JSON.parse(value) as NameEntry)
    const stale = new Set(
      names.flatMap(({ from, id }) =>
        names.filter((other) => other.path === from && other.id === id).map(({ path }) => path),
      ),
    )
    const contents = new Map<string, Map<number, Buffer>>()
    for (const { key, value } of documents) {
      const [, id = '', at = ''] = /^c-(.+)-(\d+)$/.exec(key) ?? []
      if (id === '') continue
      contents.set(id, (contents.get(id) ?? new Map<number, Buffer>()).set(Number(at), Buffer.from(value, 'base64')))
    }
    for (const { path, id } of names) {
      if (stale.has(path)) this.garbage.add(nameKey(path))
      else this.files.set(path, Object.assign(new FileContent(id, path, contents.get(id)), { named: true }))
    }
    const known = new Set([...this.files.values()].map(({ id }) => id))
    for (const [id, chunks] of contents)
      if (!known.has(id)) for (const at of chunks.keys()) this.garbage.add(chunkKey(id, at))
  }

  open(path: string, create = false): Promise<OpenFile> {
    const known = this.files.get(path)
    if (!known && !create) return Promise.reject(noSuchFile(path))
    const content = known ?? new FileContent(randomUUID().slice(0, 13), path)
    this.files.set(path, content)
    return Promise.resolve(this.handle(content))
  }

  read(path: string): Promise<Buffer | undefined> {
    return Promise.resolve(this.files.get(path)?.whole())
  }

  list(path: string): Promise<string[]> {
    const below = [...this.files.keys()].filter((name) => name.startsWith(`${path}/`))
    return Promise.resolve(
      [...new Set(below.map((name) => name.slice(path.length + 1).split('/')[0] ?? ''))].toSorted(),
    )
  }

  makeFolder(): Promise<void> {
    return Promise.resolve()
  }

  /** Durable when resolved. After an error the old file counts, and is named anew before anything else of it is durable. */
  rename(from: string, to: string): Promise<void> {
    return this.inTurn(async () => {
      const content = this.files.get(from)
      if (!content) throw noSuchFile(from)
      await this.storeChunks(content)
      const old = this.files.get(to)
      if (old) old.named = false
      await this.save([nameDocument({ path: to, id: content.id, ...(content.named && { from }) })])
      this.files.delete(from)
      this.files.set(to, content)
      if (content.named) this.garbage.add(nameKey(from))
      Object.assign(content, { path: to, named: true })
      if (old) this.discard(old)
      // What is left over harms nobody, and goes the next time.
      await this.sweep().catch(() => undefined)
    })
  }

  remove(path: string): Promise<void> {
    return this.inTurn(() => {
      const content = this.files.get(path)
      this.files.delete(path)
      if (content) {
        if (content.named) this.garbage.add(nameKey(path))
        this.discard(content)
      }
      return Promise.resolve()
    })
  }

  syncFolder(): Promise<void> {
    return this.inTurn(() => this.sweep())
  }

  private discard(content: FileContent): void {
    content.path = undefined
    for (let at = 0; at < content.stored; at++) this.garbage.add(chunkKey(content.id, at))
  }

  /** Names go before contents: a name must not lead to half of one. */
  private async sweep(): Promise<void> {
    for (const isName of [true, false]) {
      const keys = [...this.garbage].filter((key) => key.startsWith('n-') === isName)
      if (keys.length === 0) continue
      await this.store.remove(keys)
      for (const key of keys) this.garbage.delete(key)
    }
  }

  private async save(documents: readonly StoredDocument[]): Promise<void> {
    for (const { key } of documents) this.garbage.delete(key)
    await this.store.save(documents)
  }

  private async sync(content: FileContent): Promise<void> {
    if (content.path === undefined) return
    await this.storeChunks(content)
    if (content.named) return
    await this.save([nameDocument({ path: content.path, id: content.id })])
    content.named = true
  }

  private async storeChunks(content: FileContent): Promise<void> {
    await this.removeBeyond(content)
    const chunks = content.takeDirty()
    if (chunks.length === 0) return
    content.stored = Math.max(content.stored, content.chunks)
    try {
      await this.save(
        chunks.map(({ at, bytes }) => ({ key: chunkKey(content.id, at), value: bytes.toString('base64') })),
      )
    } catch (error) {
      content.giveBack(chunks.map(({ at }) => at))
      throw error
    }
  }

  /** Chunks behind the end of a file that was cut off: behind what comes next they would seem to be part of it. */
  private async removeBeyond(content: FileContent): Promise<void> {
    const beyond = Array.from({ length: Math.max(0, content.stored - content.chunks) }, (_, at) =>
      chunkKey(content.id, content.chunks + at),
    )
    if (beyond.length === 0) return
    await this.store.remove(beyond)
    content.stored = content.chunks
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work)
    this.turn = done.catch(() => undefined)
    return done
  }

  private handle(content: FileContent): OpenFile {
    return {
      write: (bytes, position) => {
        content.write(bytes, position)
        return Promise.resolve(bytes.length)
      },
      sync: () => this.inTurn(() => this.sync(content)),
      read: (into, position) => Promise.resolve(content.read(into, position)),
      readSync: (into, position) => content.read(into, position),
      truncate: (length) => {
        content.truncate(length)
        return Promise.resolve()
      },
      size: () => Promise.resolve(content.size),
      close: () => Promise.resolve(),
    }
  }
}

const nameDocument = (entry: NameEntry): StoredDocument => ({ key: nameKey(entry.path), value: JSON.stringify(entry) })

const noSuchFile = (path: string): Error => Object.assign(new Error(`there is no file ${path}`), { code: 'ENOENT' })
