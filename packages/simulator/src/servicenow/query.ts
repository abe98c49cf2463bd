import type { Row } from './tables.ts'

type Test = (row: Row) => boolean

export interface Query {
  readonly keeps: Test
  readonly order: readonly { readonly field: string; readonly down: boolean }[]
  /** A part made no sense. */
  readonly invalid: boolean
}

export interface QueryWorld {
  /** Whether a field can be asked for, references by dots included. */
  has(field: string): boolean
  value(row: Row, field: string): string
  /** Times in conditions as UTC. */
  time(text: string): string
}

const operators = [
  'ISNOTEMPTY',
  'ISEMPTY',
  'STARTSWITH',
  'ENDSWITH',
  'NOT IN',
  'LIKE',
  'IN',
  '!=',
  '>=',
  '<=',
  '=',
  '>',
  '<',
] as const

/** A condition's test, made once a query. Values are compared as the instance's database does: without regard to case. */
const tests: Readonly<Record<(typeof operators)[number], (wanted: string) => (value: string) => boolean>> = {
  ISNOTEMPTY: () => (value) => value !== '',
  ISEMPTY: () => (value) => value === '',
  STARTSWITH: (wanted) => (value) => lower(value).startsWith(lower(wanted)),
  ENDSWITH: (wanted) => (value) => lower(value).endsWith(lower(wanted)),
  LIKE: (wanted) => (value) => lower(value).includes(lower(wanted)),
  IN: (wanted) => {
    const all = new Set(wanted.split(',').map(lower))
    return (value) => all.has(lower(value))
  },
  'NOT IN': (wanted) => {
    const all = new Set(wanted.split(',').map(lower))
    return (value) => !all.has(lower(value))
  },
  '=': (wanted) => (value) => lower(value) === lower(wanted),
  '!=': (wanted) => (value) => lower(value) !== lower(wanted),
  '>=': (wanted) => (value) => value >= wanted,
  '<=': (wanted) => (value) => value <= wanted,
  '>': (wanted) => (value) => value > wanted,
  '<': (wanted) => (value) => value < wanted,
}

const lower = (text: string): string => text.toLowerCase()

const timeForm = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/

/** An encoded query: `^` joins conditions, `^OR` alternatives, `^NQ` whole queries. What makes no sense is left out. */
export function parseQuery(text: string, world: QueryWorld): Query {
  const order: { field: string; down: boolean }[] = []
  let invalid = false
  const queries = text.split('^NQ').map((part) => {
    const groups: Test[][] = []
    for (const piece of part.split(/\^(?!NQ)/)) {
      if (piece === '' || piece === 'EQ') continue
      const sort = /^ORDERBY(DESC)?(.+)$/.exec(piece)
      if (sort) {
        order.push({ field: sort[2] ?? '', down: sort[1] !== undefined })
        continue
      }
      const or = piece.startsWith('OR')
      const test = condition(or ? piece.slice(2) : piece, world)
      if (!test) invalid = true
      else if (or && groups.length > 0) groups.at(-1)?.push(test)
      else groups.push([test])
    }
    return (row: Row) => groups.every((group) => group.some((test) => test(row)))
  })
  return { keeps: (row) => queries.some((keeps) => keeps(row)), order, invalid }
}

function condition(text: string, world: QueryWorld): Test | undefined {
  const [, field = '', rest = ''] =
    /^([a-z_][a-z0-9_.]*?)((?:ISNOTEMPTY|ISEMPTY|STARTSWITH|ENDSWITH|NOT IN|LIKE|IN|[!><]?=|[<>]).*)$/s.exec(text) ?? []
  const operator = operators.find((one) => rest.startsWith(one))
  if (field === '' || !operator || !world.has(field)) return undefined
  const given = rest.slice(operator.length)
  const wanted = timeForm.test(given) ? world.time(given) : given
  const test = tests[operator](wanted)
  return (row) => test(world.value(row, field))
}
