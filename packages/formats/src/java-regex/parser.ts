import { bothCases, printSet, single } from './char-set.ts'
import { charClass, quoted } from './char-class.ts'
import { Cursor } from './cursor.ts'
import { escapedSet } from './escape.ts'
import { groupStart, type JavaFlags } from './group.ts'
import { lineTerminators } from './named-sets.ts'
import { alternation, assertion, atom, type Part, sequence } from './part.ts'
import { anchors, escapedPlaces } from './places.ts'
import { quantified } from './quantifier.ts'

/** Deeper nesting is refused: Java's own parser and matcher recurse too. */
const deepest = 200

/** Reads a pattern of java.util.regex and writes it as one of JavaScript. Throws Refused. */
export class Parser {
  readonly cursor: Cursor
  readonly names = new Map<string, number>()
  groups = 0
  /** Where the first `\b` or `\B` stands. */
  wordBoundaryAt: number | undefined
  private flags: JavaFlags
  private depth = 0
  private behind = 0
  /** Groups that are set wherever the matcher stands here. */
  private bound: readonly number[] = []

  constructor(pattern: string, flags: JavaFlags) {
    this.cursor = new Cursor(pattern)
    this.flags = flags
  }

  whole(): Part {
    const part = this.branches()
    if (!this.cursor.done) this.cursor.refuse('a ) without its (')
    return part
  }

  private branches(): Part {
    if (++this.depth > deepest) this.cursor.refuse('groups nested too deeply')
    const before = this.bound
    const found = [this.branch()]
    while (this.cursor.eat('|')) {
      this.bound = before
      found.push(this.branch())
    }
    this.bound = before
    this.depth--
    return alternation(found)
  }

  private branch(): Part {
    const parts: Part[] = []
    while (!this.cursor.done && !this.cursor.looksAt('|') && !this.cursor.looksAt(')')) {
      const before = this.bound
      const read = this.item()
      const last = read.pop()
      if (last === undefined) continue
      const part = quantified(this.cursor, last)
      parts.push(...read, part)
      this.bound = [...before, ...part.sure]
    }
    return sequence(parts)
  }

  /** What a quantifier would stand behind; several for `\Q…\E`, where it belongs to the last, and none for `(?i)`. */
  private item(): Part[] {
    const { cursor } = this
    if (cursor.match(/[*+?]/y)) cursor.refuse('a quantifier with nothing before it', cursor.at - 1)
    if (cursor.looksAt('{')) cursor.refuse('a { that begins no quantifier; Java wants it escaped')
    if (cursor.eat('\\Q')) return quoted(cursor).map((code) => this.literal(code))
    if (cursor.looksAt('(')) return this.group()
    if (cursor.eat('[')) return [atom(charClass(cursor, this.flags.caseInsensitive))]
    if (cursor.eat('.')) return [atom(this.flags.dotAll ? '[^]' : printSet(lineTerminators, true))]
    const place = cursor.match(/[$^]/y)?.[0] as '^' | '$' | undefined
    if (place) return [assertion(anchors[place][this.flags.multiline ? 'multi' : 'single'])]
    return [cursor.eat('\\') ? this.escape() : this.literal(cursor.take())]
  }

  private literal(code: number): Part {
    const set = this.flags.caseInsensitive ? bothCases(single(code)) : single(code)
    return atom(set.ranges.length > 1 ? printSet(set) : printSet(set).slice(1, -1))
  }

  private escape(): Part {
    const { cursor } = this
    const letter = cursor.text[cursor.at] ?? ''
    const place = escapedPlaces[letter]
    if (place !== undefined) {
      if (cursor.text[cursor.at + 1] === '{') cursor.refuse('a boundary of a kind that JavaScript lacks')
      if (/b/i.test(letter)) this.wordBoundaryAt ??= cursor.at - 1
      cursor.at++
      return assertion(place)
    }
    if (/[1-9k]/.test(letter)) return this.reference()
    const set = escapedSet(cursor, this.flags.caseInsensitive)
    return atom(printSet(this.flags.caseInsensitive ? bothCases(set) : set))
  }

  /** Java fails where a group is not set, JavaScript matches nothing: only groups that are surely set may be named. */
  private reference(): Part {
    const { cursor } = this
    const start = cursor.at - 1
    const name = cursor.match(/k<([A-Za-z][A-Za-z0-9]*)>/y)?.[1]
    const number = name === undefined ? this.referenced() : this.names.get(name)
    if (number === undefined || !this.bound.includes(number))
      cursor.refuse('a reference to a group that is not surely set here', start)
    if (this.flags.caseInsensitive) cursor.refuse('a reference without regard to case', start)
    if (this.behind > 0) cursor.refuse('a reference in a look-behind', start)
    return { ...atom(`(?:\\${number})`, 0), max: Infinity }
  }

  /** Java takes as many digits as there are groups for. */
  private referenced(): number | undefined {
    const first = this.cursor.match(/\d/y)
    if (!first) return undefined
    let number = Number(first[0])
    for (
      let next = this.nextDigit();
      next !== undefined && number * 10 + next <= this.groups;
      next = this.nextDigit()
    ) {
      number = number * 10 + next
      this.cursor.at++
    }
    return number
  }

  private nextDigit(): number | undefined {
    const char = this.cursor.text[this.cursor.at] ?? ''
    return /\d/.test(char) ? Number(char) : undefined
  }

  private group(): Part[] {
    const { cursor, flags, bound } = this
    const at = cursor.at
    const start = groupStart(cursor, flags)
    if (start.is === 'flags') {
      this.flags = start.flags
      return []
    }
    const number = start.is === 'capture' ? ++this.groups : 0
    this.flags = start.flags
    const behind = start.is === 'look' && start.behind
    this.behind += behind ? 1 : 0
    const inner = this.branches()
    this.behind -= behind ? 1 : 0
    this.flags = flags
    if (!cursor.eat(')')) cursor.refuse('a ( without its )', at)
    if (start.is === 'look') return [this.look(start, inner, at)]
    if (start.is === 'capture' && start.name !== undefined) this.name(start.name, number, at)
    this.bound = bound
    const source = `${start.is === 'capture' ? '(' : '(?:'}${inner.source})`
    if (number === 0) return [{ ...inner, source, assertion: false }]
    return [{ ...inner, source, groups: [number, ...inner.groups], sure: [number, ...inner.sure], assertion: false }]
  }

  private look({ open, behind }: { open: string; behind: boolean }, inner: Part, at: number): Part {
    if (inner.groups.length > 0)
      this.cursor.refuse('a capturing group in a look-around, which Java does not take back', at)
    if (behind && inner.max === Infinity) this.cursor.refuse('a look-behind without a longest length', at)
    return assertion(`${open}${inner.source})`)
  }

  private name(name: string, number: number, at: number): void {
    if (this.names.has(name)) this.cursor.refuse('two groups of one name', at)
    this.names.set(name, number)
  }
}
