import { xmlCdata, xmlTag } from '@siembridge/formats/xml'
import { type Identity, lsxNamespace, type LsxField, type MatcherKind, type PatternType } from './grammar.ts'

export interface PatternRow {
  readonly id: string
  readonly type: PatternType
  readonly text: string
}

export interface MatcherRow {
  readonly kind: MatcherKind
  readonly field: LsxField
  readonly pattern: string
  /** Group of a regex, or with `substitutions` a template. */
  readonly group?: string
  readonly substitutions?: boolean
  readonly dateFormat?: string
}

export interface LsxDocument {
  readonly description: string
  readonly patterns: readonly PatternRow[]
  /** Several rows of one field are tried in this order. */
  readonly matchers: readonly MatcherRow[]
  readonly identity: Identity
}

/**
 * Writes an extension in the form that the DSM Editor exports: the root alone has the namespace, by a prefix. One match group;
 * patterns first, all text in CDATA and nothing around it, for every character between the tags belongs to the pattern; no
 * two equal orders; no `trim-whitespace`, no `device-type-id-override`.
 */
export function writeLsx({ description, patterns, matchers, identity }: LsxDocument): string {
  const orders = new Map<string, number>()
  const next = (field: string): number => {
    const order = (orders.get(field) ?? 0) + 1
    orders.set(field, order)
    return order
  }
  const lines = [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    `${xmlTag('ns2:device-extension', { 'xmlns:ns2': lsxNamespace })}>`,
    ...patterns.map(({ id, type, text }) => `  ${xmlTag('pattern', { id, type })}>${xmlCdata(text)}</pattern>`),
    `  ${xmlTag('pattern', { id: 'AllEvents', type: 'JavaPattern' })}>${xmlCdata('(.*?)')}</pattern>`,
    `  ${xmlTag('match-group', { order: 1, description })}>`,
    ...matchers.map((row) => `    ${matcherTag(row, next(row.field))}/>`),
    `    ${xmlTag('event-match-multiple', {
      'pattern-id': 'AllEvents',
      'send-identity': identity,
      'force-qidmap-lookup-on-fixup': 'true',
    })}/>`,
    '  </match-group>',
    '</ns2:device-extension>',
  ]
  return `${lines.join('\n')}\n`
}

const matcherTag = ({ kind, field, pattern, group, substitutions, dateFormat }: MatcherRow, order: number): string =>
  xmlTag(kind, {
    field,
    order,
    'pattern-id': pattern,
    'capture-group': group,
    'enable-substitutions': substitutions === undefined ? undefined : String(substitutions),
    'ext-data': dateFormat,
  })
