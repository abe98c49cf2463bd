import { describeQradar } from '@siembridge/qradar'
import { code, generated, page, table } from './markdown.ts'

/** docs/qradar.md: what goes where in QRadar, what is checked, and what IBM leaves open. */
export function qradarPage(): string {
  const { fields, without, placements, dsms, switches, checks, bulky } = describeQradar()
  const rows = (list: readonly Readonly<Record<string, string>>[], ...columns: readonly string[]): string =>
    table(
      columns,
      list.map((row) => columns.map((column) => row[column] ?? '')),
    )
  return page(
    generated,
    '# QRadar',
    '`siembridge generate qradar --out FOLDER` writes plans and log source extensions for three ways in, with the steps to take in `import.md`; ' +
      '`siembridge verify qradar FOLDER --input RECORDS` runs them, or extensions of your own, as QRadar would; ' +
      '`siembridge apply qradar FOLDER --console URL --token env:NAME` sets a console up, showing what differs first (`--dry-run` stops there); ' +
      '`siembridge native qradar RECORDS` writes payloads for the DSMs that IBM ships; ' +
      '`siembridge list qradar-unknowns --input RECORDS` prints the rows that are missing for operations the catalog does not list.',
    'None of it was tried on a real QRadar by us: IBM publishes neither a schema nor a reference implementation, and what its documents leave open is ' +
      'a question with two answers here. What is generated gives the same under both answers to every question that it touches; `verify` says of an event on which it depends.',
    '## How events are looked up',
    'By event id and category, both exactly. The event id is that of the catalog. The category is the log type and how it came out: in LEEF ' +
      '`entra.sign-in.failure`, in extensions `failure`, and the log type where it is not told. Every known id has a QID record for each outcome ' +
      'that means something, with a severity and a low-level category by name; where a name is known second-hand alone, a documented one follows it, and the first that ' +
      'the console has is taken. Ids that are not listed arrive under the general id of the log type, which has a record too.',
    '## Fields of the normalised event',
    rows(fields, 'field', 'from'),
    'EventName, EventCategory and DeviceTime are filled always. Left empty:',
    rows(without, 'field', 'why'),
    '## Custom event properties',
    'Every other field is a property, and those that the normalised event may not hold are one besides. Over the flat form they are keypaths, in LEEF keys; ' +
      'attributes that LEEF itself defines and QRadar does not normalise are called `SB LEEF` and the key.',
    rows(placements, 'field', 'qradar'),
    '## Payload limits',
    'QRadar cuts a TCP payload at 4096 bytes and a datagram at 1024 unless told otherwise, header included. `max_bytes` of the syslog target shortens before that. ' +
      'The flat form loses whole fields: those of 256 bytes and more, then smaller ones, last the ones that LEEF has keys for, each time from the end of the line; it says ' +
      '`"sb_truncated":1`. LEEF loses what [formats.md](formats.md) says, and ends with `sbTruncated=1`. Native payloads lose whole members: first ' +
      `${bulky.map(code).join(', ')}, then the longest first, never one that a DSM parses; they say \`"sb_truncated":1\` as well. Nothing is ever cut inside of JSON.`,
    '## DSMs that IBM ships',
    'Our reading of IBM’s pages on them, for `verify` and the simulated console. Where a console has no type of the name, the id is tried.',
    rows(dsms, 'dsm', 'id', 'types'),
    '## What is checked in extensions',
    table(
      ['check', 'level', 'what to do'],
      checks.map(({ code: name = '', level = '', help = '' }) => [code(name), level, help]),
    ),
    '## What IBM leaves open',
    table(
      ['', 'taken', 'or'],
      switches.map(({ name = '', preset = '', other = '' }) => [name, preset, other]),
    ),
  )
}
