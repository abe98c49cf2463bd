/** A revision of an object: what the source calls it, and when it was. */
export interface Revision {
  readonly text: string
  /** Milliseconds since 1970; undefined where neither the revision nor the record tells a time. */
  readonly timeMs?: number
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d+))?(?:Z|[+-]\d\d:?\d\d)$/

/**
 * Whether `next` is older than, the same as, or newer than what was applied. Revisions that are times are compared with all digits of
 * their fraction (Graph writes seven); others, which no order can be told of, go by the time of their record, and then by arrival.
 */
export function compareRevisions(applied: Revision, next: Revision): 'older' | 'same' | 'newer' {
  if (applied.text !== '' && applied.text === next.text) return 'same'
  const [a, b] = [instant.exec(applied.text), instant.exec(next.text)]
  const order = a && b ? ordered(a, b) : (next.timeMs ?? Infinity) - (applied.timeMs ?? -Infinity)
  return order < 0 ? 'older' : order === 0 && a && b ? 'same' : 'newer'
}

function ordered(a: RegExpExecArray, b: RegExpExecArray): number {
  const seconds = wholeSeconds(b[0]) - wholeSeconds(a[0])
  if (seconds !== 0) return seconds
  const [x, y] = [a[1] ?? '', b[1] ?? ''].map((digits) => digits.padEnd(9, '0').slice(0, 9))
  return Number(y) - Number(x)
}

const wholeSeconds = (text: string): number => Date.parse(text.replace(/\.\d+/, ''))
