/**
 * Selectors: how an expression points into a record.
 *
 *     selector := [ "^" [ level ] [ "." ] ] [ step { "." step } ]
 *     step     := key { "|" key } { "[]" | "[" key "=" value "]" | "~" }
 *     key      := letters, digits, "_", "-", "@", "$", "#", " "  or  '"' anything '"'
 *
 * `a|b` takes the first key that is there; `[]` each element (an object that should have been a list is its only
 * element); `[k=v]` the elements whose `k` is `v`; `~` reads JSON out of a string; `.` alone is the current value;
 * `^` the enclosing record; `^name` the element of list `name` on the way to the current one.
 */
export type Step =
  | { readonly kind: 'key'; readonly names: readonly string[] }
  | { readonly kind: 'each' }
  | { readonly kind: 'where'; readonly key: string; readonly value: string }
  | { readonly kind: 'json' }

export interface Selector {
  /** Where it starts: the shape's root (or element), the enclosing record, or an element on the way. */
  readonly from: 'here' | 'record' | { readonly level: string }
  readonly steps: readonly Step[]
}

export class SelectorError extends Error {
  constructor(text: string, at: number, problem: string) {
    super(`selector ${JSON.stringify(text)}, character ${at + 1}: ${problem}`)
    this.name = 'SelectorError'
  }
}

const bareKey = /[A-Za-z0-9_\-@$# ]+/y

/** Throws SelectorError. Results are shared: do not change them. */
export function parseSelector(text: string): Selector {
  const known = cache.get(text)
  if (known) return known
  const parsed = new Parser(text).selector()
  cache.set(text, parsed)
  return parsed
}
const cache = new Map<string, Selector>()

class Parser {
  private at = 0
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }

  selector(): Selector {
    if (this.text === '.') return { from: 'here', steps: [] }
    const from = this.origin()
    const steps: Step[] = []
    while (this.at < this.text.length) {
      if (steps.length > 0) this.expect('.')
      this.step(steps)
    }
    if (from === 'here' && steps.length === 0) this.fail('a key is missing')
    return { from, steps }
  }

  private origin(): Selector['from'] {
    if (this.text[0] !== '^') return 'here'
    this.at = 1
    if (this.at === this.text.length) return 'record'
    if (this.text[1] === '.') {
      this.at = 2
      return 'record'
    }
    const level = this.key()
    if (this.at < this.text.length) this.expect('.')
    return { level }
  }

  private step(steps: Step[]): void {
    const names = [this.key()]
    while (this.text[this.at] === '|') {
      this.at++
      names.push(this.key())
    }
    steps.push({ kind: 'key', names })
    for (;;) {
      const c = this.text[this.at]
      if (c === '~') {
        this.at++
        steps.push({ kind: 'json' })
      } else if (c === '[') this.bracket(steps)
      else return
    }
  }

  private bracket(steps: Step[]): void {
    this.expect('[')
    if (this.text[this.at] === ']') {
      this.at++
      steps.push({ kind: 'each' })
      return
    }
    const key = this.key()
    this.expect('=')
    const end = this.text.indexOf(']', this.at)
    if (end < 0) this.fail('"]" is missing')
    steps.push({ kind: 'where', key, value: this.text.slice(this.at, end) })
    this.at = end + 1
  }

  private key(): string {
    if (this.text[this.at] === '"') {
      const end = this.text.indexOf('"', this.at + 1)
      if (end < 0) this.fail('the closing quote is missing')
      const key = this.text.slice(this.at + 1, end)
      this.at = end + 1
      return key
    }
    bareKey.lastIndex = this.at
    const found = bareKey.exec(this.text)
    if (!found) this.fail('a key is missing')
    this.at = bareKey.lastIndex
    return found[0]
  }

  private expect(character: string): void {
    if (this.text[this.at] !== character) this.fail(`"${character}" is missing`)
    this.at++
  }

  private fail(problem: string): never {
    throw new SelectorError(this.text, this.at, problem)
  }
}
