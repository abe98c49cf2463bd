import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Rendered, TargetDescription } from './judge/index.ts'

const portion = 100

/** Renders records by the reference interpreter, which is thorough rather than fast: on threads, while the agent still works. */
export class RenderPool {
  readonly rendered = new Map<string, Rendered>()
  readonly #workers: Worker[]
  readonly #begun = new Set<string>()
  #done: Promise<unknown> = Promise.resolve()

  constructor(targets: readonly TargetDescription[], tenant: string) {
    const workerData = {
      targets: targets.map(({ name, format, header, window }) => ({ name, format, header, window })),
      tenant,
    }
    const file = join(import.meta.dirname, 'render-worker.js')
    const threads = Math.max(1, Math.min(4, availableParallelism() - 1))
    this.#workers = Array.from({ length: threads }, () => new Worker(file, { workerData }))
  }

  /** Begins with those that are new. */
  add(records: Iterable<readonly [string, string]>): void {
    const fresh = [...records].filter(([hash]) => !this.#begun.has(hash))
    for (const [hash] of fresh) this.#begun.add(hash)
    const before = this.#done
    this.#done = before.then(() => this.#share(fresh))
    this.#done.catch(() => undefined)
  }

  /** Resolves when everything is rendered. */
  async finish(): Promise<void> {
    for (let done; done !== this.#done;) await (done = this.#done)
  }

  async #share(records: readonly (readonly [string, string])[]): Promise<void> {
    const portions = Array.from({ length: Math.ceil(records.length / portion) }, (_, at) =>
      records.slice(at * portion, (at + 1) * portion),
    ).values()
    await Promise.all(this.#workers.map((worker) => this.#work(worker, portions)))
  }

  async #work(worker: Worker, portions: Iterable<readonly (readonly [string, string])[]>): Promise<void> {
    for (const records of portions) {
      worker.postMessage(records, [])
      const [rendered] = (await once(worker, 'message')) as [[string, Rendered][]]
      for (const [hash, lines] of rendered) this.rendered.set(hash, lines)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }
}
