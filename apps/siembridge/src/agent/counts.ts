import type { Meter } from '@siembridge/core/pipeline'

type Labels = Readonly<Record<string, string>>

/** A number that only rises, by labels. */
export class Count {
  private readonly values = new Map<string, { readonly labels: Labels; value: number }>()

  add(labels: Labels, by: number): void {
    const key = Object.values(labels).join('\0')
    const row = this.values.get(key)
    if (row) row.value += by
    else this.values.set(key, { labels, value: by })
  }

  get rows(): Iterable<{ readonly labels: Labels; readonly value: number }> {
    return this.values.values()
  }

  /** Sum of all rows that have these labels. */
  sum(wanted: Labels = {}): number {
    const fits = (labels: Labels): boolean => Object.entries(wanted).every(([name, value]) => labels[name] === value)
    return [...this.values.values()].reduce((sum, { labels, value }) => (fits(labels) ? sum + value : sum), 0)
  }
}

/** What the pipeline counts, since the process started: a configuration that changes does not begin anew. */
export class Counts implements Meter {
  readonly received = new Count()
  readonly duplicates = new Count()
  readonly dropped = new Count()
  readonly sent = new Count()
  readonly repeated = new Count()
  readonly rejected = new Count()

  lane(what: Parameters<Meter['lane']>[0], source: string, type: string, records: number): void {
    if (what === 'received') this.received.add({ source, log_type: type }, records)
    else if (what === 'duplicate') this.duplicates.add({ source }, records)
    else this.dropped.add({ reason: what === 'unrouted' ? 'no route' : 'unreadable' }, records)
  }

  target(what: Parameters<Meter['target']>[0], target: string, events: number): void {
    if (what === 'sent') this.sent.add({ target }, events)
    else if (what === 'repeated') this.repeated.add({ target }, events)
    else {
      this.rejected.add({ target }, events)
      this.dropped.add({ reason: 'rejected by the target' }, events)
    }
  }
}
