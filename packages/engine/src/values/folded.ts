import { lowerAscii } from './text.ts'

// Enough for the vocabulary of any product, and little memory where somebody else's texts fill it.
const most = 256
const longest = 96

/**
 * A table whose keys know no ASCII case. Texts are remembered as they were met, so that the usual ones cost one look-up;
 * `otherwise` answers for texts (in lower case) that are not in it.
 */
export class Folded<T> {
  private readonly lower: ReadonlyMap<string, T>
  private readonly otherwise: (lower: string) => T | undefined
  private readonly met = new Map<string, T | null>()

  constructor(rows: Iterable<readonly [string, T]>, otherwise: (lower: string) => T | undefined = () => undefined) {
    this.lower = new Map([...rows].map(([key, value]) => [lowerAscii(key), value]))
    this.otherwise = otherwise
  }

  get(text: string): T | undefined {
    const known = this.met.get(text)
    if (known === undefined) return this.learn(text)
    return known === null ? undefined : known
  }

  private learn(text: string): T | undefined {
    const lower = lowerAscii(text)
    const found = this.lower.get(lower) ?? this.otherwise(lower)
    if (text.length <= longest && this.met.size < most) this.met.set(text, found ?? null)
    return found
  }
}
