import type { ApplyChange } from '@siembridge/core'

/** A line is told so often, and when a kind of thing is through. */
const every = 500

/** Counts what is done, kind by kind, and makes lines of it. */
export class Progress {
  private readonly all: ReadonlyMap<string, number>
  private readonly counts = new Map<string, number>()
  private told = ''

  constructor(changes: readonly ApplyChange[]) {
    this.all = new Map([...Map.groupBy(changes, kindOf)].map(([kind, list]) => [kind, list.length]))
  }

  /** The line to print behind a change, or ''. */
  done(change: ApplyChange): string {
    const kind = kindOf(change)
    const count = (this.counts.get(kind) ?? 0) + 1
    this.counts.set(kind, count)
    return count % every === 0 || count === this.all.get(kind) ? this.line(kind) : ''
  }

  /** The line for what was done last, where it is not told yet: the run ended in the middle. */
  rest(): string {
    const kind = [...this.counts.keys()].at(-1)
    return kind === undefined || this.told === `${kind} ${this.counts.get(kind)}` ? '' : this.line(kind)
  }

  private line(kind: string): string {
    const count = this.counts.get(kind) ?? 0
    this.told = `${kind} ${count}`
    return `done: ${kind} ${count} of ${this.all.get(kind) ?? count}\n`
  }
}

const kindOf = ({ does, what }: ApplyChange): string => `${does} ${what}`
