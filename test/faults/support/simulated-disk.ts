import type { Disk, OpenFile } from '@siembridge/core/pipeline'
import type { Random } from './random.ts'

type Write = { readonly at: number; readonly bytes: Buffer } | { readonly truncate: number }

/** Content of one file: what a power cut leaves for sure, and what was written since. */
class Inode {
  durable: Buffer = Buffer.alloc(0)
  current: Buffer = Buffer.alloc(0)
  pending: Write[] = []

  apply(write: Write): void {
    this.current = applied(this.current, write)
    this.pending.push(write)
  }

  sync(): void {
    for (const write of this.pending) this.durable = applied(this.durable, write)
    this.pending = []
  }

  /** A sync that failed: the kernel may have dropped the pages, and the next sync knows nothing of them (fsync(2)). */
  drop(): void {
    this.pending = []
  }
}

function applied(content: Buffer, write: Write): Buffer {
  if ('truncate' in write) {
    const cut = Buffer.alloc(write.truncate)
    content.copy(cut, 0, 0, write.truncate)
    return cut
  }
  const size = Math.max(content.length, write.at + write.bytes.length)
  const next =
    size === content.length ? Buffer.from(content) : Buffer.concat([content, Buffer.alloc(size - content.length)])
  write.bytes.copy(next, write.at)
  return next
}

type Naming =
  | { readonly op: 'create' | 'remove'; readonly path: string; readonly inode?: Inode }
  | { readonly op: 'rename'; readonly from: string; readonly to: string; readonly inode: Inode }

export type DiskOperation = 'open' | 'write' | 'sync' | 'rename' | 'remove' | 'sync-folder' | 'truncate'

/** What a test wants to happen at an operation: nothing, an error, or a write that takes fewer bytes. */
export type Interfere = (operation: DiskOperation, path: string) => Error | { readonly take: number } | undefined

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))

/**
 * A disk in memory that forgets like a real one: content is durable after sync of the file, names after sync of the folder. After
 * `halt` no operation ends any more, as for a process that was killed.
 */
export class SimulatedDisk implements Disk {
  interfere: Interfere = () => undefined
  /** Turns of the event loop that an operation takes. */
  slowness: (operation: DiskOperation, path: string) => number = () => 0
  /** Operations that changed something, in order: crash points are counted by it. */
  operations = 0
  onOperation: (when: 'before' | 'after', operation: DiskOperation, path: string) => void = () => undefined
  private names = new Map<string, Inode>()
  private durableNames = new Map<string, Inode>()
  private pendingNames: Naming[] = []
  private readonly folders = new Set<string>()
  private halted = false

  halt(): void {
    this.halted = true
  }

  get paths(): string[] {
    return [...this.names.keys()].toSorted()
  }

  content(path: string): Buffer | undefined {
    return this.names.get(path)?.current
  }

  /** Bytes of all files. */
  get size(): number {
    return [...this.names.values()].reduce((sum, inode) => sum + inode.current.length, 0)
  }

  /** What a killed process leaves: everything it wrote. */
  afterKill(): SimulatedDisk {
    const disk = this.fresh()
    for (const [path, inode] of this.names) disk.put(path, inode.current)
    return disk
  }

  /** What a power cut leaves: what was synced, and any subset of the rest, each write torn at any byte. */
  afterPowerCut(random: Random): SimulatedDisk {
    const disk = this.fresh()
    const names = new Map(this.durableNames)
    for (const naming of this.pendingNames) if (random.chance(0.5)) rename(names, naming)
    for (const [path, inode] of names) disk.put(path, torn(inode, random))
    return disk
  }

  /** Puts a file in place, durable: for damage on purpose. */
  put(path: string, content: Buffer): void {
    const inode = new Inode()
    inode.current = inode.durable = Buffer.from(content)
    this.names.set(path, inode)
    this.durableNames.set(path, inode)
  }

  forget(path: string): void {
    this.names.delete(path)
    this.durableNames.delete(path)
  }

  private fresh(): SimulatedDisk {
    const disk = new SimulatedDisk()
    for (const folder of this.folders) disk.folders.add(folder)
    return disk
  }

  /** Lets other work go on between operations, and never ends once the process is dead. */
  private async turn(operation: DiskOperation, path: string): Promise<Error | { readonly take: number } | undefined> {
    if (this.halted) await never
    this.operations++
    this.onOperation('before', operation, path)
    if (this.halted) await never
    for (let turns = this.slowness(operation, path); turns > 0; turns--) await new Promise(setImmediate)
    const result = this.interfere(operation, path)
    if (result instanceof Error) throw result
    return result
  }

  async open(path: string, create = false): Promise<OpenFile> {
    await this.turn('open', path)
    let inode = this.names.get(path)
    if (!inode) {
      if (!create) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' })
      inode = new Inode()
      this.name({ op: 'create', path, inode })
    }
    await this.after('open', path)
    return this.fileOf(path, inode)
  }

  private async after(operation: DiskOperation, path: string): Promise<void> {
    this.onOperation('after', operation, path)
    if (this.halted) await never
  }

  private name(naming: Naming): void {
    rename(this.names, naming)
    this.pendingNames.push(naming)
  }

  private fileOf(path: string, inode: Inode): OpenFile {
    return {
      write: async (bytes, position) => {
        const result = await this.turn('write', path)
        const took = result && 'take' in result ? Math.min(result.take, bytes.length) : bytes.length
        if (took > 0) inode.apply({ at: position, bytes: Buffer.from(bytes.subarray(0, took)) })
        await this.after('write', path)
        return took
      },
      sync: async () => {
        await this.turn('sync', path).catch((error: unknown) => {
          inode.drop()
          throw error
        })
        inode.sync()
        await this.after('sync', path)
      },
      read: async (into, position) => inode.current.copy(into, 0, position),
      readSync: (into, position) => inode.current.copy(into, 0, position),
      truncate: async (length) => {
        await this.turn('truncate', path)
        inode.apply({ truncate: length })
      },
      size: async () => inode.current.length,
      close: async () => undefined,
    }
  }

  async read(path: string): Promise<Buffer | undefined> {
    if (this.halted) await never
    const inode = this.names.get(path)
    return inode && Buffer.from(inode.current)
  }

  async list(path: string): Promise<string[]> {
    const below = (p: string): boolean => p.startsWith(`${path}/`)
    const next = (p: string): string => p.slice(path.length + 1).split('/')[0] as string
    return [...new Set([...this.names.keys(), ...this.folders].filter(below).map(next))].toSorted()
  }

  async makeFolder(path: string): Promise<void> {
    this.folders.add(path)
  }

  async rename(from: string, to: string): Promise<void> {
    await this.turn('rename', to)
    const inode = this.names.get(from)
    if (!inode) throw Object.assign(new Error(`ENOENT: ${from}`), { code: 'ENOENT' })
    this.name({ op: 'rename', from, to, inode })
    await this.after('rename', to)
  }

  async remove(path: string): Promise<void> {
    if (!this.names.has(path)) return
    await this.turn('remove', path)
    this.name({ op: 'remove', path })
    await this.after('remove', path)
  }

  async syncFolder(path: string): Promise<void> {
    await this.turn('sync-folder', path)
    const here = (naming: Naming): boolean => folderOf(naming.op === 'rename' ? naming.to : naming.path) === path
    for (const naming of this.pendingNames.filter(here)) rename(this.durableNames, naming)
    this.pendingNames = this.pendingNames.filter((naming) => !here(naming))
    await this.after('sync-folder', path)
  }
}

const never = new Promise<never>(() => undefined)

function rename(names: Map<string, Inode>, naming: Naming): void {
  if (naming.op === 'create') names.set(naming.path, naming.inode as Inode)
  else if (naming.op === 'remove') names.delete(naming.path)
  else if (naming.op === 'rename') {
    // The new name points to the file itself, whatever became of the old name.
    names.delete(naming.from)
    names.set(naming.to, naming.inode)
  }
}

function torn(inode: Inode, random: Random): Buffer {
  let content = inode.durable
  for (const write of inode.pending) {
    if (random.chance(0.5)) continue
    const whole = 'truncate' in write || random.chance(0.5)
    content = applied(
      content,
      whole ? write : { at: write.at, bytes: write.bytes.subarray(0, random.below(write.bytes.length + 1)) },
    )
  }
  return content
}
