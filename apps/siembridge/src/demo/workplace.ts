import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A temporary directory, and what has to be ended before it goes. */
export class Workplace {
  readonly directory = mkdtempSync(join(tmpdir(), 'siembridge-demo-'))
  readonly #endings: (() => unknown)[] = []
  #closed = false

  path(name: string): string {
    return join(this.directory, name)
  }

  /** What is to be done at the end: last in, first out. */
  atEnd(act: () => unknown): void {
    this.#endings.push(act)
  }

  /** Ends everything; `keep` leaves the directory for somebody to look at. */
  async close(keep: boolean): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    for (const act of this.#endings.toReversed()) await Promise.resolve(act()).catch(() => undefined)
    if (!keep) rmSync(this.directory, { recursive: true, force: true })
  }
}
