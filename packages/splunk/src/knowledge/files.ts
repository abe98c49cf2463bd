import { type ConfStanza, confText, csvText } from '@siembridge/formats'
import { dashboardMacros } from '../dashboards/macros.ts'
import { printEval } from '../eval/print.ts'
import type { KnowledgePlan } from './plan.ts'

type Setting = readonly [key: string, value: string]

/** The file of each `.conf` and lookup by its path in an app. */
export function knowledgeFiles(plans: readonly KnowledgePlan[], compatible: readonly string[]): Map<string, string> {
  const eventTypes = plans.flatMap((plan) => plan.eventTypes)
  return new Map([
    [
      'default/props.conf',
      confText([...plans.map((plan) => props(plan)), ...compatible.map((name) => plainProps(name))]),
    ],
    ['default/transforms.conf', confText([lookupStanza])],
    [
      'default/eventtypes.conf',
      confText(
        eventTypes.map(({ name, search, model }) => ({ name, settings: [['search', search]], comment: [model.title] })),
      ),
    ],
    [
      'default/tags.conf',
      confText(
        eventTypes.map(({ name, model }) => ({
          name: `eventtype=${name}`,
          settings: model.tags.map((tag) => [tag, 'enabled'] as const),
        })),
      ),
    ],
    ['default/macros.conf', confText([...macros, ...dashboardMacros])],
    [`lookups/${lookupFile}`, csvText([lookupHeader, ...plans.map((plan) => lookupRow(plan))])],
  ])
}

// What arrives through a modular input or the raw endpoint is cut and timed by the first tier that parses it; the event
// endpoint of the collector and a given time pass that by (Splunk, props.conf.spec).
const lines: readonly Setting[] = [
  ['SHOULD_LINEMERGE', 'false'],
  ['LINE_BREAKER', String.raw`([\r\n]+)`],
  ['TRUNCATE', '0'],
]

const searchTime: readonly Setting[] = [
  ['KV_MODE', 'json'],
  ['AUTO_KV_JSON', 'false'],
]

function props(plan: KnowledgePlan): ConfStanza {
  return {
    name: plan.sourcetype,
    comment: [plan.title],
    settings: [
      ...lines,
      ['TIME_PREFIX', String.raw`"sb_time"\s*:\s*"`],
      ['TIME_FORMAT', '%Y-%m-%dT%H:%M:%S.%3NZ'],
      ['MAX_TIMESTAMP_LOOKAHEAD', '32'],
      ['TZ', 'UTC'],
      ...searchTime,
      ...[...plan.fields].map(([name, node]): Setting =>
        node.is === 'field'
          ? [`FIELDALIAS-siembridge_${name}`, `${node.name} AS ${name}`]
          : [`EVAL-${name}`, printEval(node)],
      ),
      ['LOOKUP-siembridge_log_type', `${lookup} sb_type OUTPUT vendor_product`],
    ],
  }
}

/** Of a sourcetype that others published: whole lines of JSON, and nothing of its fields. */
const plainProps = (name: string): ConfStanza => ({ name, settings: [...lines, ...searchTime] })

const lookup = 'siembridge_log_types'
const lookupFile = `${lookup}.csv`
const lookupStanza: ConfStanza = { name: lookup, settings: [['filename', lookupFile]] }
const lookupHeader = ['sb_type', 'sourcetype', 'vendor_product', 'title']
const lookupRow = ({ type, sourcetype, product, title }: KnowledgePlan): string[] => [type, sourcetype, product, title]

const macros: readonly ConfStanza[] = [
  {
    name: 'siembridge_dedup',
    comment: [
      'Each event once. After an unclean stop the same events can come again, under the same event id; records under the',
      'sourcetypes of other add-ons carry no id of ours, and come again with the same bytes.',
    ],
    settings: [
      [
        'definition',
        'eval siembridge_repeat=coalesce(sb_event_id, sha256(_raw)) | dedup siembridge_repeat | fields - siembridge_repeat',
      ],
      ['iseval', '0'],
    ],
  },
]
