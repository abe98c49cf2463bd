import { readTicks } from '../ticks.ts'
import type { Version } from './version.ts'

/** A version at its place in the collection's natural order. */
export interface Item {
  readonly ticks: number
  readonly version: Version
}

/** What a Graph collection shows now: the newest version of each object, by time and then by id. */
export class Collection {
  readonly #items: Item[] = []
  readonly #current = new Map<string, Item>()
  readonly #timeField: string

  constructor(timeField: string) {
    this.#timeField = timeField
  }

  get items(): readonly Item[] {
    return this.#items
  }

  current(id: string): Version | undefined {
    return this.#current.get(id)?.version
  }

  /** Shows the version in place of the object's former one, which is returned. */
  show(version: Version): Version | undefined {
    const former = this.#current.get(version.id)
    if (former) this.#items.splice(this.#place(former), 1)
    const item = { ticks: readTicks(String(version.fields[this.#timeField])) ?? 0, version }
    this.#items.splice(this.#place(item), 0, item)
    this.#current.set(version.id, item)
    return former?.version
  }

  /** Items between two ticks, both included. */
  between(from: number, to: number): readonly Item[] {
    return this.#items.slice(
      this.#search((item) => item.ticks >= from),
      this.#search((item) => item.ticks > to),
    )
  }

  #place(item: Item): number {
    return this.#search((other) => compareItems(other, item) >= 0)
  }

  /** The first index that meets a condition which all later ones meet as well. */
  #search(meets: (item: Item) => boolean): number {
    let low = 0
    let high = this.#items.length
    while (low < high) {
      const middle = (low + high) >> 1
      const item = this.#items[middle]
      if (item && meets(item)) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** By time, then by id: an order without ties, which paging by key needs. */
export function compareItems(a: Item, b: Item): number {
  if (a.ticks !== b.ticks) return a.ticks - b.ticks
  return a.version.id < b.version.id ? -1 : Number(a.version.id > b.version.id)
}
