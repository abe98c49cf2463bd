import type { Subject } from './subject.ts'

interface Where {
  readonly field: string
  readonly is: readonly string[]
}

/** What a panel shows of the events of its subject. */
export type Shows =
  /** One number: how many events, or how many values of a field. */
  | { readonly as: 'number'; readonly distinct?: string }
  /** Events over time, by a field. */
  | { readonly as: 'time'; readonly by: string }
  /** The commonest values of a field. */
  | { readonly as: 'top'; readonly of: string; readonly limit?: number }
  /** Counts by several fields. */
  | { readonly as: 'counts'; readonly by: readonly string[] }
  /** The newest events. */
  | { readonly as: 'newest'; readonly fields: readonly string[] }

export interface Panel {
  readonly title: string
  readonly subject: Subject
  readonly where?: Where
  readonly shows: Shows
  /** Columns of twelve, and height in pixels. */
  readonly width: 3 | 4 | 6 | 8 | 12
  readonly height?: number
}

/** Fields of its subject that a panel reads. */
export function fieldsRead({ where, shows }: Panel): readonly string[] {
  const shown =
    shows.as === 'number'
      ? [shows.distinct ?? []].flat()
      : shows.as === 'time'
        ? [shows.by]
        : shows.as === 'top'
          ? [shows.of]
          : shows.as === 'counts'
            ? shows.by
            : shows.fields
  return [...new Set([...(where ? [where.field] : []), ...shown])]
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`

/** The search of a panel. */
export function panelSearch({ subject, where, shows }: Panel): string {
  const found = [`\`${subject.macro}\``]
  if (where) found.push(`search ${where.field} IN (${where.is.map((value) => quoted(value)).join(', ')})`)
  return [...found, shown(shows)].join(' | ')
}

function shown(shows: Shows): string {
  switch (shows.as) {
    case 'number':
      return shows.distinct === undefined ? 'stats count' : `stats dc(${shows.distinct}) as count`
    case 'time':
      return `timechart limit=10 count by ${shows.by}`
    case 'top':
      return `stats count by ${shows.of} | sort ${shows.limit ?? 10} - count`
    case 'counts':
      return `stats count by ${shows.by.join(', ')} | sort 100 - count`
    case 'newest':
      return `sort 100 - _time | table _time, ${shows.fields.join(', ')}`
  }
}

/** Kind of visualization of Dashboard Studio. */
export const panelType: Readonly<Record<Shows['as'], string>> = {
  number: 'splunk.singlevalue',
  time: 'splunk.column',
  top: 'splunk.bar',
  counts: 'splunk.table',
  newest: 'splunk.table',
}
