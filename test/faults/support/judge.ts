import { idOf, type Issue, recordText, wantedBy } from './world.ts'

export interface Verdict {
  readonly lost: number
  /** Repeats outside the window. */
  readonly doubled: number
  /** Repeats inside it. */
  readonly repeated: number
  readonly problems: readonly string[]
}

export interface Judged {
  readonly route: number
  readonly got: readonly string[]
  /** Bytes that may lie between an event and its repeat. */
  readonly window: number
  /** Order within a lane is promised. */
  readonly ordered: boolean
}

/** I1: nothing lost. I2, I3: nothing that was not issued, byte for byte. I5: repeats inside the window. Order within a lane. */
export function judge(issue: Issue, { route, got, window, ordered }: Judged): Verdict {
  const wanted = wantedTexts(issue, route)
  const seen = new Map<string, number>()
  const order = new Map<string, number>()
  const problems: string[] = []
  let fresh = 0
  let repeated = 0
  let doubled = 0
  for (const event of got) {
    const first = seen.get(event)
    if (!wanted.has(event)) problems.push(`never issued, or other bytes: ${event.slice(0, 80)}`)
    if (first === undefined) {
      seen.set(event, fresh)
      fresh += event.length + 1
      if (ordered) problems.push(...outOfOrder(event, order))
    } else if (fresh - first <= window) repeated++
    else {
      doubled++
      problems.push(`doubled: ${idOf(event)}, ${fresh - first} bytes after its first time`)
    }
  }
  const lost = [...wanted].filter((event) => !seen.has(event))
  problems.push(...lost.map((event) => `lost: ${idOf(event)}`))
  return { lost: lost.length, doubled, repeated, problems }
}

function wantedTexts({ lanes, perLane }: Issue, route: number): Set<string> {
  const numbers = Array.from({ length: perLane }, (_, i) => i).filter((i) => wantedBy(route, i))
  return new Set(lanes.flatMap((lane) => numbers.map((number) => recordText(lane, number))))
}

function outOfOrder(event: string, order: Map<string, number>): string[] {
  const [lane = '', number = ''] = idOf(event).split(':')
  const before = order.get(lane) ?? -1
  order.set(lane, Math.max(before, Number(number)))
  return Number(number) < before ? [`out of order: ${lane}:${number} after ${before}`] : []
}
