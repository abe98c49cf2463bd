const firstMs = 1000
const mostMs = 60_000

/** Between attempts where a person must mend something first, in milliseconds. */
export const slowMs = 60_000

/**
 * Milliseconds to wait after that many failures in a row: none after the first, then up to 1 s, 2 s, 4 s… 60 s. Full jitter
 * (Amazon's "Exponential Backoff And Jitter") keeps many bridges from coming back at once.
 */
export const backoff = (failures: number, random: () => number = Math.random): number =>
  failures <= 1 ? 0 : Math.ceil(random() * Math.min(mostMs, firstMs * 2 ** (failures - 2)))
