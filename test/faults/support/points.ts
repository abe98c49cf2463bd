import type { DiskOperation } from './simulated-disk.ts'

/** What a path holds, as crash points name it. */
export function holds(path: string): string {
  if (path.endsWith('.seg')) return 'segment'
  if (/\/cursors\.[ab]$/.test(path)) return 'cursor'
  if (/\/position\.[ab]$/.test(path)) return 'spare position'
  if (path.includes('/journal')) return 'position'
  if (path.endsWith('.run')) return 'keys'
  return path.includes('/dead-letters') ? 'dead letter' : 'folder'
}

/** Where a process can die: before and after each kind of operation on each kind of file, and around an acknowledgement. */
export interface CrashPoint {
  readonly when: 'before' | 'after'
  readonly operation: DiskOperation | 'acknowledge'
  readonly holds: string
}

const both = (operation: CrashPoint['operation'], ...kinds: readonly string[]): CrashPoint[] =>
  kinds.flatMap((kind) => (['before', 'after'] as const).map((when) => ({ when, operation, holds: kind })))

export const crashPoints: readonly CrashPoint[] = [
  ...both('write', 'segment', 'cursor', 'position', 'keys'),
  ...both('sync', 'segment', 'cursor', 'position', 'keys'),
  ...both('open', 'segment', 'keys'),
  ...both('remove', 'segment', 'keys'),
  ...both('rename', 'position'),
  ...both('sync-folder', 'folder'),
  ...both('acknowledge', 'receiver'),
]

export const pointName = ({ when, operation, holds: kind }: CrashPoint): string => `${when} ${operation} of ${kind}`
