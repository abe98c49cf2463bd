import { isProblem, javaRegex } from '@siembridge/formats'
import type { Names } from './expressions.ts'
import { checkField, readMapping } from './mappings.ts'
import type { ParserKind } from './model.ts'
import type { Source } from './source.ts'

// Properties of readers of text, as published parsers have them. None of them belongs into a parser of JSON.
const ofReaders =
  'regex do.unparsed.events comments.start.with comments.starts.with trim.tokens trim.values trim.message trim.keys contains.empty.tokens ' +
  'text.qualifier key.delimiter key.value.delimiter key.regexp key.value.regexp value.regexp delimiter line.include.regex ' +
  'line.exclude.regex merge.count l10n.filename.prefix replace.defaults ipv6.aware unparsed.events.event.name'
const ofDatabases =
  'version.order version.query version.id query query.limit maxid.query lastid.query lastdate.query id.field id.query timestamp.field ' +
  'uniqueid.fields uniqueid.field uniqueid.query additionaldata.uniqueid start.id query.rate jdbc.query'

/** Reads what parsers of text and databases have beyond tokens and mappings, and looks for defects in it. */
export function checkOthers(source: Source, kind: ParserKind, names: Names): void {
  if (kind === 'json') return
  const plain = [ofReaders, kind === 'database' ? ofDatabases : ''].join(' ').split(' ')
  for (const key of plain) source.get(key)
  for (const _ of source.matching(/^(?:merge|version|query|maxid|lastid|uniqueid|timestamp)[.[]/)) continue
  checkMain(source, kind, names.tokens.size)
  checkSubmessages(source)
  checkSubmappings(source, names)
}

/** The pattern of a line has a group for each token. */
function checkMain(source: Source, kind: ParserKind, tokens: number): void {
  const main = kind === 'regex' ? source.get('regex') : undefined
  if (!main) return
  const groups = compiled(main.value, main.line, 'regex', source)
  if (groups !== undefined && groups !== tokens)
    source.problems.error(
      'regex-groups',
      main.line,
      `regex has ${groups} groups, but ${tokens} tokens are declared`,
      'Declare a token for each group, in their order.',
    )
}

function compiled(text: string, line: number, key: string, { problems }: Source): number | undefined {
  const regex = javaRegex(text)
  if (!isProblem(regex)) return regex.groups
  problems.error(
    'pattern',
    line,
    `${key}: the pattern cannot be run: ${regex.problem}, at character ${regex.at + 1}`,
    'Correct the pattern; in the file, each of its backslashes stands twice.',
  )
  return undefined
}

const parts =
  'regex|fields|types|formats|mappings|extramappings|extramappings\\.delimiter|mappings\\.delimiter|fields\\.delimiter|conditionalmap.*'

function checkSubmessages(source: Source): void {
  for (const key of ['submessage.messageid.token', 'submessage.token', 'submessage.count']) source.get(key)
  for (const _ of source.matching(/^submessage\[\d+\]\.(?:messageid|pattern\.count)$/)) continue
  const fields = new Map<string, { count: number; line: number }>()
  for (const { property, groups } of source.matching(/^(submessage\[\d+\]\.pattern\[\d+\])\.fields$/)) {
    const names = property.value.split(',').map((name) => name.trim())
    for (const name of names.filter((n) => n !== ''))
      checkField(name.replace(/^event\./, ''), property.line, source.problems)
    fields.set(groups[0] ?? '', { count: names.length, line: property.line })
  }
  const mapped = new Set(
    [...source.matching(/^(submessage\[\d+\]\.pattern\[\d+\])\.mappings$/)].map(({ groups }) => groups[0]),
  )
  for (const { property, groups } of source.matching(/^(submessage\[\d+\]\.pattern\[\d+\])\.regex$/)) {
    const found = compiled(property.value, property.line, property.key, source)
    const wanted = fields.get(groups[0] ?? '')
    if (found !== undefined && wanted && wanted.count !== found && !mapped.has(groups[0]))
      source.problems.error(
        'regex-groups',
        property.line,
        `${property.key} has ${found} groups, but ${wanted.count} fields are listed in line ${wanted.line}`,
        'List a field for each group, in their order.',
      )
  }
  for (const _ of source.matching(new RegExp(`^submessage\\[\\d+\\]\\.pattern\\[\\d+\\]\\.(?:${parts})$`))) continue
}

/** Mappings of submessages: in maps of their own, and several in one line with bars between them. */
function checkSubmappings(source: Source, names: Names): void {
  const inMaps = /^submessage\[\d+\]\.pattern\[\d+\]\.conditionalmap\[\d+\]\.mappings\[\d+\]\.event\.(.+)$/
  for (const { property, groups } of source.matching(inMaps))
    readMapping(groups[0] ?? '', property, names, source.problems)
  for (const { property, groups } of source.matching(/^(submessage\[\d+\]\.pattern\[\d+\])\.extramappings$/)) {
    const delimiter = source.get(`${groups[0]}.extramappings.delimiter`)?.value.trim() ?? '|'
    for (const one of property.value.split(delimiter).filter((text) => text.trim() !== '')) {
      const [, field, value] = /^\s*event\.([^=]+)=([^]*)$/.exec(one) ?? []
      if (field === undefined || value === undefined)
        source.problems.error(
          'extra-mapping',
          property.line,
          `${property.key}: "${one}" is no mapping`,
          'Write event.<field>\\=<expression>, with a bar between two.',
        )
      else readMapping(field, { ...property, value }, names, source.problems)
    }
  }
}
