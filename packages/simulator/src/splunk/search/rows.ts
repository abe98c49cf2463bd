import type { EventIndex } from '../event-index.ts'
import type { SplunkdLog } from '../log.ts'
import type { SearchRow } from './terms.ts'

/** Everything that can be searched, newest first: what was indexed, and splunkd's log as `_internal`. */
export function searchableRows(index: EventIndex, log: SplunkdLog, host: string): readonly SearchRow[] {
  const events = index.events.map((event): SearchRow => ({
    _time: String(event.timeMs / 1000),
    _raw: event.raw,
    index: event.index,
    host: event.host,
    source: event.source,
    sourcetype: event.sourcetype,
  }))
  const lines = log.lines.map((line): SearchRow => ({
    _time: String(line.at / 1000),
    _raw: `${new Date(line.at).toISOString()} ${line.level} ${line.component} - ${line.message}`,
    index: '_internal',
    host,
    source: 'splunkd.log',
    sourcetype: 'splunkd',
    component: line.component,
    log_level: line.level,
    event_message: line.message,
    message: line.message,
  }))
  return [...events, ...lines].toSorted((a, b) => Number(b['_time']) - Number(a['_time']))
}

/** What a search without `index=` looks at: not Splunk's own indexes. */
export const withoutInternal = (search: string, rows: readonly SearchRow[]): readonly SearchRow[] =>
  /\bindex\s*=\s*"?_/.test(search) ? rows : rows.filter(({ index = '' }) => !index.startsWith('_'))
