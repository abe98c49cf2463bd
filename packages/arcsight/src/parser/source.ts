import { isProblem, lineAt, type Property, readProperties } from '@siembridge/formats'
import type { Problems } from './problems.ts'

/** The keys of a file, and which of them something has read. */
export class Source {
  readonly problems: Problems
  private readonly properties = new Map<string, Property>()
  private readonly used = new Set<string>()

  constructor(content: string | Uint8Array, problems: Problems) {
    this.problems = problems
    const text =
      typeof content === 'string' ? Buffer.from(content).toString('latin1') : Buffer.from(content).toString('latin1')
    const read = readProperties(text)
    if (isProblem(read)) {
      const help = 'Write \\u with four hexadecimal digits, or two backslashes where one is meant.'
      problems.error('properties-unreadable', lineAt(text, read.at), `Java cannot read the file: ${read.problem}`, help)
      return
    }
    for (const property of read) this.add(property)
  }

  /** What stands behind a key, and remembers that somebody asked. */
  get(key: string): Property | undefined {
    this.used.add(key)
    return this.properties.get(key)
  }

  /** Every key that fits, with the groups of the pattern. */
  *matching(pattern: RegExp): Generator<{ readonly property: Property; readonly groups: readonly string[] }> {
    for (const property of this.properties.values()) {
      const found = pattern.exec(property.key)
      if (!found) continue
      this.used.add(property.key)
      yield { property, groups: found.slice(1).map((group: string | undefined) => group ?? '') }
    }
  }

  /** A count, and undefined where it is not there or no number. */
  count(key: string): { readonly value: number; readonly line: number } | undefined {
    const property = this.get(key)
    if (!property) return undefined
    if (/^\d{1,6}$/.test(property.value)) return { value: Number(property.value), line: property.line }
    this.problems.error(
      'count-not-a-number',
      property.line,
      `${key} is "${property.value}"`,
      'Write how many there are, in digits and with nothing behind them.',
    )
    return undefined
  }

  /** What nobody asked for. */
  unused(): readonly Property[] {
    return [...this.properties.values()].filter(({ key }) => !this.used.has(key))
  }

  private add(property: Property): void {
    const { key, value, line, raw } = property
    const before = this.properties.get(key)
    if (before)
      this.problems.error(
        'duplicate-key',
        line,
        `${key} stands in line ${before.line} already; the last one wins and what the first one said is lost`,
        'Take one of them out, or give it the number or name that it should have.',
      )
    if (/[^\0-\x7f]/.test(key + raw))
      this.problems.error(
        'not-ascii',
        line,
        `${key} holds a character beyond ASCII, which is another one in each encoding`,
        'Write it as \\u with four hexadecimal digits.',
      )
    if (/[ \t]$/.test(value) && !key.startsWith('regex'))
      this.problems.warning(
        'trailing-space',
        line,
        `the value of ${key} ends with white space, which belongs to it`,
        'Take it out.',
      )
    this.properties.set(key, property)
  }
}
