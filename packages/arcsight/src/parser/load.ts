import type { Property } from '@siembridge/formats'
import { readConditionals } from './conditional.ts'
import { readExtras } from './extra.ts'
import { type Names, readExpression } from './expressions.ts'
import { checkLabels, readMapping } from './mappings.ts'
import { type Mapping, kindOf, type Parser, type ParserKind, type Token } from './model.ts'
import { checkOthers } from './others.ts'
import { checkPath } from './paths.ts'
import { Problems } from './problems.ts'
import { readSeverity } from './severity.ts'
import { meant } from './similar.ts'
import { Source } from './source.ts'
import { readTokens } from './tokens.ts'

/**
 * Reads a parser file as a connector would, and says everything that is wrong with it, also where a connector says nothing.
 * Undefined where the name is not that of a parser. Never throws.
 */
export function loadParser(path: string, content: string | Uint8Array): Parser | undefined {
  const known = kindOf(path)
  if (!known) return undefined
  const problems = new Problems(path)
  const source = new Source(content, problems)
  const tokens = readTokens(source, known.kind)
  const names = namesOf(tokens, known.kind)
  const trigger = readTrigger(source, known.kind)
  if (known.kind === 'json') for (const token of tokens) checkToken(token, problems)
  const mappings = readMappings(source, names)
  const additional = readAdditional(source, names)
  const parser: Parser = {
    ...known,
    path,
    tokens,
    mappings,
    additional,
    severity: readSeverity(source),
    conditional: readConditionals(source, names),
    extra: readExtras(source),
    problems: problems.found,
    ...(trigger !== undefined && { trigger }),
  }
  checkOthers(source, known.kind, names)
  for (const property of source.unused()) unknownKey(property, source)
  return parser
}

/** Key-value readers and `__collection` make tokens while they run. */
function namesOf(tokens: readonly Token[], kind: ParserKind): Names {
  const open =
    kind === 'keyvalue' || kind === 'database' || tokens.some(({ format }) => format?.startsWith('__collection'))
  return { tokens: new Map(tokens.map((token) => [token.name, token])), closed: !open }
}

function readTrigger(source: Source, kind: ParserKind): string | undefined {
  const found = source.get('trigger.node.location')
  if (kind !== 'json') return undefined
  if (!found) {
    source.problems.error(
      'trigger-missing',
      undefined,
      'there is no trigger.node.location',
      'Add trigger.node.location=/ where each document is one event.',
    )
    return undefined
  }
  checkPath(found.value.replace(/^\//, ''), 'trigger.node.location', found.line, source.problems)
  if (!found.value.startsWith('/'))
    source.problems.warning(
      'trigger-relative',
      found.line,
      `trigger.node.location is "${found.value}"`,
      'Begin it with "/".',
    )
  return found.value
}

function checkToken({ location, format, name, line }: Token, problems: Problems): void {
  if (location?.startsWith('/'))
    problems.warning(
      'path-absolute',
      line,
      `the location of "${name}" begins with "/"; no published parser has that`,
      'Begin it with the first key.',
    )
  else if (location !== undefined) checkPath(location, `the location of "${name}"`, line, problems)
  if (format?.startsWith('__collection'))
    problems.error(
      'collection',
      line,
      `"${name}" is a __collection, whose arguments are not published`,
      'Use a record in which the values have keys of their own.',
    )
}

function readMappings(source: Source, names: Names): readonly Mapping[] {
  const found: Mapping[] = []
  for (const { property, groups } of source.matching(/^event\.(.+)$/)) {
    const mapping = readMapping(groups[0] ?? '', property, names, source.problems)
    if (mapping) found.push(mapping)
  }
  checkLabels(found, source.problems)
  return found
}

function readAdditional(source: Source, names: Names): Parser['additional'] {
  const enabled = source.get('additionaldata.enabled')
  if (enabled && !/^(?:true|false)$/.test(enabled.value.trim()))
    source.problems.error(
      'additional-enabled',
      enabled.line,
      `additionaldata.enabled is "${enabled.value}"`,
      'Write true or false.',
    )
  const mappings = []
  for (const { property, groups } of source.matching(/^additionaldata\.(?!enabled$)(.+)$/)) {
    const expression = readExpression(property, names, source.problems)
    if (expression) mappings.push({ name: groups[0] ?? '', expression, line: property.line })
  }
  return { enabled: enabled?.value.trim() === 'true', mappings }
}

const wellKnown = (
  'trigger.node.location token.count token[n].name token[n].type token[n].location token[n].format additionaldata.enabled ' +
  'conditionalmap.count conditionalmap[n].field extraprocessor.count event.deviceVendor'
).split(' ')

function unknownKey({ key, line }: Property, { problems }: Source): void {
  const near = /^\w{4,6}\.device\w+$/.test(key)
    ? ' Did you mean "event."?'
    : meant(key.replace(/\[\d+\]/g, '[n]'), wellKnown)
  problems.error(
    'key-unknown',
    line,
    `the connector does not know ${key} and passes over it in silence`,
    `Correct the key, or take the line out.${near}`,
  )
}
