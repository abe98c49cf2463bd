import type { Expr, LogType, Shape } from '@siembridge/catalog'
import { lsxFieldOf } from '../fields.ts'
import { keypathText } from '../lsx/keypath.ts'
import { type MatcherRow, type PatternRow, writeLsx } from '../lsx/write.ts'
import { timeFormat } from './forms.ts'
import { rawReading, type RawReading, type RawSource } from './raw-expression.ts'

/** How a field of QRadar comes about over Microsoft's own record, or why not. */
export interface RawRow {
  readonly field: string
  readonly from: string
  readonly lost: readonly string[]
}

export interface RawLsx {
  /** Undefined where no EventName can be had: then nothing would be parsed. */
  readonly xml: string | undefined
  readonly rows: readonly RawRow[]
}

/** The extension of one shape over Microsoft's record as it is: what keypaths can say, with a row for what they cannot. */
export function rawLsx(type: LogType, name: string, shape: Shape): RawLsx {
  const builder = new RawBuilder()
  const fields: Readonly<Record<string, Expr>> = { ...type.fields, ...shape.fields }
  const root = shape.each === undefined ? shape.root : undefined
  if (shape.each !== undefined)
    return {
      xml: undefined,
      rows: [{ field: 'EventName', from: '', lost: ['a record holds several events, and QRadar sees one'] }],
    }
  const named = builder.add('EventName', rawReading(type.signature.id, root))
  builder.constant('EventCategory', type.id)
  builder.time(rawReading(type.time, root))
  for (const [field, lsx, family] of lsxFieldOf) {
    const expression = fields[field]
    if (expression !== undefined) builder.add(lsx, { ...rawReading(expression, root), address: family !== undefined })
  }
  const { patterns, matchers, rows } = builder
  const description = `${type.title}: ${name}`
  return {
    xml: named ? writeLsx({ description, patterns, matchers, identity: 'OverrideAndNeverSend' }) : undefined,
    rows,
  }
}

const stamp = String.raw`(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})`
const ipv4 = String.raw`(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})`
const ipv6 = String.raw`([0-9A-Fa-f]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)`

class RawBuilder {
  readonly patterns: PatternRow[] = []
  readonly matchers: MatcherRow[] = []
  readonly rows: RawRow[] = []

  /** Whether anything could be written. */
  add(field: MatcherRow['field'], reading: RawReading): boolean {
    const paths = reading.sources.filter((source) => 'path' in source)
    for (const source of reading.sources) this.source(field, source, reading.address)
    this.rows.push({ field, from: paths.map(({ path }) => keypathText(...path)).join(', '), lost: reading.lost })
    return reading.sources.length > 0
  }

  constant(field: MatcherRow['field'], text: string): void {
    this.matchers.push({
      kind: 'matcher',
      field,
      pattern: this.pattern('any', 'JavaPattern', '.'),
      group: text,
      substitutions: true,
    })
  }

  /** Of the members that can hold the time, by their names: the first of that name in the record. */
  time({ sources, lost }: RawReading): void {
    const names = [...new Set(sources.flatMap((source) => ('path' in source ? [source.path.at(-1) ?? ''] : [])))]
    for (const name of names) {
      const member = `"${escaped(name)}"\\s*:\\s*"${stamp}`
      const add = (suffix: string, text: string, group: string): void =>
        void this.matchers.push({
          kind: 'matcher',
          field: 'DeviceTime',
          pattern: this.pattern(`time-${name}${suffix}`, 'JavaPattern', text),
          group,
          substitutions: true,
          dateFormat: timeFormat,
        })
      add('', `${member}\\.(\\d{3})\\d*(?:Z|\\+00:00)?"`, '\\1.\\2+0000')
      add('-seconds', `${member}(?:\\.\\d{1,2})?(?:Z|\\+00:00)?"`, '\\1.000+0000')
    }
    const doubt =
      names.length === 0 ? [] : ['found by the name of the member: an earlier one of that name would be taken']
    this.rows.push({ field: 'DeviceTime', from: names.join(', '), lost: [...lost, ...doubt] })
  }

  private source(field: MatcherRow['field'], source: RawSource, address: boolean): void {
    if ('literal' in source) return this.constant(field, source.literal)
    const name = source.path.at(-1) ?? ''
    if (!address) {
      const pattern = this.pattern(source.path.join('.'), 'JsonKeypath', keypathText(...source.path))
      this.matchers.push({ kind: 'json-matcher', field, pattern })
      return
    }
    const six = field.endsWith('v6')
    const member = `"${escaped(name)}"\\s*:\\s*"`
    const text = six ? `${member}\\[?${ipv6}(?:\\]:\\d+)?"` : `${member}${ipv4}(?::\\d+)?"`
    this.matchers.push({
      kind: 'matcher',
      field,
      pattern: this.pattern(`${name}-${six ? 'v6' : 'v4'}`, 'JavaPattern', text),
      group: '1',
    })
  }

  private pattern(id: string, type: PatternRow['type'], text: string): string {
    if (!this.patterns.some((p) => p.id === id)) this.patterns.push({ id, type, text })
    return id
  }
}

const escaped = (name: string): string => name.replace(/[^A-Za-z0-9_ ]/g, '\\$&')
