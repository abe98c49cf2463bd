const anonymous = '00000000-0000-0000-0000-000000000000'

/** Counts requests by `PublisherIdentifier`, the company that wrote the client; without one, the pool of all others. */
export class Publishers {
  readonly #counts = new Map<string, number>()

  /** Counts the request and returns the identifier it counts for. */
  count(query: URLSearchParams): string {
    const id = query.get('PublisherIdentifier') ?? anonymous
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1)
    return id
  }

  all(): Record<string, number> {
    return Object.fromEntries(this.#counts)
  }
}
