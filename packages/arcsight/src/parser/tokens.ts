import { checkFormat } from './formats.ts'
import type { ParserKind, Token } from './model.ts'
import type { Source } from './source.ts'
import { meant } from './similar.ts'

/** Types that published parsers use. */
export const tokenTypes: ReadonlySet<string> = new Set(
  'String Integer Long TimeStamp IPAddress IPv6Address MacAddress Date Time RegexToken'.split(' '),
)

interface Draft {
  line: number
  name?: string
  type?: string
  location?: string
  format?: string
}

/** The declared tokens, in the order of their numbers. */
export function readTokens(source: Source, kind: ParserKind): readonly Token[] {
  const drafts = new Map<number, Draft>()
  for (const { property, groups } of source.matching(/^token\[(\d{1,5})\]\.(name|type|location|format)$/)) {
    const draft = drafts.get(Number(groups[0])) ?? { line: property.line }
    draft[groups[1] as 'name' | 'type' | 'location' | 'format'] = property.value
    drafts.set(Number(groups[0]), draft)
  }
  checkCount(source, [...drafts.keys()])
  const tokens = [...drafts].toSorted(([a], [b]) => a - b).flatMap(([index, d]) => token(index, d, kind, source))
  checkNames(tokens, source)
  return tokens
}

function checkCount(source: Source, indices: readonly number[]): void {
  const { problems } = source
  const count = source.count('token.count')
  if (!count) {
    if (indices.length > 0)
      problems.error(
        'count-missing',
        undefined,
        'there are tokens, but no token.count',
        'Add token.count with their number.',
      )
    return
  }
  const found = indices.length
  const gap = Array.from({ length: count.value }, (_, i) => i).find((i) => !indices.includes(i))
  if (gap === undefined && found === count.value) return
  const said =
    gap === undefined || found > count.value
      ? `token.count is ${count.value}, but ${found} tokens are declared; those from ${count.value} on are not read`
      : `token.count is ${count.value}, but there is no token[${gap}]`
  problems.error(
    'token-count',
    count.line,
    said,
    'Number the tokens from 0 without a gap, and set token.count to their number.',
  )
}

function token(index: number, draft: Draft, kind: ParserKind, { problems }: Source): Token[] {
  const { line, name, type = 'String', location, format } = draft
  const where = `token[${index}]`
  if (name === undefined) {
    problems.error('token-without-name', line, `${where} has no name`, `Add ${where}.name.`)
    return []
  }
  if (!tokenTypes.has(type))
    problems.error(
      'token-type',
      line,
      `${where} has the type "${type}", which no published parser has`,
      `Use String.${meant(type, tokenTypes)}`,
    )
  if (kind === 'json' && location === undefined)
    problems.error(
      'token-without-location',
      line,
      `${where} ("${name}") has no location`,
      `Add ${where}.location with the path below the trigger node.`,
    )
  if (type === 'TimeStamp' && format === undefined)
    problems.error(
      'token-without-format',
      line,
      `${where} is a TimeStamp without a format`,
      `Add ${where}.format with a pattern such as yyyy-MM-dd HH:mm:ss.`,
    )
  if (type === 'TimeStamp' && format !== undefined) checkFormat(format, `the format of "${name}"`, line, problems)
  return [
    { index, name, type, line, ...(location !== undefined && { location }), ...(format !== undefined && { format }) },
  ]
}

function checkNames(tokens: readonly Token[], { problems }: Source): void {
  const seen = new Map<string, Token>()
  for (const found of tokens) {
    const before = seen.get(found.name)
    if (before)
      problems.error(
        'token-name-twice',
        found.line,
        `token[${found.index}] and token[${before.index}] are both called "${found.name}"`,
        'Give one of them another name.',
      )
    seen.set(found.name, found)
  }
}
