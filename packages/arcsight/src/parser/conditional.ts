import type { Property } from '@siembridge/formats'
import type { Names } from './expressions.ts'
import { checkField, readMapping } from './mappings.ts'
import type { ConditionalMap, Mapping } from './model.ts'
import type { Source } from './source.ts'

interface Draft {
  line: number
  field?: string
  readonly cases: Map<number, { values: readonly string[]; mappings: Mapping[] }>
  count?: number
}

/** `conditionalmap[c]…`, in the order of their numbers. */
export function readConditionals(source: Source, names: Names): readonly ConditionalMap[] {
  const drafts = new Map<number, Draft>()
  for (const { property, groups } of source.matching(/^conditionalmap\[(\d{1,5})\]\.(.+)$/)) {
    const index = Number(groups[0])
    const draft = drafts.get(index) ?? { line: property.line, cases: new Map() }
    drafts.set(index, draft)
    readPart(groups[1] ?? '', property, draft, source, names)
  }
  checkNumbers('conditionalmap.count', [...drafts.keys()], source)
  return [...drafts].toSorted(([a], [b]) => a - b).flatMap(([index, draft]) => finished(index, draft, source))
}

function readPart(part: string, property: Property, draft: Draft, source: Source, names: Names): void {
  const { value, line, key } = property
  if (part === 'field') {
    draft.field = value.trim().replace(/^event\./, '')
    checkField(draft.field, line, source.problems)
  } else if (part === 'mappings.count') draft.count = source.count(key)?.value ?? 0
  else if (part === 'token') {
    source.problems.warning(
      'conditional-token',
      line,
      `${key}: a map by a token stands in one published file, and what it does there is not told`,
      'Use .field.',
    )
  } else readCase(part, property, draft, source, names)
}

function readCase(part: string, property: Property, draft: Draft, source: Source, names: Names): void {
  const found = /^mappings\[(\d{1,5})\]\.(?:(values)|event\.(.+))$/.exec(part)
  if (!found) return unknownPart(property, source)
  const at = Number(found[1])
  const one = draft.cases.get(at) ?? { values: [], mappings: [] }
  draft.cases.set(at, one)
  if (found[2] !== undefined) one.values = property.value.split(',').map((value) => value.trim())
  else {
    const mapping = readMapping(found[3] ?? '', property, names, source.problems)
    if (mapping) one.mappings.push(mapping)
  }
}

export function unknownPart({ key, line }: Property, source: Source): void {
  source.problems.error(
    'key-unknown',
    line,
    `the connector does not know ${key} and passes over it in silence`,
    'Correct the key, or take the line out.',
  )
}

function finished(index: number, draft: Draft, { problems }: Source): ConditionalMap[] {
  const { line, field, cases, count } = draft
  const where = `conditionalmap[${index}]`
  if (count !== undefined && !isDense([...cases.keys()], count))
    problems.error(
      'conditional-count',
      line,
      `${where}.mappings.count is ${count}, but the mappings are ${listed([...cases.keys()])}`,
      'Number them from 0 without a gap, and set the count to their number.',
    )
  if (count === undefined)
    problems.error('count-missing', line, `${where} has no mappings.count`, `Add ${where}.mappings.count.`)
  for (const [at, one] of cases)
    if (one.values.length === 0)
      problems.warning(
        'conditional-values',
        line,
        `${where}.mappings[${at}] has no values`,
        `Add ${where}.mappings[${at}].values.`,
      )
  if (field === undefined) return []
  return [{ field, line, cases: [...cases].toSorted(([a], [b]) => a - b).map(([, one]) => one) }]
}

const isDense = (indices: readonly number[], count: number): boolean =>
  indices.length === count && indices.every((index) => index < count)

const listed = (indices: readonly number[]): string => indices.toSorted((a, b) => a - b).join(', ') || 'none'

/** Compares a count with the numbers that are there. */
export function checkNumbers(key: string, indices: readonly number[], source: Source): void {
  const count = source.count(key)
  if (!count && indices.length === 0) return
  if (!count) source.problems.error('count-missing', undefined, `there is no ${key}`, `Add ${key}=${indices.length}.`)
  else if (!isDense(indices, count.value))
    source.problems.error(
      'count-wrong',
      count.line,
      `${key} is ${count.value}, but the numbers are ${listed(indices)}`,
      'Number them from 0 without a gap, and set the count to their number.',
    )
}
