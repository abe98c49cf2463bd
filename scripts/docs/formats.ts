import { createEngine, type Format, formats, Output } from '@siembridge/engine'
import {
  cefCaps,
  cefHeader,
  cefHeaderMax,
  cefKeys,
  cefValue,
  leefHeader,
  leefKeys,
  leefValue,
} from '@siembridge/formats'
import { samples } from '../../test/samples.ts'
import { code, fence, generated, page, table } from './markdown.ts'
import { syslogSection } from './syslog.ts'

const shown = { type: 'entra.risky-user', name: 'graph-at-risk' } as const

const about: Readonly<Record<Format, string>> = {
  ecs: 'Elastic Common Schema as nested JSON. `@timestamp` is the time of the event, or the time of conversion where the record has none. What ECS has no place for stands under `microsoft.`, what is ours under `siembridge.`. No limit on length.',
  cef: 'ArcSight Common Event Format, version 0. The header carries product, event class and severity; the extension begins with `rt`, and ends with our event id in `flexString2`.',
  leef: 'QRadar LEEF 2.0 with TAB between attributes. `devTime` always has three digits and `+0000`. `cat` is the log type, and how it came out where that is told: QRadar looks events up by event id and `cat`, both exactly, so there is a bounded number of them; what the source calls the category is `sb_category`. Fields without a predefined key go out under their flat key, lists joined with `, `.',
  flat: 'One level of JSON. Keys are `[A-Za-z_][A-Za-z0-9_]*`; the target-critical ones come first, containers last. Booleans are text, lists are joined with `, `, a time stands twice (ISO in UTC with three digits, and `_ms`), an address also by family (`_v4`, `_v6`). Where a column of CEF would not hold the same as the key, what it would hold stands beside it: `_cef` (the first of a list, or cut), `_cut` (a list, cut between two elements), `_long` (an id whose last GUID is `_cef`). `sb_severity_number` is the severity of a CEF header. No limit on length, unless `--max-bytes` sets one: then fields are left out whole, bulky ones first, last those that LEEF has keys for, each time from the end of the line, and `"sb_truncated":1` says so.',
  'raw+': "Microsoft's record untouched, with the flat form under one more member, `sb`. No limit on length.",
  hec: "Splunk HTTP Event Collector envelopes. `event` is Microsoft's record under the sourcetype that published add-ons and detections know; a log type that they do not know, and a record that gives several events, goes out in the flat form under `siembridge:…`. No limit on length.",
  'hec-flat':
    'Splunk HTTP Event Collector envelopes. `event` is the flat form under the sourcetype `siembridge:…` of its log type, whose CIM fields, event types and tags `siembridge generate splunk` writes. Members of more than 1,024 characters stand last, because Splunk reads fields from the beginning of an event only. No limit on length.',
  'mcas-agent':
    "The CEF of the retired Cloud App Security SIEM agent, byte for byte in the agent's own dialect: activities as `EVENT_CATEGORY_*`, alerts as `ALERT_*`, empty values kept. No limit on length; no syslog header.",
}

/** docs/formats.md: every format with a real line, its limits and what it cannot carry. */
export async function formatsPage(): Promise<string> {
  const sample = samples.find((s) => s.type === shown.type && s.name === shown.name)
  if (!sample) throw new Error(`there is no sample ${shown.name} of ${shown.type}`)
  const lines = await Promise.all(formats.map((to) => lineOf(to, sample.bytes)))
  return page(
    generated,
    '# Formats',
    'What `convert --to FORMAT` writes, one line an event. All lines below come from this record, a sample of ' +
      `${code(shown.type)}:`,
    fence(sample.bytes.toString('utf8').trim(), 'json'),
    'Every length is counted in bytes of UTF-8: vendors write "characters" without saying which, and what fits in bytes ' +
      'fits under every reading. A cut never splits a character or an escape, and ends with `...`; a list is cut between two ' +
      'values and ends with `(+n)`.',
    ...formats.flatMap((format, at) => [
      `## ${format}`,
      about[format],
      fence(lines[at] ?? '', 'text'),
      ...limits(format),
    ]),
    '## Substitutions',
    'Characters that a format cannot carry are replaced. JSON carries all of them, half of a surrogate pair as `\\udxxx`; ' +
      'elsewhere that half becomes U+FFFD, and:',
    table(['in', 'CEF header', 'CEF value', 'LEEF header', 'LEEF value'], hostile.map(substituted)),
    'Spaces at either end are removed. Where nothing is left, a header field becomes `unknown`, and a pair is left out ' +
      'together with its label.',
    ...syslogSection(),
  )
}

async function lineOf(to: Format, bytes: Buffer): Promise<string> {
  const engine = await createEngine({ to, now: () => 0 })
  const out = new Output()
  engine.record(bytes, out)
  return out.take().toString('utf8').trimEnd()
}

function limits(format: Format): string[] {
  if (format === 'cef') return cefLimits()
  return format === 'leef' ? leefLimits() : []
}

function cefLimits(): string[] {
  const header = Object.entries(cefHeaderMax)
    .map(([name, max]) => `${name} ${max}`)
    .join(', ')
  return [
    '### Limits of CEF',
    `A line is at most ${cefCaps.tcp} bytes, over UDP ${cefCaps.udp}; \`--max-bytes\` sets another, such as ${cefCaps.qradar} for ` +
      'QRadar, and 0 sets none. With a syslog header, the header is within the number. Header fields: ' +
      `${header}. Keys that hold no more than so many bytes:`,
    lengths(cefKeys),
    'Fields without a key of their own get a slot by type, allotted per log type in the order of importance and frozen by the ' +
      'lock file: `cs1` to `cs5` texts and lists, `cn1` and `cn2` whole numbers, `cfp1` to `cfp4` numbers with a fraction, ' +
      '`deviceCustomDate1`, `deviceCustomDate2` and `flexDate1` times. Reserved: `cs6` for a record id longer than ' +
      '`externalId` holds, `cn3` for the mark of a shortened line, `flexString1` for the link to the portal, `flexString2` ' +
      'for our event id, `c6a1` to `c6a3` for IPv6 of device, source and destination.',
    'A line that is too long loses, in this order until it fits: keys that CEF does not define; the keys of the first ' +
      'row; then `msg`, the other texts and the name are shortened to no less than 64 bytes each; then the keys of the ' +
      'second row; last, header fields are shortened. It ends with `cn3=<bytes removed> cn3Label=TruncatedBytes`.',
    shrinkOrder(cefKeys),
  ]
}

function leefLimits(): string[] {
  return [
    '### Limits of LEEF',
    'A line is at most 4000 bytes, for QRadar cuts a message at 4096 unless told otherwise; `--max-bytes` sets another, ' +
      'and 0 sets none. Attributes of our own hold 4000 bytes, and predefined ones:',
    lengths(leefKeys),
    'A line that is too long loses attributes of our own from the end, then those of the first row, then long texts are ' +
      'shortened to 64 bytes, then those of the second row go, and last, header fields are shortened. It ends with `sbTruncated=1`.',
    shrinkOrder(leefKeys),
  ]
}

type Keys = Readonly<Record<string, { readonly max?: number; readonly priority: number }>>

function lengths(keys: Keys): string {
  const known = Object.entries(keys).filter(([key]) => !key.endsWith('Label'))
  const byMax = [...Map.groupBy(known, ([, { max }]) => max ?? 0)]
    .filter(([max]) => max > 0)
    .toSorted(([a], [b]) => a - b)
  return table(
    ['bytes', 'keys'],
    byMax.map(([max, entries]) => [max, entries.map(([key]) => code(key)).join(' ')]),
  )
}

/** Below this priority a key goes only after every long text was shortened (`keepBelow` of @siembridge/formats). */
const keepBelow = 10

function shrinkOrder(keys: Keys): string {
  const known = Object.entries(keys).filter(([key]) => !key.endsWith('Label'))
  const groups = [...Map.groupBy(known, ([, { priority }]) => priority)].toSorted(([a], [b]) => b - a)
  const order = (late: boolean): string =>
    groups
      .filter(([priority]) => priority < keepBelow === late)
      .map(([, entries]) => entries.map(([key]) => code(key)).join(' '))
      .join('; ')
  const rows = [
    ['first, in this order', order(false)],
    ['after the texts were shortened', order(true)],
  ]
  return table(
    ['dropped', 'keys, the first one first; of those between two semicolons, the one that stands last in the line'],
    rows,
  )
}

const hostile: readonly (readonly [name: string, text: string])[] = [
  ['`|`', 'a|b'],
  ['`=`', 'a=b'],
  ['backslash', String.raw`a\b`],
  ['CR LF', 'a\r\nb'],
  ['LF', 'a\nb'],
  ['CR', 'a\rb'],
  ['TAB', 'a\tb'],
  ['NUL and other controls', 'a\0b'],
]

const substituted = ([name, text]: readonly [string, string]): string[] => [
  name,
  ...[cefHeader, cefValue, leefHeader, leefValue].map((write) => code(visible(write(text)))),
]

const visible = (text: string): string =>
  text.replaceAll('\t', '<TAB>').replaceAll('\n', '<LF>').replaceAll('\r', '<CR>')
