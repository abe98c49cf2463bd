interface Entry<T> {
  readonly at: number
  readonly order: number
  readonly value: T
}

/** What is due first comes out first; equal times come out as they went in. */
export class Heap<T> {
  #entries: Entry<T>[] = []
  #order = 0

  get size(): number {
    return this.#entries.length
  }

  push(at: number, value: T): void {
    this.#entries.push({ at, order: this.#order++, value })
    this.#up(this.#entries.length - 1)
  }

  /** Takes the first entry that is due at `now`, if there is one. */
  popDue(now: number): { readonly at: number; readonly value: T } | undefined {
    const first = this.#entries[0]
    if (!first || first.at > now) return undefined
    const last = this.#entries.pop()
    if (last && last !== first) {
      this.#entries[0] = last
      this.#down(0)
    }
    return first
  }

  #up(start: number): void {
    for (let at = start; at > 0; at = (at - 1) >> 1) {
      if (!this.#swapUnlessOrdered((at - 1) >> 1, at)) return
    }
  }

  #down(start: number): void {
    for (let at = start; ;) {
      const left = 2 * at + 1
      const child = this.#isBefore(left + 1, left) ? left + 1 : left
      if (child >= this.#entries.length || !this.#swapUnlessOrdered(at, child)) return
      at = child
    }
  }

  #swapUnlessOrdered(parent: number, child: number): boolean {
    const [a, b] = [this.#entries[parent], this.#entries[child]]
    if (!a || !b || !this.#isBefore(child, parent)) return false
    this.#entries[parent] = b
    this.#entries[child] = a
    return true
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#entries[one], this.#entries[other]]
    return a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.order < b.order))
  }
}
