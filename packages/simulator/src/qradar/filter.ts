import type { Row } from './rows.ts'

type Test = (row: Row) => boolean

const term = /\s*(?:([a-z_]+)\s*(=|!=|<|>|<=|>=|ilike|like)\s*("(?:[^"\\]|\\.)*"|-?\d+|true|false|null))\s*/iy
const joint = /(and|or)\b/iy

/** What `filter` selects: comparisons joined by `and`, those by `or`, without brackets. Undefined for what is not of it. */
export function parseFilter(text: string): Test | undefined {
  const alternatives: Test[][] = [[]]
  let at = 0
  for (;;) {
    term.lastIndex = at
    const found = term.exec(text)
    if (!found) return undefined
    const [, member = '', operator = '', value = ''] = found
    alternatives.at(-1)?.push(comparison(member, operator.toLowerCase(), literal(value)))
    at = term.lastIndex
    if (at === text.length) return (row) => alternatives.some((tests) => tests.every((test) => test(row)))
    joint.lastIndex = at
    const word = joint.exec(text)?.[1]?.toLowerCase()
    if (word === undefined) return undefined
    if (word === 'or') alternatives.push([])
    at = joint.lastIndex
  }
}

const literal = (text: string): unknown =>
  text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : (JSON.parse(text) as unknown)

function comparison(member: string, operator: string, value: unknown): Test {
  const like = operator.endsWith('like') ? pattern(String(value), operator === 'ilike') : undefined
  return (row) => {
    const found = row[member]
    if (like) return typeof found === 'string' && like.test(found)
    switch (operator) {
      case '=':
        return found === value
      case '!=':
        return found !== value
      default:
        return typeof found === 'number' && typeof value === 'number' && compare(found, operator, value)
    }
  }
}

const compare = (a: number, operator: string, b: number): boolean =>
  operator === '<' ? a < b : operator === '>' ? a > b : operator === '<=' ? a <= b : a >= b

const pattern = (text: string, anyCase: boolean): RegExp =>
  new RegExp(
    `^${text
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('%', '[^]*')
      .replaceAll('_', '[^]')}$`,
    anyCase ? 'i' : '',
  )
