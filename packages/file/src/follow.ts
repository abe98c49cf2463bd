import { type FileHandle, open, stat } from 'node:fs/promises'
import { recordsOf, SiembridgeError } from '@siembridge/core'
import type { Lane, SourceContext } from '@siembridge/core'
import { chunksOf, unzippedChunks } from './chunks.ts'
import { Cutter } from './cutter.ts'
import { type Identity, identify, isCompressed, isSame, isShort, type Member } from './identity.ts'
import { membersOf, type Part, planFrom } from './plan.ts'
import { decode, encode, type Position } from './position.ts'
import type { FileSourceOptions } from './source-options.ts'

/** How long a renamed file is still read: its writer goes on until it is told of the rotation (logrotate, postrotate). */
const lingerMs = 5000
/** How long a whole record without a line feed is waited upon. */
const quietMs = 5000
/** A file is waited for that cannot be read, in milliseconds. */
const againMs = 5000

export interface Family {
  /** Path of the file that is written to. */
  readonly base: string
  /** Whether a file is meant by the options. */
  readonly matches: (path: string) => boolean
  /** Begin at the end: the file was there at the first start, and the options say so. */
  readonly fromEnd: boolean
}

/** Reads the files of one name, one after the other, and waits for more. */
export class Follower {
  private readonly context: SourceContext<FileSourceOptions>
  private readonly family: Family
  private readonly lane: Lane
  private position: Position | undefined
  private failing = false

  constructor(context: SourceContext<FileSourceOptions>, family: Family, lane: Lane) {
    this.context = context
    this.family = family
    this.lane = lane
    this.position = decode(lane.position)
  }

  /** Until the signal, or with `once` until everything was read; then it rejects with `InputUnreadable` where that fails. */
  async run(): Promise<void> {
    const { signal, clock, options } = this.context
    const once = options.once || this.context.window !== undefined
    while (!signal.aborted) {
      const again = await this.round(once).catch((error: Error) => {
        if (once && !signal.aborted) throw new SiembridgeError('InputUnreadable', this.family.base, error.message)
        return this.failed(error)
      })
      if (once && again === 0) return
      await clock.sleep(again === 0 ? options.every : again, signal).catch(() => undefined)
    }
  }

  /** Reads what there is. Answers how long to wait before the next look, or 0. */
  private async round(once: boolean): Promise<number> {
    const parts = await this.parts()
    for (const [at, part] of parts.entries()) {
      const current = part.path === this.family.base && at === parts.length - 1 && !isCompressed(part.path)
      if (isCompressed(part.path)) await this.unzip(part)
      else await this.read(part, current && !once)
    }
    this.failing = false
    return 0
  }

  private failed(error: Error): number {
    const { signal, log, name } = this.context
    if (signal.aborted) return 0
    if (!this.failing) log.warn(`source ${name}: ${this.family.base}: ${error.message}`)
    this.failing = true
    this.context.report(this.family.base, {
      state: 'error',
      error: { code: 'InputUnreadable', message: `cannot read ${this.family.base}: ${error.message}` },
    })
    return againMs
  }

  private async parts(): Promise<readonly Part[]> {
    const { base, matches } = this.family
    // A rotated file that the options do not mean is read where a position leads to it.
    const belongs = (path: string): boolean => matches(path) || (this.position !== undefined && matches(base))
    const members = await membersOf(base, belongs)
    if (!this.position) return this.firstParts(members)
    const { parts, gap } = await planFrom(this.position, base, members)
    if (gap) this.tellGap(this.position)
    return parts
  }

  private async firstParts(members: readonly Member[]): Promise<readonly Part[]> {
    const last = members.at(-1)
    if (!this.family.fromEnd || !last) return members.map(({ path }) => ({ path, offset: 0, skip: 0 }))
    const { path, stats } = last
    if (!isCompressed(path)) return [{ path, offset: await lastLine(path, stats.size), skip: 0 }]
    const nothing = new Cutter({ offset: 0, skip: 0 }, 0, () => undefined)
    await this.emit(nothing, await identify(path), { path, mtimeMs: stats.mtimeMs, size: 0, done: true }, true)
    return []
  }

  private tellGap({ path, offset, size }: Position): void {
    this.context.tell({
      action: 'gap',
      severity: 'medium',
      message: `${path} went away before it was read to its end: bytes ${offset} to ${size} at least are missing`,
      details: { source: this.context.name, stream: this.family.base, from: offset, to: size },
    })
  }

  private cutter = (part: Part): Cutter =>
    new Cutter(part, this.context.options.max_record_bytes, (offset, reason) =>
      this.context.log.warn(`source ${this.context.name}: ${part.path} at byte ${offset}: ${reason}`),
    )

  private async unzip(part: Part): Promise<void> {
    const [identity, stats] = await Promise.all([identify(part.path), stat(part.path)])
    const cutter = this.cutter(part)
    const at = { path: part.path, mtimeMs: stats.mtimeMs, size: 0, done: false }
    for await (const chunk of unzippedChunks(part.path, part.offset)) {
      cutter.push(chunk)
      await this.emit(cutter, identity, at)
    }
    cutter.end()
    await this.emit(cutter, identity, { ...at, done: true }, true)
  }

  /** Reads a file to its end; with `wait`, until another took its place. */
  private async read(part: Part, wait: boolean): Promise<void> {
    const file = await open(part.path, 'r')
    try {
      await this.follow(file, part, wait)
    } finally {
      await file.close()
    }
  }

  private async follow(file: FileHandle, part: Part, wait: boolean): Promise<void> {
    const { clock, options, signal } = this.context
    const cutter = this.cutter(part)
    let identity = await identify(part.path)
    let movedAt = clock.elapsed()
    for (;;) {
      if (isShort(identity)) identity = await this.identityAt(part.path, identity)
      const before = cutter.seen
      await this.drain(file, cutter, identity, part.path)
      if (cutter.seen > before) movedAt = clock.elapsed()
      const quiet = clock.elapsed() - movedAt
      const place = wait ? await placeOf(file, part.path, identity, cutter.seen) : 'gone'
      if (place === 'truncated') return this.left(file, cutter, identity, part.path, false)
      if (place === 'gone' && (!wait || quiet >= lingerMs)) return this.left(file, cutter, identity, part.path, true)
      if (quiet >= quietMs) cutter.settle()
      this.context.report(this.family.base, { state: 'connected', collectedToMs: clock.now() })
      await clock.sleep(options.every, signal)
    }
  }

  private identityAt = async (path: string, known: Identity): Promise<Identity> => {
    const now = await identify(path).catch(() => known)
    return now.ino === known.ino && now.dev === known.dev && (await isSame(known, path)) ? now : known
  }

  private async drain(file: FileHandle, cutter: Cutter, identity: Identity, path: string): Promise<void> {
    for await (const chunk of chunksOf(file, cutter.seen)) {
      cutter.push(chunk)
      const { size, mtimeMs } = await file.stat()
      await this.emit(cutter, identity, { path, mtimeMs, size, done: false })
    }
  }

  /** The file is done with: its last line counts even without a line feed where nothing can follow. */
  private async left(file: FileHandle, cutter: Cutter, identity: Identity, path: string, done: boolean): Promise<void> {
    if (done) cutter.end()
    const { size, mtimeMs } = await file.stat()
    const known = this.position?.mtimeMs ?? mtimeMs
    await this.emit(
      cutter,
      identity,
      { path, mtimeMs: done ? mtimeMs : known, size: done ? size : cutter.seen, done },
      true,
    )
  }

  private async emit(
    cutter: Cutter,
    identity: Identity,
    file: Pick<Position, 'path' | 'mtimeMs' | 'size' | 'done'>,
    always = false,
  ): Promise<void> {
    const texts = cutter.take()
    const position: Position = { ...identity, ...file, ...cutter.safe }
    const moved = position.offset !== this.position?.offset || texts.length > 0
    if (!moved && !always) return
    await this.lane.emit(recordsOf(texts), encode(position))
    this.position = position
  }
}

/** Whether the path still leads to the open file, and the file still holds what was read of it. */
async function placeOf(
  file: FileHandle,
  path: string,
  identity: Identity,
  seen: number,
): Promise<'here' | 'missing' | 'gone' | 'truncated'> {
  const [ours, there] = await Promise.all([file.stat(), stat(path).catch(() => undefined)])
  if (!there) return 'missing'
  if (there.ino !== ours.ino || there.dev !== ours.dev) return 'gone'
  return there.size < seen || !(await isSame(identity, path)) ? 'truncated' : 'here'
}

const newline = 10

/** Where the last line of a file begins that is not ended yet. */
async function lastLine(path: string, size: number): Promise<number> {
  const file = await open(path, 'r')
  try {
    const length = Math.min(size, 1 << 20)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length)
    return size - length + buffer.subarray(0, bytesRead).lastIndexOf(newline) + 1
  } finally {
    await file.close()
  }
}
