import { type Json, JsonNumber } from './json.ts'

/** Where and why a text is not JSON; `at` counts characters from 0. */
export class JsonError extends Error {
  readonly at: number
  constructor(problem: string, at: number) {
    super(problem)
    this.name = 'JsonError'
    this.at = at
  }
}

/** Deeper records are refused: no record of Microsoft's comes near, and every reader behind us has a limit of its own. */
export const maxDepth = 512

const numberText = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const plainText = /[^"\\\u0000-\u001f]*/y
const space = /[ \t\r\n]*/y
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/**
 * RFC 8259, strictly, keeping the text of numbers. A name that comes twice keeps its first place and its last value, as
 * `JSON.parse` has it. Throws JsonError.
 */
export function parseJson(text: string): Json {
  const parser = new Parser(text)
  const value = parser.value(0)
  parser.end()
  return value
}

class Parser {
  private at = 0
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }

  value(depth: number): Json {
    this.skip()
    const c = this.text[this.at]
    if (c === '{') return this.object(depth)
    if (c === '[') return this.array(depth)
    if (c === '"') return this.string()
    if (c === 't') return this.word('true', true)
    if (c === 'f') return this.word('false', false)
    if (c === 'n') return this.word('null', null)
    return this.number()
  }

  end(): void {
    this.skip()
    if (this.at < this.text.length) this.fail('something follows the end of the record')
  }

  private object(depth: number): Json {
    this.deeper(depth)
    const members = new Map<string, Json>()
    this.at++
    this.skip()
    if (this.take('}')) return members
    for (;;) {
      this.skip()
      if (this.text[this.at] !== '"') this.fail('a member name in double quotes was expected')
      const name = this.string()
      this.skip()
      if (!this.take(':')) this.fail('":" was expected after a member name')
      members.set(name, this.value(depth + 1))
      this.skip()
      if (this.take('}')) return members
      if (!this.take(',')) this.fail('"," or "}" was expected')
    }
  }

  private array(depth: number): Json {
    this.deeper(depth)
    const elements: Json[] = []
    this.at++
    this.skip()
    if (this.take(']')) return elements
    for (;;) {
      elements.push(this.value(depth + 1))
      this.skip()
      if (this.take(']')) return elements
      if (!this.take(',')) this.fail('"," or "]" was expected')
    }
  }

  private string(): string {
    this.at++
    let value = ''
    for (;;) {
      plainText.lastIndex = this.at
      plainText.exec(this.text)
      value += this.text.slice(this.at, plainText.lastIndex)
      this.at = plainText.lastIndex
      if (this.take('"')) return value
      if (this.text[this.at] === '\\') value += this.escape()
      else
        this.fail(
          this.at < this.text.length
            ? 'a raw control character stands inside a string'
            : 'the record ends inside a string',
        )
    }
  }

  private escape(): string {
    const c = this.text[this.at + 1]
    const simple = c === undefined ? undefined : escapes[c]
    if (simple !== undefined) {
      this.at += 2
      return simple
    }
    const hex = this.text.slice(this.at + 2, this.at + 6)
    if (c !== 'u' || !/^[0-9a-fA-F]{4}$/.test(hex)) this.fail('an escape that JSON does not know')
    this.at += 6
    return String.fromCharCode(Number.parseInt(hex, 16))
  }

  private number(): Json {
    numberText.lastIndex = this.at
    const found = numberText.exec(this.text)
    if (!found) this.fail(this.at < this.text.length ? 'a value was expected' : 'the record ends in the middle')
    this.at = numberText.lastIndex
    return new JsonNumber(found[0])
  }

  private word(word: string, value: boolean | null): Json {
    if (!this.text.startsWith(word, this.at)) this.fail('a value was expected')
    this.at += word.length
    return value
  }

  private deeper(depth: number): void {
    if (depth >= maxDepth) this.fail(`nested deeper than ${maxDepth}`)
  }

  private skip(): void {
    space.lastIndex = this.at
    space.exec(this.text)
    this.at = space.lastIndex
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  private fail(problem: string): never {
    throw new JsonError(problem, this.at)
  }
}
