/** The cloud's clock, in milliseconds since 1970: all it stamps, lists and puts in `Date` headers is by this clock. */
export interface Clock {
  now(): number
  /** Moves the clock by this many milliseconds; a negative jump is a clock set back. */
  jump(ms: number): void
  readonly speed: number
}

/** Real time from `start` (now unless told), running `speed` times as fast. */
export function createClock(options: {
  readonly start?: string | undefined
  readonly speed?: number | undefined
}): Clock {
  const began = Date.now()
  const start = options.start === undefined ? began : Date.parse(options.start)
  const speed = options.speed ?? 1
  if (Number.isNaN(start) || !(speed > 0)) throw new RangeError('the clock needs an ISO start and a speed above 0')
  let jumped = 0
  return {
    speed,
    now: () => start + jumped + (Date.now() - began) * speed,
    jump: (ms) => {
      jumped += ms
    },
  }
}
