import { flatKeys } from '@siembridge/engine/plans'
import { lsxFieldOf } from '../fields.ts'
import { type MatcherRow, type PatternRow, writeLsx } from '../lsx/write.ts'
import { flatPath, type Form, outcomeRegex, timeFormat, timeRegex, timeTemplate } from './forms.ts'

/**
 * The extension of a log type over the flat form: keypaths, and an expression each for the outcome and for the time. What it
 * yields depends on nothing that IBM's documents leave open.
 */
export function flatLsx(type: string, title: string, form: Exclude<Form, 'raw'>): string {
  const keys = new Map(flatKeys(type).map((item) => [item.field, item.key]))
  const patterns: PatternRow[] = []
  const matchers: MatcherRow[] = []
  const keypath = (field: MatcherRow['field'], id: string, key: string): void => {
    if (!patterns.some((p) => p.id === id)) patterns.push({ id, type: 'JsonKeypath', text: flatPath(form, key) })
    matchers.push({ kind: 'json-matcher', field, pattern: id })
  }
  keypath('EventName', 'event-id', 'sb_signature_id')
  if (keys.has('event.outcome')) {
    patterns.push({ id: 'outcome', type: 'JavaPattern', text: outcomeRegex })
    matchers.push({ kind: 'matcher', field: 'EventCategory', pattern: 'outcome', group: '1' })
  }
  keypath('EventCategory', 'log-type', 'sb_type')
  patterns.push({ id: 'time', type: 'JavaPattern', text: timeRegex[form] })
  matchers.push({
    kind: 'matcher',
    field: 'DeviceTime',
    pattern: 'time',
    group: timeTemplate,
    substitutions: true,
    dateFormat: timeFormat,
  })
  for (const [field, lsx, family] of lsxFieldOf) {
    const key = keys.get(field)
    if (key !== undefined) keypath(lsx, `${key}${family ? `-${family}` : ''}`, family ? `${key}_${family}` : key)
  }
  return writeLsx({ description: title, patterns, matchers, identity: 'OverrideAndNeverSend' })
}
