import { call, type Eval, type EvalFunction, evalFunctions } from './ast.ts'
import { EvalError, lexEval, type Token } from './lex.ts'

/** The expression of an `EVAL-` setting. Throws EvalError for what is outside the subset in `ast.ts`. */
export function parseEval(source: string): Eval {
  const parser = new Parser(lexEval(source), source.length)
  const node = parser.any()
  parser.end()
  return node
}

class Parser {
  private next = 0
  private readonly tokens: readonly Token[]
  private readonly length: number
  constructor(tokens: readonly Token[], length: number) {
    this.tokens = tokens
    this.length = length
  }

  any(): Eval {
    return this.list('any', 'OR', () => this.all())
  }

  end(): void {
    if (this.next < this.tokens.length) this.fail('the expression goes on where it should end')
  }

  private all(): Eval {
    return this.list('all', 'AND', () => this.equal())
  }

  private list(is: 'all' | 'any', word: string, part: () => Eval): Eval {
    const parts = [part()]
    while (this.takeWord(word)) parts.push(part())
    return parts.length === 1 ? (parts[0] as Eval) : { is, parts }
  }

  private equal(): Eval {
    const left = this.value()
    return this.takeSign('==') ? { is: 'equal', left, right: this.value() } : left
  }

  private value(): Eval {
    const token = this.tokens[this.next++]
    if (token?.is === 'text') return { is: 'text', value: token.value }
    if (token?.is === 'number') return { is: 'number', value: Number(token.value) }
    if (token?.is === 'quoted-name') return { is: 'field', name: token.value }
    if (token?.is === 'name') return this.takeSign('(') ? this.called(token) : { is: 'field', name: token.value }
    if (token?.is === 'sign' && token.value === '-')
      return { is: 'number', value: -Number(this.tokens[this.next++]?.value) }
    if (token?.is === 'sign' && token.value === '(') {
      const inside = this.any()
      if (!this.takeSign(')')) this.fail('")" is missing')
      return inside
    }
    this.next--
    return this.fail('a value is missing')
  }

  private called({ value, at }: Token): Eval {
    const args: Eval[] = []
    if (!this.takeSign(')')) {
      do args.push(this.any())
      while (this.takeSign(','))
      if (!this.takeSign(')')) this.fail('")" is missing')
    }
    const name = value.toLowerCase()
    if (!isFunction(name)) throw new EvalError(`${value}() is no function that is generated`, at)
    const [least, most] = evalFunctions[name]
    if (args.length < least || args.length > most || (name === 'case' && args.length % 2 !== 0))
      throw new EvalError(`${value}() does not take ${args.length} arguments`, at)
    return call(name, ...args)
  }

  private takeWord(word: string): boolean {
    const token = this.tokens[this.next]
    if (token?.is !== 'name' || token.value.toUpperCase() !== word) return false
    this.next++
    return true
  }

  private takeSign(sign: string): boolean {
    const token = this.tokens[this.next]
    if (token?.is !== 'sign' || token.value !== sign) return false
    this.next++
    return true
  }

  private fail(problem: string): never {
    throw new EvalError(problem, this.tokens[this.next]?.at ?? this.length)
  }
}

const isFunction = (name: string): name is EvalFunction => Object.hasOwn(evalFunctions, name)
