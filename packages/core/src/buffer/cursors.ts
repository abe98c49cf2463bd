import type { Slots } from '../disk/slots.ts'

/** What a buffer knows of its readers: next record of each target, and below which record all lanes keep their position. */
export interface CursorState {
  readonly targets: Readonly<Record<string, number>>
  readonly committed: number
}

export function parseCursors(value: Buffer | undefined): CursorState | undefined {
  if (!value) return undefined
  const state = JSON.parse(value.toString('utf8')) as CursorState
  return { targets: state.targets, committed: state.committed }
}

/** Cursors of one buffer. Changes are made at once and kept when `persist` resolves. */
export class Cursors {
  private readonly slots: Slots
  private readonly targets: Map<string, number>
  private committed: number
  private kept: CursorState
  private persisting: Promise<void> | undefined

  constructor(slots: Slots, state: CursorState) {
    this.slots = slots
    this.targets = new Map(Object.entries(state.targets))
    this.committed = state.committed
    this.kept = state
  }

  get(target: string): number {
    return this.targets.get(target) ?? 0
  }

  /** What survives a crash now. */
  persisted(target: string): number {
    return this.kept.targets[target] ?? 0
  }

  /** Records below this are neither wanted by a target nor needed to tell what was settled. */
  get keepFrom(): number {
    return Math.min(this.kept.committed, ...Object.values(this.kept.targets))
  }

  advance(target: string, sequence: number): void {
    if (sequence > this.get(target)) this.targets.set(target, sequence)
  }

  commit(sequence: number): void {
    this.committed = Math.max(this.committed, sequence)
  }

  /** Resolves when everything changed before the call is durable. */
  async persist(): Promise<void> {
    // One that is under way may have begun before the last change.
    if (this.persisting) await this.persisting.catch(() => undefined)
    return (this.persisting ??= this.persistNow().finally(() => (this.persisting = undefined)))
  }

  private async persistNow(): Promise<void> {
    const state = { targets: Object.fromEntries(this.targets), committed: this.committed }
    await this.slots.write(Buffer.from(JSON.stringify(state)))
    this.kept = state
  }

  close(): Promise<void> {
    return this.slots.close()
  }
}
