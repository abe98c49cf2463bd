import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Eval, evalFunctions, type EvalFunction } from './ast.ts'
import { evaluate, textsOf } from './evaluate.ts'
import { EvalError } from './lex.ts'
import { parseEval } from './parse.ts'
import { printEval } from './print.ts'

const fields = new Map<string, readonly string[]>([
  ['a', ['Alpha']],
  ['many', ['one', 'two', 'three']],
  ['list', ['x@contoso.com, y@contoso.com']],
  ['number', ['007']],
  ['json', ['{"a":{"b":[{"c":1},{"c":"two"}]},"n":null}']],
  ['empty', ['']],
])
const result = (source: string): readonly string[] => textsOf(evaluate(parseEval(source), fields))

describe('expressions are carried out as the Search Reference says', () => {
  test.for([
    ['coalesce(none,a,"z")', ['Alpha']],
    ['coalesce(empty,"z")', ['']],
    ['case(none=="x","1",a=="Alpha","2")', ['2']],
    ['case(a=="alpha","1")', []],
    ['case(none=="x","1",true(),"rest")', ['rest']],
    ['case(number==7,"same number")', ['same number']],
    ['case(in(a,"Beta","Alpha"),"in")', ['in']],
    ['case(like(a,"Al%a") AND like(a,"_lpha"),"like")', ['like']],
    ['case(like(a,"Al"),"like",like(none,"%"),"null")', []],
    ['case(a=="x" OR a=="Alpha","or")', ['or']],
    ['lower(a)', ['alpha']],
    ['replace(a,"^A(.)","\\\\1\\\\1")', ['llpha']],
    ['split(list,", ")', ['x@contoso.com', 'y@contoso.com']],
    ['mvindex(split(list,", "),0)', ['x@contoso.com']],
    ['mvindex(many,-1)', ['three']],
    ['mvindex(many,1,2)', ['two', 'three']],
    ['mvindex(many,9)', []],
    ['mvcount(many)', ['3']],
    ['mvcount(none)', []],
    ['mvjoin(many,"; ")', ['one; two; three']],
    ['json_extract(json,"a.b{}.c")', ['1', 'two']],
    ['json_extract(json,"a.b{1}.c")', ['two']],
    ['json_extract(json,"a")', ['{"b":[{"c":1},{"c":"two"}]}']],
    ['json_extract(json,"n")', []],
    ['json_extract(a,"n")', []],
    ['case(isnotnull(many),"there")', ['there']],
    ["coalesce('a')", ['Alpha']],
  ] as const)('%s', ([source, wanted]) => {
    expect(result(source)).toEqual(wanted)
  })
})

describe('what is outside the subset is refused with its place', () => {
  test.for([
    ['upper(a)', 0],
    ['a . b', 2],
    ['case(a)', 0],
    ['lower(a,b)', 0],
    ['lower(a', 7],
    ['a b', 2],
    ['"open', 0],
    ['', 0],
  ] as const)('%s', ([source, at]) => {
    const refused = (): Eval => parseEval(source)
    expect(refused).toThrow(EvalError)
    expect(refused).toThrow(expect.objectContaining({ at }))
  })
})

const leaf: fc.Arbitrary<Eval> = fc.oneof(
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.{}]{0,8}$/).map((name): Eval => ({ is: 'field', name })),
  fc.string({ maxLength: 12 }).map((value): Eval => ({ is: 'text', value })),
  fc.integer({ min: -9, max: 99 }).map((value): Eval => ({ is: 'number', value })),
)
const expression = fc.letrec<{ node: Eval }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.tuple(tie('node'), tie('node')).map(([left, right]): Eval => ({ is: 'equal', left, right })),
    fc
      .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(tie('node'), { minLength: 2, maxLength: 3 }))
      .map(([is, parts]): Eval => ({ is, parts })),
    fc
      .tuple(
        fc.constantFrom(...(Object.keys(evalFunctions) as EvalFunction[])),
        fc.array(tie('node'), { minLength: 4, maxLength: 4 }),
      )
      .map(([name, args]): Eval => {
        const [least, most] = evalFunctions[name]
        return { is: 'call', name, args: args.slice(0, Math.max(least, Math.min(most, 4))) }
      }),
  ),
})).node

test('what is printed is parsed back to the same expression', () => {
  fc.assert(
    fc.property(expression, (node) => {
      expect(parseEval(printEval(node))).toEqual(node)
    }),
  )
})
