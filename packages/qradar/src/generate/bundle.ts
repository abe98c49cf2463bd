import { strToU8, zipSync } from 'fflate'
import { createHash } from 'node:crypto'
import { xmlText } from '@siembridge/formats/xml'
import { lowLevelCategory } from '../categories/low-level.ts'
import type { Plan } from '../plan/model.ts'

/** Namespace of the ids of rows: an import with `overwrite` finds what an earlier one made. */
const namespace = 'siembridge.qradar'

/** A UUID of version 5 form out of a name. */
export function rowId(name: string): string {
  const hash = createHash('sha1').update(`${namespace}\0${name}`).digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.subarray(0, 16).toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const row = (name: string, columns: Readonly<Record<string, string | number>>): string =>
  `  <${name}>\n${Object.entries(columns)
    .map(([column, value]) => `    <${column}>${xmlText(String(value))}</${column}>\n`)
    .join('')}  </${name}>\n`

/**
 * A content pack for Extensions Management: one ZIP with one XML of rows. The rows of \`qidmap\` are those of public exports; those of
 * log source types and of extensions are made after what is known of their tables, and IBM documents neither.
 */
export function bundle(plan: Plan, extensions: ReadonlyMap<string, string>): Uint8Array {
  const rows = [
    ...plan.qidRecords.map((qid, at) =>
      row('qidmap', {
        severity: qid.severity,
        lowlevelcategory: lowLevelCategory(qid.categories[0] ?? '').id,
        reverseip: 'false',
        qid: 2_500_001 + at,
        ratethreshold: 0,
        rateinterval: 0,
        qdescription: `${qid.description} [siembridge:${qid.key}]`,
        ratelongwindow: 0,
        qname: qid.name,
        rateshortwindow: 0,
        id: -1,
        uuid: rowId(`qid ${qid.key}`),
      }),
    ),
    ...plan.logSourceTypes
      .filter(({ shipped }) => !shipped)
      .map(({ key, name }) =>
        row('sensordevicetype', {
          devicetypename: `SIEMbridge-${key}`,
          devicetypedescription: name,
          id: -1,
          uuid: rowId(`type ${key}`),
        }),
      ),
    ...plan.logSourceTypes.flatMap(({ extension }) => {
      const xml = extension && extensions.get(extension.file)
      if (!extension || xml === undefined) return []
      const body = Buffer.from(xml).toString('base64')
      return [
        row('device_ext', {
          name: extension.name,
          description: extension.name,
          enabled: 'true',
          xml: body,
          id: -1,
          uuid: rowId(`extension ${extension.name}`),
        }),
      ]
    }),
  ]
  const content = `<?xml version="1.0" encoding="UTF-8"?>\n<content>\n  <qradarversion>7.5.0</qradarversion>\n${rows.join('')}</content>\n`
  // The same bytes every time.
  return zipSync({ 'siembridge-ContentExport.xml': [strToU8(content), { mtime: '1980-01-01T00:00:00Z' }] })
}
