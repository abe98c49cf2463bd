import type { GraphAsk, GraphTransport, Page } from '@siembridge/azure'
import { ticksOf } from '../src/records/ticks.ts'

export interface ModelRecord {
  readonly id: string
  /** Text of the time member. */
  time: string
  /** From when on the service shows it, milliseconds since 1970. */
  visibleMs: number
  [more: string]: unknown
}

const bounds = /(\w+) (ge|gt|le|lt) (\S+)/g

/** A service with lists of records, without a network: pages by offset, as the worst of them do. */
export class ModelGraph implements GraphTransport {
  readonly records: ModelRecord[] = []
  readonly asked: GraphAsk[] = []
  readonly #now: () => number
  readonly #time: string
  pageSize = Infinity
  /** Called before each page; may throw, or change records. */
  onPage: (ask: GraphAsk, at: number) => void = () => {}
  dated = true
  /** Lists do not change while they are read: large ones are made once. */
  steady = false
  constructor(now: () => number, time: string) {
    this.#now = now
    this.#time = time
  }

  async *pages(ask: GraphAsk): AsyncGenerator<Page> {
    this.asked.push(ask)
    const size = Math.min(this.pageSize, Number(ask.query?.['$top'] ?? 1000))
    let found: ModelRecord[] | undefined
    for (let at = 0; ; at++) {
      await Promise.resolve()
      this.onPage(ask, at)
      // Each page is cut out of the list as it is at that moment.
      found = this.steady && found ? found : this.#found(ask)
      const value = found.slice(at * size, (at + 1) * size)
      yield this.#page(value)
      if ((at + 1) * size >= found.length) return
    }
  }

  async one(ask: GraphAsk): Promise<Buffer> {
    this.asked.push(ask)
    this.onPage(ask, 0)
    const id = decodeURIComponent(ask.path.split('/').at(-1) ?? '')
    await Promise.resolve()
    return Buffer.from(JSON.stringify(this.#shown(this.records.find((record) => record.id === id) as ModelRecord)))
  }

  #found({ query = {} }: GraphAsk): ModelRecord[] {
    const conditions = [...(query['$filter'] ?? '').matchAll(bounds)].filter(([, name]) => name === this.#time)
    const visible = this.records.filter(({ visibleMs }) => visibleMs <= this.#now())
    const tests = conditions.map(([, , is = '', bound]) => ({ is, bound: ticksOf(bound) ?? 0n }))
    return visible
      .filter(({ time }) => tests.every(({ is, bound }) => holds(ticksOf(time) ?? 0n, is, bound)))
      .toSorted((a, b) => (a.time < b.time ? 1 : -1))
  }

  #shown({ time, ...record }: ModelRecord): Record<string, unknown> {
    return { [this.#time]: time, ...record, visibleMs: undefined }
  }

  #page(records: readonly ModelRecord[]): Page {
    const value = records.map((record) => this.#shown(record))
    return { bytes: Buffer.from(JSON.stringify({ value })), value, dateMs: this.dated ? this.#now() : undefined }
  }
}

const holds = (time: bigint, is: string, bound: bigint): boolean =>
  is === 'ge' ? time >= bound : is === 'gt' ? time > bound : is === 'le' ? time <= bound : time < bound
