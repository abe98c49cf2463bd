/** Token requests of one client for one scope. */
export interface TokenCount {
  requests: number
  issued: number
  open: number
  /** The most that were open at one time: 1 for a client that waits for its own requests. */
  mostOpen: number
}

/** Counts token requests by `client id|scope`. */
export class TokenCounts {
  readonly #counts = new Map<string, TokenCount>()

  /** Counts a request as open until the function that it returns is called. */
  begin(clientId: string, scope: string): (issued: boolean) => void {
    const key = `${clientId}|${scope}`
    const count = this.#counts.get(key) ?? { requests: 0, issued: 0, open: 0, mostOpen: 0 }
    this.#counts.set(key, count)
    count.requests++
    count.mostOpen = Math.max(count.mostOpen, ++count.open)
    return (issued) => {
      count.open--
      if (issued) count.issued++
    }
  }

  all(): Record<string, TokenCount> {
    return Object.fromEntries(this.#counts)
  }
}
