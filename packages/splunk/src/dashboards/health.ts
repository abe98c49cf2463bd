import { sourcetypesOf } from '@siembridge/engine/plans'
import { logTypes } from '@siembridge/catalog'
import type { ConfStanza } from '@siembridge/formats'

/** One line that an input wrote to splunkd's log, in three parts: the input, its stream where it is about one, what it says. */
export const logLine = String.raw`siembridge (?<input>siembridge_\w+://[^\s:]+)(?: (?<stream>[\w.-]+))?: (?<says>.+)`

/** Sourcetypes under which events of a modular input of ours arrive. */
const written = ['siembridge:*', ...new Set(logTypes.flatMap(({ id }) => sourcetypesOf(id).published))].toSorted()

const quoted = written.map((name) => `sourcetype="${name}"`).join(' OR ')

const lines = `index=_internal sourcetype=splunkd component=ExecProcessor siembridge | rex field=_raw "${logLine}"`

/** Lookup over the collection in which inputs say how they are. */
export const statusLookup: ConfStanza = {
  name: 'siembridge_status',
  settings: [
    ['external_type', 'kvstore'],
    ['collection', 'siembridge_status'],
    ['fields_list', '_key, stanza, status'],
  ],
}

/** A row for each stream of each input. */
const streams = `| inputlookup ${statusLookup.name} | rename stanza as input | spath input=status path=streams{} output=part | mvexpand part | spath input=part`

export interface HealthPanel {
  readonly title: string
  readonly type: string
  readonly search: string
  /** Fields that the search reads, besides those that Splunk writes itself. */
  readonly reads: readonly string[]
  /** Where they come from, unless from splunkd's log. */
  readonly from?: 'status'
  readonly width: 3 | 4 | 6 | 8 | 12
  readonly height?: number
}

/** The bridge's own health: what its inputs write to splunkd's log, and what of their events is indexed, and when. */
export const healthPanels: readonly HealthPanel[] = [
  {
    title: 'Inputs that said something',
    type: 'splunk.singlevalue',
    search: `${lines} | stats dc(input) as count`,
    reads: ['input'],
    width: 4,
  },
  {
    title: 'Inputs with errors',
    type: 'splunk.singlevalue',
    search: `${lines} | search log_level=ERROR | stats dc(input) as count`,
    reads: ['input'],
    width: 4,
  },
  {
    title: 'Newest event, minutes ago',
    type: 'splunk.singlevalue',
    search: `| tstats max(_indextime) as newest where \`siembridge_index\` (${quoted}) | eval minutes=round((now()-newest)/60) | table minutes`,
    reads: [],
    width: 4,
  },
  {
    title: 'Streams as their inputs say they are',
    type: 'splunk.table',
    search: `${streams} | eval minutes_behind=round((now()-collectedToMs/1000)/60) | rename error.message as error, throttled.times as throttled | sort 0 - minutes_behind | table input, stream, state, minutes_behind, received, throttled, error`,
    reads: ['stream', 'state', 'collectedToMs', 'received', 'throttled.times', 'error.message'],
    from: 'status',
    width: 12,
    height: 300,
  },
  {
    title: 'Events by sourcetype',
    type: 'splunk.column',
    search: `| tstats prestats=t count where \`siembridge_index\` (${quoted}) by _time, sourcetype span=1h | timechart span=1h limit=15 count by sourcetype`,
    reads: [],
    width: 8,
  },
  {
    title: 'Errors and warnings by input',
    type: 'splunk.column',
    search: `${lines} | search log_level IN ("ERROR", "WARN") | timechart limit=15 count by input`,
    reads: ['input'],
    width: 4,
  },
  {
    title: 'Between an event and its indexing, seconds',
    type: 'splunk.table',
    search: `| tstats count max(_time) as newest where \`siembridge_index\` (${quoted}) by index, sourcetype, _indextime | eval lag=_indextime-newest | stats sum(count) as events, median(lag) as usual, perc95(lag) as p95, max(newest) as newest by index, sourcetype | eval newest=strftime(newest, "%F %T") | sort 0 sourcetype`,
    reads: [],
    width: 12,
    height: 300,
  },
  {
    title: 'What fails, and since when',
    type: 'splunk.table',
    search: `${lines} | search log_level=ERROR | stats count, min(_time) as first, max(_time) as last by input, stream, says | fillnull value="" stream | eval first=strftime(first, "%F %T"), last=strftime(last, "%F %T") | sort 100 - last`,
    reads: ['input', 'stream', 'says'],
    width: 12,
    height: 300,
  },
  {
    title: 'What the inputs say',
    type: 'splunk.table',
    search: `${lines} | search says=* | sort 100 - _time | table _time, log_level, input, stream, says`,
    reads: ['input', 'stream', 'says'],
    width: 12,
    height: 300,
  },
]
