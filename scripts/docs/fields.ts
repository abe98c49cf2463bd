import { dictionaryOf, ecsVersion, type Field, logTypes, sharedFields } from '@siembridge/catalog'
import { cefPlacements } from '@siembridge/engine/describe'
import { code, generated, page, table } from './markdown.ts'

const cef = new Map(cefPlacements().map((p) => [p.field, p.cef]))

/** docs/fields.md: the dictionary. */
export function fieldsPage(): string {
  const fields = [...dictionaryOf(logTypes)]
  const shared = fields.filter(([name]) => Object.hasOwn(sharedFields, name))
  const own = fields.filter(([name]) => !Object.hasOwn(sharedFields, name))
  return page(
    generated,
    '# Fields',
    `The dictionary of normalised fields: ${fields.length} names. They are those of the Elastic Common Schema ${ecsVersion}; ` +
      'what it has no place for stands under `microsoft.`. The column *CEF* names the key of a field, or says `slot` where ' +
      'each log type gives it one of its custom slots ([log types](log-types.md)), or gives the reason after `-` why CEF ' +
      'does not carry it. The flat key of a field is its name with `_` in place of each dot.',
    '## Shared fields',
    rows(shared),
    '## Fields of one log type',
    rows(own, (name) => owners(name)),
  )
}

const owners = (name: string): string =>
  logTypes
    .filter((type) => Object.hasOwn(type.dictionary ?? {}, name))
    .map((type) => type.id)
    .join(', ')

function rows(fields: readonly (readonly [string, Field])[], owner?: (name: string) => string): string {
  const ordered = fields.toSorted(([a], [b]) => (a < b ? -1 : 1))
  const head = ['field', 'type', 'CEF', 'meaning', ...(owner ? ['log type'] : [])]
  return table(
    head,
    ordered.map(([name, field]) => [
      code(name),
      typeText(field),
      cef.get(name) ?? '',
      meaning(field),
      ...(owner ? [owner(name)] : []),
    ]),
  )
}

const typeText = ({ type, many }: Field): string => (many ? `${type}, many` : type)

function meaning({ meaning: text, derived, related }: Field): string {
  const more = [
    ...(derived ? [`Derived from ${code(derived.from)} where a type does not give it.`] : []),
    ...(related ? [`Also in ${code(`related.${related}`)}.`] : []),
  ]
  return more.length === 0 || text.endsWith('.') ? [text, ...more].join(' ') : `${text}. ${more.join(' ')}`
}
