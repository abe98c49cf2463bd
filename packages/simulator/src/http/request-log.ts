import type { RequestEntry } from './call.ts'

const kept = 100_000

/** The last 100,000 requests, and which of them are still open. */
export class RequestLog {
  readonly #entries: RequestEntry[] = []
  #count = 0

  open(of: Omit<RequestEntry, 'number' | 'at'>): RequestEntry {
    const entry: RequestEntry = { ...of, number: ++this.#count, at: Date.now() }
    this.#entries.push(entry)
    if (this.#entries.length > kept) this.#entries.shift()
    return entry
  }

  get entries(): readonly RequestEntry[] {
    return this.#entries
  }

  get count(): number {
    return this.#count
  }
}
