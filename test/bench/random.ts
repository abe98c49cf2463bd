/** xorshift32: the same numbers from the same seed, on every machine. */
export class Random {
  private state: number
  constructor(seed: number) {
    this.state = seed
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    let x = this.state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.state = x
    return (x >>> 0) % limit
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }

  hex(length: number): string {
    let text = ''
    while (text.length < length) text += this.below(0x10000).toString(16).padStart(4, '0')
    return text.slice(0, length)
  }

  guid(): string {
    return [8, 4, 4, 4, 12].map((n) => this.hex(n)).join('-')
  }

  address(): string {
    return `203.0.113.${this.below(256)}`
  }
}
