import type { z } from 'zod'
import { type JsonSchema, keysAt, meaningAt } from './known-keys.ts'
import type { ConfigProblem } from './problem.ts'
import { suggestion } from './suggest.ts'
import type { Path, YamlText } from './yaml-text.ts'

type Issue = z.core.$ZodIssue

/** A part of a configuration that was validated by itself. */
export interface Section {
  readonly yaml: YamlText
  /** Path of the part in the whole. */
  readonly path: Path
  readonly value: unknown
  readonly schema: JsonSchema
  /** As a person would say it: `the source graph-contoso`. */
  readonly title: string
}

/** What a schema has to say about a part, in words for a person and with its place. */
export const problemsOf = (section: Section, issues: readonly Issue[]): ConfigProblem[] =>
  issues.flatMap((issue) => problemOf(section, issue))

const plainPath = (path: readonly PropertyKey[]): Path =>
  path.map((part) => (typeof part === 'symbol' ? String(part) : part))

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((found, part) => (found as Record<string | number, unknown> | null | undefined)?.[part], value)

function problemOf(section: Section, issue: Issue): ConfigProblem[] {
  const path = plainPath(issue.path)
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(section, path, key))
  if (issue.code === 'invalid_union') return unionProblem(section, issue, path)
  const { yaml } = section
  const given = valueAt(section.value, path)
  const name = nameOf(path, section.title)
  const why = meaningAt(section.schema, path)
  const place =
    issue.code === 'invalid_key'
      ? yaml.keyAt([...section.path, ...path.slice(0, -1)], String(path.at(-1)))
      : yaml.at([...section.path, ...path])
  const said = { ...place, ...(why !== undefined && { why }) }
  if (given === undefined)
    return [{ ...said, what: `${name} is missing`, help: path.length === 0 ? 'add it' : `add it to ${section.title}` }]
  if (given === null) return [{ ...said, what: `${name} is empty`, help: 'give it a value, or take the line out' }]
  return [{ ...said, ...wordsOf(issue, name, given) }]
}

/** Several forms are allowed: what is wrong with the one that was probably meant. */
function unionProblem(section: Section, issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): ConfigProblem[] {
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((one) => one.path.length))
  const [best] = issue.errors.toSorted((a, b) => depth(b) - depth(a))
  if (issue.message === 'Invalid input' && best && depth(best) > 0)
    return best.flatMap((one) => problemOf(section, { ...one, path: [...path, ...one.path] }))
  return problemOf(section, { code: 'custom', path: [...path], message: issue.message, input: undefined })
}

function unknownKey({ yaml, schema, path: base, title }: Section, path: Path, key: string): ConfigProblem {
  const known = keysAt(schema, path)
  const help = suggestion(key, known)
  return {
    ...yaml.keyAt([...base, ...path], key),
    what: `unknown key "${key}"`,
    why: `${path.length === 0 ? title : nameOf(path, title)} has no such option`,
    ...(help !== undefined && { help }),
  }
}

function nameOf(path: Path, title: string): string {
  const last = path.at(-1)
  if (last === undefined) return title
  return typeof last === 'number' ? `entry ${last + 1} of ${nameOf(path.slice(0, -1), title)}` : `"${last}"`
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a list of names and values',
  record: 'a list of names and values',
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'a list' : value === null ? 'nothing' : (kinds[typeof value] ?? typeof value)

type Words = Pick<ConfigProblem, 'what' | 'help'>

/** No value is repeated: it could be a secret in the wrong place. */
function wordsOf(issue: Issue, name: string, given: unknown): Words {
  switch (issue.code) {
    case 'invalid_type': {
      if (!issue.message.startsWith('Invalid input')) return told(name, issue.message)
      const wanted = kinds[issue.expected] ?? issue.expected
      return { what: `${name} is ${kindOf(given)}`, help: `write ${wanted}${quoteHint(issue.expected, given)}` }
    }
    case 'invalid_value': {
      const known = issue.values.map(String)
      const help = typeof given === 'string' ? suggestion(given, known) : undefined
      const list = `use one of: ${known.join(', ')}`
      return {
        what: `${name} has no such value`,
        help: help === undefined || help === list ? list : `${help}; there are ${known.join(', ')}`,
      }
    }
    case 'too_small':
    case 'too_big':
      return sizeWords(issue, name)
    case 'invalid_key':
      return { what: `${name} cannot be a name`, help: messageOf(issue.issues) }
    case 'invalid_format':
      return formatWords(issue, name)
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
    case 'unrecognized_keys':
    case 'invalid_union':
      return told(name, issue.message)
  }
}

const messageOf = (issues: readonly Issue[]): string => issues.map(({ message }) => message).join('; ')

/** YAML reads `yes`, `1` and `0x10` as it likes: a text that looks like a number needs quotes. */
const quoteHint = (expected: string, given: unknown): string =>
  expected === 'string' && (typeof given === 'number' || typeof given === 'boolean') ? ', in quotes' : ''

/** Messages that say what to write are help; others complete the sentence that the name begins. */
function told(name: string, message: string): Words {
  if (/^(write|use|give) /.test(message)) return { what: `${name} cannot be read`, help: message }
  const [first = '', ...rest] = message.split('; ')
  const what = /^(must|is|needs|cannot) /.test(first) ? `${name} ${first}` : first
  return rest.length === 0 ? { what, help: 'correct it' } : { what, help: rest.join('; ') }
}

function sizeWords(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>, name: string): Words {
  if (!issue.message.startsWith('Too ')) return told(name, issue.message)
  const small = issue.code === 'too_small'
  const limit = String(small ? issue.minimum : issue.maximum)
  const of = { string: ' characters', array: ' entries', set: ' entries' }[issue.origin as 'string'] ?? ''
  if (small && limit === '1' && of !== '')
    return { what: `${name} is empty`, help: 'give it a value, or take the line out' }
  return {
    what: `${name} is too ${small ? 'small' : 'large'}`,
    help: `${small ? 'at least' : 'at most'} ${limit}${of}`,
  }
}

const formats: Readonly<Record<string, string>> = {
  guid: 'write a GUID such as 11111111-2222-3333-4444-555555555555',
  uuid: 'write a GUID such as 11111111-2222-3333-4444-555555555555',
  url: 'write a URL such as https://HOST:PORT',
  date: 'write a date such as 2026-06-01',
}

function formatWords({ format, message }: Extract<Issue, { code: 'invalid_format' }>, name: string): Words {
  const help = formats[format]
  if (!message.startsWith('Invalid')) return told(name, message)
  return {
    what: `${name} is not of the form that belongs here`,
    help: help ?? 'look at its form in `siembridge schema`',
  }
}
