import { typePlan } from '@siembridge/engine/plans'
import { eventFields } from '../schema/fields.ts'
import type { ParserPlan } from './flat-plan.ts'
import type { RawPlan } from './raw/raw-plan.ts'

/** Where one field of a log type goes. */
export interface ReportRow {
  /** Normalised field, or what every event has (`sb_…`). */
  readonly field: string
  /** Event fields and additional data that carry it. */
  readonly to: readonly string[]
  /** Characters that the column holds; what is longer goes out cut. */
  readonly max?: number
  /** Why it goes nowhere, or only sometimes. */
  readonly reason?: string
}

export interface ParserReport {
  readonly type: string
  /** Shape of the record, for parsers of Microsoft's own records. */
  readonly shape?: string
  readonly file?: string
  /** Why there is no file. */
  readonly reason?: string
  readonly fields: readonly ReportRow[]
}

/** One row a field, in the order of the type. */
export function flatReport(plan: ParserPlan, file: string): ParserReport {
  const { type, additional, lost } = plan
  const fields = typePlan(type.id).flat.map(({ field, key }): ReportRow => {
    const reason = lost.find((one) => one.field === field)?.reason
    const to = [...eventFieldsOf(plan, field), ...(additional.includes(key) ? [`additionaldata.${key}`] : [])]
    return { field, to, ...limitOf(to), ...(reason !== undefined && { reason }) }
  })
  return { type: type.id, file, fields: [...baseRows(plan), ...fields] }
}

export function rawReport(plan: RawPlan, file: string): ParserReport {
  const { type, shape, lost, partly, mappings } = plan
  const carried = new Set(mappings.map(({ from }) => from).filter((from) => from !== 'sb'))
  return {
    type: type.id,
    shape,
    file,
    fields: [
      ...[...carried].map((field): ReportRow => {
        const to = eventFieldsOf(plan, field)
        const reason = partly.find((one) => one.field === field)?.reason
        return { field, to, ...limitOf(to), ...(reason !== undefined && { reason: `not always: ${reason}` }) }
      }),
      ...lost.filter(({ field }) => !carried.has(field)).map(({ field, reason }) => ({ field, to: [], reason })),
    ],
  }
}

const baseRows = (plan: ParserPlan): readonly ReportRow[] =>
  ['sb_time', 'sb_event_id', 'sb_severity', 'sb_signature_id', 'sb_signature_name', 'sb_category'].flatMap((field) => {
    const to = eventFieldsOf(plan, field)
    return to.length === 0 ? [] : [{ field, to, ...limitOf(to) }]
  })

const eventFieldsOf = ({ mappings }: ParserPlan, field: string): readonly string[] =>
  mappings.filter((m) => m.from === field && !m.field.endsWith('Label')).map((m) => `event.${m.field}`)

function limitOf(to: readonly string[]): { readonly max?: number } {
  const limits = to.flatMap((name) => eventFields.get(name.replace('event.', ''))?.max ?? [])
  return limits.length === 0 ? {} : { max: Math.min(...limits) }
}

/** The report as a page: a table for each parser. */
export const reportPage = (reports: readonly ParserReport[]): string =>
  `${['# What goes where', ...reports.map(section)].join('\n\n')}\n`

function section({ type, shape, file, reason, fields }: ParserReport): string {
  const title = `## ${type}${shape === undefined ? '' : `, Microsoft's record (${shape})`}`
  if (reason !== undefined) return `${title}\n\nNo parser: ${reason}.`
  const rows = fields.map(
    ({ field, to, max, reason: why }) => `| ${field} | ${to.join(', ') || 'nowhere'} | ${max ?? ''} | ${why ?? ''} |`,
  )
  return [
    title,
    `\`${file}\``,
    ['| field | goes to | holds | why not |', '|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n')
}
