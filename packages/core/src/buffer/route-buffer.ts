import type { Notifier } from '../notifier.ts'
import type { Frame } from './frame.ts'

/** Where a reader of frames stands. */
export interface FrameSource {
  /** The frame that holds `sequence` or the first one behind it; undefined where there is none yet. */
  at(sequence: number): Promise<Frame | undefined>
  close(): Promise<void>
}

/** Next record of each target. */
export interface RouteCursors {
  get(target: string): number
  /** Up to where nothing comes again after a crash. */
  persisted(target: string): number
  advance(target: string, sequence: number): void
}

/** What stands between lanes and the targets of a route: frames in order, and a cursor a target. */
export interface RouteBuffer {
  readonly cursors: RouteCursors
  /** Notified at every append and deletion. */
  readonly changes: Notifier
  /** Sequence behind the last record that targets may have. */
  readonly end: number
  readonly bytes: number
  readonly full: boolean
  /** So much of it is free that a route that was parked may go on. */
  readonly roomy: boolean
  /** Largest batch in bytes that lanes should hand over at once. */
  readonly batchBytes: number
  /** Whether its frames tell what was in a batch, should the lane's journal be damaged: it is told later then that they may go. */
  readonly evidence: boolean
  /** Resolves when the lane may settle the records. Rejects only at the end. */
  append(frame: Omit<Frame, 'base'>): { base: number; done: Promise<void> }
  /** The lane of a batch has kept what was in it. */
  settled(base: number): void
  /** All that was there at the start is in the lanes' own state. */
  adopted(): void
  /** Resolves when there is room, or the signal is aborted. */
  room(signal: AbortSignal, reserve?: number): Promise<void>
  /** Resolves when half of it is free, or the signal is aborted. */
  ample(signal: AbortSignal): Promise<void>
  /** Keeps the cursors. */
  keep(): Promise<void>
  /** Whether a call of `keep` would move what is kept of a target's cursor. */
  behind(target: string): boolean
  reader(): FrameSource
  close(): Promise<void>
}
