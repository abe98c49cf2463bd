import { milliseconds } from '../duration.ts'
import type { Random } from '../random.ts'
import type { Lateness } from '../scenario.ts'

/** A draw from the distribution, in milliseconds; 0 when the shares do not add up to 1 and none was hit. */
export function drawLateness(steps: readonly Lateness[], random: Random): number {
  let left = random.next()
  for (const { share, from, to } of steps) {
    left -= share
    if (left < 0) return milliseconds(from) + Math.floor(random.next() * (milliseconds(to) - milliseconds(from)))
  }
  return 0
}
