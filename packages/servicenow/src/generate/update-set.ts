import { xmlCdata, xmlTag, xmlText } from '@siembridge/formats/xml'
import { idOf, type SetRecord } from './records.ts'

const element = (name: string, text: string, attributes: Readonly<Record<string, string>> = {}): string =>
  text === '' ? `${xmlTag(name, attributes)}/>` : `${xmlTag(name, attributes)}>${xmlText(text)}</${name}>`

/** An update set as System Update Sets > Retrieved Update Sets > Import Update Set from XML takes it. */
export function updateSetXml(name: string, description: string, records: readonly SetRecord[]): string {
  const set = idOf('set', name)
  const head = [
    element('name', name),
    element('description', description),
    element('application', 'global', { display_value: 'Global' }),
    element('application_scope', 'global'),
    element('application_name', 'Global'),
    element('state', 'loaded'),
    element('remote_sys_id', set),
    element('sys_id', set),
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<unload unload_date="2026-01-01 00:00:00">',
    `<sys_remote_update_set action="INSERT_OR_UPDATE">\n${head.join('\n')}\n</sys_remote_update_set>`,
    ...records.map((record) => updateXml(record, set, name)),
    '</unload>',
    '',
  ].join('\n')
}

function updateXml(record: SetRecord, set: string, name: string): string {
  const { table, update } = record
  const parts = [
    element('action', 'INSERT_OR_UPDATE'),
    element('application', 'global', { display_value: 'Global' }),
    element('category', 'customer'),
    element('name', update),
    `<payload>${xmlCdata(payload(record))}</payload>`,
    element('remote_update_set', set, { display_value: name }),
    element('sys_id', idOf('update', update)),
    element('table', table),
    element('type', table),
    element('update_domain', 'global'),
  ]
  return `<sys_update_xml action="INSERT_OR_UPDATE">\n${parts.join('\n')}\n</sys_update_xml>`
}

function payload({ table, fields }: SetRecord): string {
  const members = Object.entries(fields).map(([name, value]) => element(name, value))
  return `<?xml version="1.0" encoding="UTF-8"?><record_update table="${table}"><${table} action="INSERT_OR_UPDATE">${members.join('')}</${table}></record_update>`
}
