import { entityTables, logTypes, type LogType } from '@siembridge/catalog'
import { fieldPlacement, shapeRows } from '@siembridge/engine/describe'
import { code, generated, page, table } from './markdown.ts'

const serviceOf = (id: string): string => id.split('.')[0] ?? id
const ordered = logTypes.toSorted((a, b) => (a.id < b.id ? -1 : 1))
const anchor = (id: string): string => id.replaceAll('.', '')

export const services: readonly string[] = [...new Set(ordered.map((type) => serviceOf(type.id)))]

/** docs/log-types.md: every shape of every type. */
export function logTypesPage(): string {
  const link = (id: string): string => `[${id}](log-types/${serviceOf(id)}.md#${anchor(id)})`
  const rows = shapeRows().map((r) => [link(r.type), code(r.shape), r.fields, code(r.sourcetype), r.from])
  return page(
    generated,
    '# Log types',
    `${ordered.length} log types in ${rows.length} shapes. A shape is one of the forms in which records of a type arrive; ` +
      'records are recognised by what they look like, unless `--type` names the log type. The column *fields* counts the ' +
      'normalised fields that the shape maps itself; entities, derived fields and `related.*` come on top.',
    table(['type', 'shape', 'fields', 'Splunk sourcetype', 'where from'], rows),
    'Generic types take what no other type of their family claims: ' +
      `${ordered
        .filter((type) => type.generic)
        .map((type) => link(type.id))
        .join(', ')}.`,
  )
}

/** docs/log-types/<service>.md: every type of a service with its fields. */
export function servicePage(service: string): string {
  const types = ordered.filter((type) => serviceOf(type.id) === service)
  return page(
    generated,
    `# Log types of ${code(service)}`,
    'Where a field goes in each format, most important field first. A CEF slot stands with its label; `-` is followed by ' +
      'the reason why CEF does not carry the field. ' +
      'Types of values and meanings are those of the [dictionary](../fields.md).',
    ...types.flatMap(section),
  )
}

function section(type: LogType): string[] {
  const shapes = Object.entries(type.shapes).map(([name, { title }]) => `- ${code(name)}: ${title}`)
  const rows = fieldPlacement(type.id).map((f) => [f['field'], f['type'], f['cef'], f['leef'], f['flat'], f['meaning']])
  return [
    `## ${type.id}`,
    `${type.title}. In headers: product ${code(type.product)}, version ${type.version}.`,
    shapes.join('\n'),
    signatureText(type),
    entitiesText(type),
    sensitiveText(type),
    table(
      ['field', 'type', 'CEF', 'LEEF', 'flat', 'meaning'],
      rows.map((cells) => cells.map((text) => text ?? '')),
    ),
  ]
}

function signatureText({ id, signature }: LogType): string {
  const { known } = signature
  if (known.length === 0)
    return `Event class ids: ${code(id)} alone; the original action stays in ${code('event.action')}.`
  const shown = known.slice(0, 12).map(code).join(', ')
  const more = known.length > 12 ? `, and ${known.length - 12} more` : ''
  return `Event class ids: ${shown}${more}; any other goes out as ${code(id)}.`
}

function entitiesText({ entities }: LogType): string {
  return (entities ?? [])
    .map((rule) => {
      const kinds = Object.keys(entityTables.find((t) => t.id === rule.table)?.kinds ?? {}).length
      return `Entities: the list ${code(rule.list)}, by the table ${code(rule.table)} of ${kinds} kinds.`
    })
    .join('\n')
}

const sensitiveText = ({ sensitive }: LogType): string =>
  sensitive === undefined ? '' : `Masked at intake: ${sensitive.map(code).join(', ')}.`
