import { problemAt, type FormatProblem } from '@siembridge/formats'

/** The right side of a mapping. `word` is a token's name, or text without quotes; which, the declared tokens tell. */
export type Expression =
  | { readonly is: 'operation'; readonly name: string; readonly args: readonly Expression[]; readonly at: number }
  | { readonly is: 'quoted'; readonly text: string; readonly at: number }
  | { readonly is: 'word'; readonly text: string; readonly at: number }
  | { readonly is: 'empty'; readonly at: number }

const deepest = 50

/** Reads an expression: `__op(arg,…)`, `"text"`, a token's name. Positions are those in the unescaped value. */
export function parseExpression(text: string): Expression | FormatProblem {
  const reader = new Reader(text)
  const found = reader.expression(0)
  if ('problem' in found) return found
  return reader.done ? found : problemAt(reader.at, `"${text.slice(reader.at)}" follows the end of the expression`)
}

class Reader {
  at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  get done(): boolean {
    return this.at >= this.text.length
  }

  expression(depth: number): Expression | FormatProblem {
    if (depth > deepest) return problemAt(this.at, 'operations are nested too deeply')
    this.spaces()
    const operation = this.match(/__(\w+)[ \t]*\(/y)
    if (operation) return this.operation(operation[1] ?? '', operation.index, depth)
    if (this.text[this.at] === '"') return this.quoted()
    return this.word(depth > 0)
  }

  private operation(name: string, at: number, depth: number): Expression | FormatProblem {
    const args: Expression[] = []
    this.spaces()
    if (this.eat(')')) return this.ended({ is: 'operation', name, args, at })
    for (;;) {
      const arg = this.expression(depth + 1)
      if ('problem' in arg) return arg
      args.push(arg)
      this.spaces()
      if (this.eat(')')) return this.ended({ is: 'operation', name, args, at })
      if (this.done) return problemAt(at, `__${name}( has no closing bracket`)
      if (!this.eat(',')) return problemAt(this.at, 'a comma or a closing bracket was expected')
    }
  }

  private ended(found: Expression): Expression {
    this.spaces()
    return found
  }

  /** `\"` is a quote; every other backslash stays, because patterns want theirs. */
  private quoted(): Expression | FormatProblem {
    const found = this.match(/"((?:[^"\\]|\\[^])*)"/y)
    if (!found) return problemAt(this.at, 'a text without its closing quote')
    this.spaces()
    return { is: 'quoted', text: (found[1] ?? '').replaceAll('\\"', '"'), at: found.index }
  }

  /** In brackets a word ends at a comma or bracket; brackets in pairs belong to it. */
  private word(inside: boolean): Expression {
    const at = this.at
    const found = this.match(inside ? /(?:[^(),"]|\([^()]*\))*/y : /[^]*/y)
    const text = (found?.[0] ?? '').trim()
    return text === '' ? { is: 'empty', at } : { is: 'word', text, at }
  }

  private spaces(): void {
    this.match(/[ \t]*/y)
  }

  private eat(char: string): boolean {
    const found = this.text[this.at] === char
    if (found) this.at++
    return found
  }

  private match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.at
    const found = sticky.exec(this.text)
    if (found) this.at += found[0].length
    return found
  }
}

/** Every token or text that stands in the expression without quotes. */
export function wordsOf(expression: Expression): readonly { readonly text: string; readonly at: number }[] {
  if (expression.is === 'word') return [expression]
  return expression.is === 'operation' ? expression.args.flatMap(wordsOf) : []
}
