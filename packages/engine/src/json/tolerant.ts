import { type Json, JsonNumber, printJson } from './json.ts'
import { JsonError, maxDepth } from './parse.ts'

const word = /[A-Za-z_][A-Za-z0-9_]*/y
const number = /[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y

/**
 * What Azure services write in place of JSON (sources: Function App and PostgreSQL logs): strings in single quotes with
 * doubled or bare apostrophes, raw line breaks and control characters in strings, bare `NaN`, `Infinity`, `None`, `True`,
 * trailing commas, missing quotes around names, anything after the end. Returns proper JSON text, or throws JsonError
 * where it ends in the middle or is nothing of the kind. A value that cannot be read (`[ 218 B blob data ]`) becomes a
 * string of its source.
 */
export function repairJson(text: string): string {
  return printJson(new Repair(text).document())
}

class Repair {
  private at = 0
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }

  document(): Json {
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1
    this.skip()
    const c = this.text[this.at]
    if (c !== '{' && c !== '[') this.fail('a record was expected')
    return this.value(0)
  }

  private value(depth: number): Json {
    if (depth > maxDepth) this.fail(`nested deeper than ${maxDepth}`)
    this.skip()
    const c = this.text[this.at]
    if (c === undefined) this.fail('the record ends in the middle')
    if (c === '{') return this.object(depth)
    if (c === '[') return this.list(depth)
    if (c === '"' || c === "'") return this.string(c)
    return this.bare()
  }

  private object(depth: number): Json {
    const members = new Map<string, Json>()
    this.at++
    for (;;) {
      this.skip()
      const c = this.text[this.at]
      if (c === '}') {
        this.at++
        return members
      }
      if (c === ',') {
        this.at++
        continue
      }
      if (c === undefined) this.fail('the record ends in the middle')
      const name = c === '"' || c === "'" ? this.string(c) : this.name()
      this.skip()
      if (this.text[this.at] !== ':') this.fail('":" was expected after a member name')
      this.at++
      members.set(name, this.value(depth + 1))
      this.skip()
      if (!/[,}]/.test(this.text[this.at] ?? '')) this.fail('"," or "}" was expected')
    }
  }

  private list(depth: number): Json {
    const start = this.at
    const elements: Json[] = []
    this.at++
    for (;;) {
      this.skip()
      const c = this.text[this.at]
      if (c === ']') {
        this.at++
        return elements
      }
      if (c === ',') this.at++
      else if (c === undefined) this.fail('the record ends in the middle')
      else {
        elements.push(this.value(depth + 1))
        this.skip()
        if (!/[,\]]/.test(this.text[this.at] ?? '')) return this.source(start)
      }
    }
  }

  /** `[ 218 B blob data ]`: not a list at all; kept as text up to its bracket. */
  private source(start: number): string {
    const end = this.text.indexOf(']', this.at)
    if (end < 0) this.fail('the record ends in the middle')
    this.at = end + 1
    return this.text.slice(start, this.at)
  }

  private string(quote: string): string {
    let value = ''
    this.at++
    for (;;) {
      const c = this.text[this.at]
      if (c === undefined) this.fail('the record ends inside a string')
      if (c === '\\') value += this.escape()
      else if (c === quote) {
        if (this.closes(quote)) {
          this.at++
          return value
        }
        // An apostrophe within: doubled (SQL style) or bare.
        this.at += this.text[this.at + 1] === quote ? 2 : 1
        value += quote
      } else {
        value += c
        this.at++
      }
    }
  }

  /** A double quote always closes; a single one only where a separator follows, for apostrophes stand unescaped. */
  private closes(quote: string): boolean {
    if (quote === '"') return true
    const rest = /^'[ \t\r\n]*([,:}\]]|$)/.exec(this.text.slice(this.at, this.at + 200))
    return rest !== null
  }

  private escape(): string {
    const c = this.text[this.at + 1] ?? ''
    const hex = this.text.slice(this.at + 2, this.at + 6)
    if (c === 'u' && /^[0-9a-fA-F]{4}$/.test(hex)) {
      this.at += 6
      return String.fromCharCode(Number.parseInt(hex, 16))
    }
    this.at += 2
    const known: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
    return known[c] ?? (/["'\\/]/.test(c) ? c : `\\${c}`)
  }

  private name(): string {
    word.lastIndex = this.at
    const found = word.exec(this.text)
    if (!found) this.fail('a member name was expected')
    this.at = word.lastIndex
    return found[0]
  }

  private bare(): Json {
    number.lastIndex = this.at
    const digits = number.exec(this.text)
    if (digits) {
      this.at = number.lastIndex
      if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(digits[0])) return new JsonNumber(digits[0])
      const value = Number(digits[0])
      return Number.isFinite(value) ? new JsonNumber(String(value)) : null
    }
    const name = this.name()
    if (name === 'true' || name === 'True') return true
    if (name === 'false' || name === 'False') return false
    if (['null', 'None', 'NaN', 'Infinity', 'undefined'].includes(name)) return null
    return name
  }

  private skip(): void {
    while (this.at < this.text.length && this.text.charCodeAt(this.at) <= 0x20) this.at++
  }

  private fail(problem: string): never {
    throw new JsonError(problem, this.at)
  }
}
