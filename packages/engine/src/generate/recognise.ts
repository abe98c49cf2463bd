import type { Test } from '@siembridge/catalog'
import { parseSelector } from '@siembridge/catalog'
import type { Candidate } from '../interpret/recognise.ts'
import { lowerAscii } from '../values/text.ts'
import { FunctionWriter, hasList, type ModuleWriter } from './function.ts'

const quote = JSON.stringify

/**
 * A function from a parsed record to the number of its shape, or -1. Neighbours in the list that ask the same question
 * share one table, so that a family of any size costs one look-up; the order of the list is kept.
 */
export function recogniseFunction(candidates: readonly Candidate[], module: ModuleWriter): string {
  const bits = new KeyBits()
  const fn = new FunctionWriter(module, { here: 'r', record: 'r', levels: {}, keys: 'c.keys' })
  for (const group of grouped(candidates)) fn.statement(groupCode(group, bits, fn))
  fn.statement('return -1')
  const keys = module.constant('B', `keyBits(${quote(bits.rows())})`)
  return `(r, c) => {\n  const m = ${keys}.of(r)\n  c.keys = m\n${fn.body()}\n}`
}

interface Group {
  readonly test: Test
  readonly members: { readonly at: number; readonly test: Test }[]
}

const question = ({ has, lacks, is, also }: Test): string => quote([has, lacks, is?.[0], also])

/** Members of one family (same keys, same discriminator) meet in one group where nothing of another rank lies between. */
function grouped(candidates: readonly Candidate[]): Group[] {
  const groups: (Group & { rank: number })[] = []
  candidates.forEach(({ shape }, at) => {
    const rank = shape.rank ?? 0
    const known = groups.find((g) => g.rank === rank && question(g.test) === question(shape.when))
    if (known) known.members.push({ at, test: shape.when })
    else groups.push({ rank, test: shape.when, members: [{ at, test: shape.when }] })
  })
  return groups
}

function groupCode({ test, members }: Group, bits: KeyBits, fn: FunctionWriter): string {
  const masks = [...test.has.map((key) => bits.test(key)), ...(test.lacks ?? []).map((key) => `!${bits.test(key)}`)]
  const condition = [...masks, ...(test.also ? [valueTest(test.also, fn)] : [])].join(' && ')
  if (!test.is) return `if (${condition}) return ${members[0]?.at ?? -1}`
  const exact: Record<string, number> = {}
  const globs: (readonly [string, number])[] = []
  for (const { at, test: own } of members) {
    const [, ...values] = own.is ?? ['']
    for (const value of values.map(lowerAscii)) {
      if (value.includes('*')) globs.push([value, at])
      else exact[value] ??= at
    }
  }
  const table = fn.module.constant('M', `shapeTable(${quote(exact)}, ${quote(globs)})`)
  return `if (${condition}) { const at = ${shapeCode(test.is[0], table, fn)}; if (at >= 0) return at }`
}

function shapeCode(selector: string, table: string, fn: FunctionWriter): string {
  const parsed = parseSelector(selector)
  return hasList(parsed)
    ? `shapeAt(textsOf(${fn.values(parsed)}), ${table})`
    : `shapeOf(textAt(${fn.value(parsed)}), ${table})`
}

function valueTest([selector, ...values]: readonly [string, ...string[]], fn: FunctionWriter): string {
  const pattern = fn.module.constant('P', `patternOf(${quote(values)})`)
  const parsed = parseSelector(selector)
  const texts = hasList(parsed) ? `textsOf(${fn.values(parsed)})` : `listOf(textAt(${fn.value(parsed)}))`
  return `${texts}.some((t) => matches(t, ${pattern}))`
}

/** Each group of keys that a test asks for gets a bit; a key sets the bits of all its groups. */
class KeyBits {
  private readonly groups: string[] = []

  test(either: string): string {
    let at = this.groups.indexOf(either)
    if (at < 0) at = this.groups.push(either) - 1
    return at < 30 ? `(m.low & ${2 ** at})` : `(m.high & ${2 ** (at - 30)})`
  }

  /** Key in lower case to its bits, low and high thirty. */
  rows(): Record<string, readonly [number, number]> {
    const rows: Record<string, [number, number]> = {}
    if (this.groups.length > 60) throw new Error('more than 60 groups of keys tell the shapes apart; share some')
    this.groups.forEach((either, at) => {
      for (const key of either.split('|')) {
        const row = (rows[lowerAscii(key)] ??= [0, 0])
        row[at < 30 ? 0 : 1] += 2 ** (at % 30)
      }
    })
    return rows
  }
}
