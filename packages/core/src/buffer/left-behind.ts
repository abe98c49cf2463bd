import type { Disk } from '../disk/disk.ts'
import { Slots } from '../disk/slots.ts'
import { parseCursors } from './cursors.ts'
import { parseSegmentName, scanSegment } from './segment.ts'

/** Events that nobody reads any more, because the configuration does not have their route, or not that target of it. */
export interface LeftBehind {
  readonly route: string
  /** Undefined where the route itself is gone: its buffer is kept as it is. */
  readonly target?: string
  readonly events: number
}

/** Events in a buffer that no route has open, which a target had still to get. Changes nothing. */
export async function waitingIn(disk: Disk, folder: string): Promise<number> {
  const cursors = parseCursors(await Slots.peek(disk, `${folder}/cursors`))
  const names = (await disk.list(folder)).filter((name) => parseSegmentName(name))
  const first = parseSegmentName(names[0] ?? '')?.base ?? 0
  const from = Math.min(...Object.values(cursors?.targets ?? { none: first }))
  for (const name of names.toReversed()) {
    const scanned = await scanSegment(disk, folder, name, Infinity, Infinity)
    if (scanned && scanned.frames.length > 0) return Math.max(0, scanned.segment.end - from)
  }
  return 0
}

/** For a person: what waits, why it does not go out, and what can be done. */
export function tellLeftBehind({ route, target, events }: LeftBehind, folder: string): string {
  if (target !== undefined)
    return `${events} events of route ${route} waited for target ${target}, which the route does not lead to any more: they are not delivered there`
  return `${events} events wait in the buffer of route ${route}, which the configuration does not have any more: put it back under that name, and they are delivered; or delete ${folder}`
}
