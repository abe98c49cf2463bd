import { entityTables, logTypes } from '@siembridge/catalog'
import { exit, SiembridgeError } from '@siembridge/core'
import { formats } from '@siembridge/engine'
import { fieldPlacement, fieldRows, shapeRows } from '@siembridge/engine/describe'
import { print } from '../sink.ts'
import { table } from '../terminal/table.ts'

type Row = Readonly<Record<string, string | number | boolean>>

/** `siembridge list`: exit status. */
export async function list(
  what: string,
  options: { readonly json?: boolean; readonly type?: string },
): Promise<number> {
  const rows = rowsOf(what, options.type)
  await print(options.json ? `${JSON.stringify(rows, null, 2)}\n` : table(rows))
  return exit.good
}

function rowsOf(what: string, type: string | undefined): readonly Row[] {
  if (type !== undefined && !logTypes.some((t) => t.id === type))
    throw new SiembridgeError('UsageWrong', `there is no log type "${type}"; \`siembridge list log-types\` prints them`)
  switch (what) {
    case 'log-types':
      return shapeRows()
    case 'fields':
      return type === undefined ? fieldRows() : fieldPlacement(type)
    case 'formats':
      return formats.map((format) => ({ format, meaning: meanings[format] }))
    case 'entities':
      return entityTables.flatMap((t) =>
        Object.entries(t.kinds).map(([kind, k]) => ({
          table: t.id,
          kind,
          class: k.class,
          fields: Object.keys(k.fields ?? {}).join(' '),
        })),
      )
    case 'sources':
      return [
        { source: 'file', meaning: 'files of records: one a line, arrays, {"value":[…]}, {"records":[…]}' },
        { source: 'stdin', meaning: 'the same on standard input' },
      ]
    default:
      return [
        { target: 'stdout', receipt: 'handed-over', meaning: 'standard output, one line an event' },
        { target: 'tcp', receipt: 'handed-over', meaning: 'syslog over TCP, lines or octet counting' },
        { target: 'udp', receipt: 'none', meaning: 'syslog over UDP, one event a datagram' },
        { target: 'tls', receipt: 'handed-over', meaning: 'syslog over TLS, octet counting' },
      ]
  }
}

const meanings: Readonly<Record<(typeof formats)[number], string>> = {
  ecs: 'Elastic Common Schema, nested JSON',
  cef: 'ArcSight Common Event Format',
  leef: 'QRadar LEEF 2.0',
  flat: 'one level of JSON, keys that every parser generator can name',
  'raw+': 'Microsoft\'s record with the flat keys added under "sb"',
  hec: "Splunk HTTP Event Collector envelopes around Microsoft's record",
  'hec-flat': 'Splunk HTTP Event Collector envelopes around the flat form, for our CIM fields',
  'mcas-agent': 'the CEF of the retired Cloud App Security SIEM agent',
}
