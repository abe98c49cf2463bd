import type { ConfSetting, ReadStanza } from '@siembridge/formats'
import { EvalError } from '../eval/lex.ts'
import { parseEval } from '../eval/parse.ts'
import type { LookupCall, SourcetypeProps } from './knowledge.ts'

/** Says what is wrong with a line. */
export type Report = (line: number, code: string, message: string, help: string) => void

const outside =
  'Leave it out, or test it in Splunk itself: it is outside of what is generated, and nothing here runs it.'

/** What is carried out of a stanza of props.conf; what is not is reported. */
export function loadProps({ name, line, settings }: ReadStanza, report: Report): SourcetypeProps {
  const props: Writable<SourcetypeProps> = {
    name,
    line,
    kvMode: 'none',
    truncate: 10_000,
    lookahead: 128,
    aliases: [],
    evals: [],
    lookups: [],
  }
  for (const setting of settings) loadSetting(props, setting, report)
  return props
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

const ignored = new Set([
  'SHOULD_LINEMERGE',
  'LINE_BREAKER',
  'TZ',
  'AUTO_KV_JSON',
  'CHARSET',
  'category',
  'description',
])

function loadSetting(props: Writable<SourcetypeProps>, { key, value, line }: ConfSetting, report: Report): void {
  const [kind = '', ...rest] = key.split('-')
  const name = rest.join('-')
  if (kind === 'EVAL' && name !== '') {
    const node = expression(value, line, report)
    if (node) props.evals = [...props.evals, { field: name, node }]
  } else if (kind === 'FIELDALIAS' && name !== '') {
    const found = /^(\S+)\s+AS\s+(\S+)$/i.exec(value)
    if (found) props.aliases = [...props.aliases, { from: plain(found[1] as string), to: plain(found[2] as string) }]
    else report(line, 'alias', `not "FIELD AS FIELD": ${value}`, 'Write one alias a setting.')
  } else if (kind === 'LOOKUP' && name !== '') {
    const call = lookupCall(value)
    if (call) props.lookups = [...props.lookups, call]
    else report(line, 'lookup', `not "TABLE FIELD OUTPUT FIELD": ${value}`, outside)
  } else if (key === 'KV_MODE') {
    if (value === 'json' || value === 'none') props.kvMode = value
    else report(line, 'kv-mode', `KV_MODE = ${value} is not carried out here`, outside)
  } else if (key === 'INDEXED_EXTRACTIONS')
    report(line, 'double-values', 'with KV_MODE every value comes twice', 'Use KV_MODE = json alone.')
  else if (key === 'TRUNCATE') props.truncate = Number(value)
  else if (key === 'MAX_TIMESTAMP_LOOKAHEAD') props.lookahead = Number(value)
  else if (key === 'TIME_FORMAT') props.timeFormat = value
  else if (key === 'TIME_PREFIX') {
    const pattern = regex(value, line, report)
    if (pattern) props.timePrefix = pattern
  } else if (!ignored.has(key)) report(line, 'outside-subset', `${key} is not carried out here`, outside)
}

const plain = (field: string): string => field.replaceAll(/^["']|["']$/g, '')

function expression(value: string, line: number, report: Report): ReturnType<typeof parseEval> | undefined {
  try {
    return parseEval(value)
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    report(line, 'eval', `${error.message}, at character ${error.at + 1}`, outside)
    return undefined
  }
}

function regex(value: string, line: number, report: Report): RegExp | undefined {
  try {
    return new RegExp(value)
  } catch (error) {
    report(line, 'regex', (error as Error).message, 'Correct the pattern.')
    return undefined
  }
}

function lookupCall(value: string): LookupCall | undefined {
  const found = /^(\S+)\s+(\S+)\s+OUTPUT(?:NEW)?\s+(.+)$/.exec(value)
  if (!found) return undefined
  const outputs = (found[3] as string).split(',').map((part) => {
    const [column = '', field] = part.trim().split(/\s+AS\s+/i)
    return [column, field ?? column] as const
  })
  return { table: found[1] as string, input: found[2] as string, outputs }
}
