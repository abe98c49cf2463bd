import { patternOf } from '../evaluate/patterns.ts'
import { checkNumbers } from './conditional.ts'
import { checkField } from './mappings.ts'
import type { ExtraProcessor } from './model.ts'
import type { Source } from './source.ts'

const properties =
  'type filename field flexagent clearfieldafterparsing overrideeventmappings allowoverwrite charencoding conditionfield ' +
  'conditiontype conditionvalues conditiondelimiter'
const pattern = new RegExp(`^extraprocessor\\[(\\d{1,5})\\]\\.(${properties.replaceAll(' ', '|')})$`)

interface Draft {
  readonly line: number
  readonly said: Map<string, string>
}

/** `extraprocessor[n]…`, in the order of their numbers. */
export function readExtras(source: Source): readonly ExtraProcessor[] {
  const drafts = new Map<number, Draft>()
  for (const { property, groups } of source.matching(pattern)) {
    const draft = drafts.get(Number(groups[0])) ?? { line: property.line, said: new Map() }
    draft.said.set(groups[1] ?? '', property.value)
    drafts.set(Number(groups[0]), draft)
  }
  checkNumbers('extraprocessor.count', [...drafts.keys()], source)
  return [...drafts].toSorted(([a], [b]) => a - b).map(([index, draft]) => processor(index, draft, source))
}

function processor(index: number, draft: Draft, source: Source): ExtraProcessor {
  const { problems } = source
  const text = (name: string): string | undefined => draft.said.get(name)?.trim()
  const type = text('type') ?? ''
  const where = `extraprocessor[${index}]`
  if (!['json', 'regex', 'keyvalue', 'map'].includes(type))
    problems.warning(
      'extra-type',
      draft.line,
      `${where} has the type "${type}"`,
      'json, regex, keyvalue and map are published.',
    )
  const filename = text('filename')
  if (filename === undefined)
    problems.error('extra-filename', draft.line, `${where} has no filename`, `Add ${where}.filename.`)
  const field = text('field')?.replace(/^event\./, '')
  if (field !== undefined) checkField(field, draft.line, problems)
  else if (type !== 'map')
    problems.error(
      'extra-field',
      draft.line,
      `${where} has no field to read`,
      `Add ${where}.field=event.message or another.`,
    )
  const condition = conditionOf(where, draft.line, text, source)
  return {
    type,
    line: draft.line,
    clear: text('clearfieldafterparsing') === 'true',
    override: text('overrideeventmappings') === 'true',
    allowOverwrite: text('allowoverwrite') === 'true',
    ...(filename !== undefined && { filename }),
    ...(field !== undefined && { field }),
    ...(condition && { condition }),
  }
}

function conditionOf(
  where: string,
  line: number,
  text: (name: string) => string | undefined,
  { problems }: Source,
): ExtraProcessor['condition'] {
  const field = text('conditionfield')?.replace(/^event\./, '')
  if (field === undefined) return undefined
  checkField(field, line, problems)
  const type = text('conditiontype') === 'regex' ? 'regex' : 'equals'
  const said = text('conditionvalues')
  const delimiter = text('conditiondelimiter') ?? ','
  const values = said === undefined ? undefined : type === 'regex' ? [said] : said.split(delimiter).map((v) => v.trim())
  const wrong = type === 'regex' && said !== undefined ? patternOf(said) : undefined
  if (typeof wrong === 'string')
    problems.error('pattern', line, `${where}: the pattern "${said}" cannot be run: ${wrong}`, 'Correct the pattern.')
  return { field, type, ...(values && { values }) }
}
