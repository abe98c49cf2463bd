import type { Disk } from '../disk/disk.ts'
import { type KeyEntry, RunFile } from './run-file.ts'

/** Files of one size class before they are merged into one of the next. */
const fanIn = 6

/**
 * Keys that were seen, however many: the newest in memory, the rest in sorted files that are merged by size. Exact, never a
 * guess: a filter that is wrong once in a thousand would lose one event in a thousand.
 */
export class KeyTable {
  private readonly disk: Disk
  private readonly folder: string
  private runs: RunFile[]
  private hot = new Map<string, KeyEntry>()
  private nextRun: number
  private freezing: Map<string, KeyEntry> | undefined
  private readonly hotKeys: number

  private constructor(disk: Disk, folder: string, runs: RunFile[], nextRun: number, hotKeys: number) {
    this.hotKeys = hotKeys
    this.disk = disk
    this.folder = folder
    this.runs = runs
    this.nextRun = nextRun
  }

  /**
   * `named`: the files that the lane's journal counts on; others are left from an interrupted merge and are removed. Where
   * the journal itself is gone, all that is there counts.
   */
  static async open(
    disk: Disk,
    folder: string,
    hotKeys: number,
    named: readonly string[] = [],
    all = false,
  ): Promise<{ table: KeyTable; missing: string[] }> {
    const there = (await disk.list(folder)).filter((name) => name.endsWith('.run'))
    const names = all ? there : named
    const runs: RunFile[] = []
    for (const name of names.filter((n) => there.includes(n))) runs.push(await RunFile.open(disk, folder, name))
    for (const name of there.filter((n) => !names.includes(n))) await disk.remove(`${folder}/${name}`)
    const next = Math.max(-1, ...names.map((name) => parseInt(name, 16))) + 1
    return { table: new KeyTable(disk, folder, runs, next, hotKeys), missing: names.filter((n) => !there.includes(n)) }
  }

  get names(): string[] {
    return this.runs.map((run) => run.name)
  }

  get damagedPages(): number {
    return this.runs.reduce((sum, run) => sum + run.damagedPages, 0)
  }

  get full(): boolean {
    return this.hot.size >= this.hotKeys
  }

  /** The entry of a key that is still remembered at `minute`. */
  find(key: string, minute: number): KeyEntry | undefined {
    const found = this.hot.get(key) ?? this.freezing?.get(key) ?? this.inRuns(key)
    return found && found.untilMinute >= minute ? found : undefined
  }

  private inRuns(key: string): KeyEntry | undefined {
    for (let at = this.runs.length - 1; at >= 0; at--) {
      const found = (this.runs[at] as RunFile).find(key)
      if (found) return found
    }
    return undefined
  }

  put(entry: KeyEntry): void {
    this.hot.set(entry.key, entry)
  }

  /**
   * Moves what is in memory into files. The files are durable when it resolves, but count only once the journal names them
   * (`names`): what was there before stays readable until `forget`.
   */
  async freeze(minute: number): Promise<RunFile[]> {
    const hot = this.hot
    this.freezing = hot
    this.hot = new Map()
    try {
      const entries = [...hot.values()].toSorted(byKey)
      const old = this.runs.filter((run) => run.lastMinute < minute)
      const kept = this.runs.filter((run) => run.lastMinute >= minute)
      const fresh = entries.length === 0 ? [] : [await this.writeRun(entries)]
      const merged = mergeable([...kept, ...fresh])
      const runs = [...kept, ...fresh].filter((run) => !merged.includes(run))
      // The newest are merged: what they say of a key goes before what is said in the others.
      this.runs = merged.length === 0 ? runs : [...runs, await this.writeRun(mergeRuns(merged, minute))]
      return [...old, ...merged]
    } catch (error) {
      for (const [key, entry] of hot) if (!this.hot.has(key)) this.hot.set(key, entry)
      throw error
    } finally {
      this.freezing = undefined
    }
  }

  private writeRun(entries: Iterable<KeyEntry>): Promise<RunFile> {
    return RunFile.write(this.disk, this.folder, `${(this.nextRun++).toString(16).padStart(8, '0')}.run`, entries)
  }

  /** Removes files that the journal no longer names. */
  async forget(runs: readonly RunFile[]): Promise<void> {
    for (const run of runs) {
      await run.close()
      await this.disk.remove(`${this.folder}/${run.name}`)
    }
  }

  async close(): Promise<void> {
    for (const run of this.runs) await run.close()
  }
}

const byKey = (a: KeyEntry, b: KeyEntry): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)

/** The newest files, as many as are of one size class, where there are enough of them to merge. */
function mergeable(runs: readonly RunFile[]): RunFile[] {
  if (runs.length < fanIn) return []
  const newest = runs.slice(-fanIn)
  const largest = Math.max(...newest.map((run) => run.count))
  const smallest = Math.min(...newest.map((run) => run.count))
  // Too unequal to be worth it, unless there are so many that look-ups suffer.
  return largest <= smallest * fanIn * 2 || runs.length > fanIn * 3 ? newest : []
}

/** Merges sorted files; of equal keys the newest counts. What is forgotten by `minute` is left out. */
function* mergeRuns(runs: readonly RunFile[], minute: number): Generator<KeyEntry> {
  const heads = runs.map((run) => ({ from: run.entries(), at: undefined as KeyEntry | undefined }))
  for (const head of heads) head.at = next(head.from)
  for (;;) {
    let best: KeyEntry | undefined
    for (const { at } of heads) if (at && (!best || at.key <= best.key)) best = at
    if (!best) return
    const { key } = best
    if (best.untilMinute >= minute) yield best
    for (const head of heads) if (head.at?.key === key) head.at = next(head.from)
  }
}

function next(from: Generator<KeyEntry>): KeyEntry | undefined {
  const { value, done } = from.next()
  return done ? undefined : value
}
