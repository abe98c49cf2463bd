import { logTypes, sharedFields } from '@siembridge/catalog'
import {
  cimFieldOf,
  cimWithout,
  coverage,
  dataModels,
  exemptions,
  type KnowledgePlan,
  knowledgePlan,
  noPlace,
} from '@siembridge/splunk/knowledge'
import { code, generated, page, table } from './markdown.ts'

/** docs/cim.md: what Splunk's Common Information Model gets of each log type. */
export function cimPage(): string {
  const { required, exempt } = coverage()
  const plans = logTypes.map(({ id }) => knowledgePlan(id)).toSorted((a, b) => (a.type < b.type ? -1 : 1))
  return page(
    generated,
    '# CIM: fields for Splunk’s data models',
    'Events in the format `hec-flat` carry a sourcetype of ours, and `siembridge generate splunk` writes what makes CIM fields, ' +
      'event types and tags of them. Each event type puts events of one log type into one data model, and has the tags of that ' +
      'data model alone. An interpreter of exactly what is generated runs it over every sample: each required field is there, and ' +
      `each value is one that the data model allows. Of ${required} required fields, ${exempt} ` +
      `(${((100 * exempt) / required).toFixed(1)} %) are exempt, because Microsoft's records do not say them.`,
    'Records under the sourcetypes of other add-ons (format `hec`) are Microsoft’s JSON untouched. Nothing here defines fields of ' +
      'those sourcetypes: two add-ons that did would overrule each other. `siembridge generate splunk --compatible-props` only sets ' +
      'that their lines are whole and JSON, for a Splunk without those add-ons.',
    '## Log types',
    table(
      ['log type', 'sourcetype', 'event types: data model'],
      plans.map((plan) => [code(plan.type), code(plan.sourcetype), modelsText(plan)]),
    ),
    '## Data models',
    table(
      ['data model', 'tags', 'required', 'where others ask for it'],
      dataModels.map((model) => [
        model.title,
        model.tags.join(', '),
        model.required.join(', '),
        'conditional' in model
          ? model.conditional.map(({ field, where }) => `${field} (${whereText(where)})`).join(', ')
          : '',
      ]),
    ),
    '## Exemptions',
    table(
      ['log type', 'data model', 'fields', 'why'],
      exemptions.map(({ type, model, fields, reason }) => [code(type), model, fields.join(', '), reason]),
    ),
    '## The CIM column',
    'Where a data model’s own rule does not say otherwise, a field of the dictionary goes to these CIM fields; of several that ' +
      'go to one, the first that an event has. Fields of one log type alone are searchable under their flat keys.',
    table(
      ['field', 'CIM'],
      Object.keys(sharedFields)
        .toSorted()
        .map((name) => [code(name), columnText(name)]),
    ),
  )
}

const modelsText = ({ eventTypes, without }: KnowledgePlan): string =>
  without === undefined
    ? eventTypes.map(({ name, model }) => `${code(name)}: ${model.title}`).join('<br>')
    : `none: ${without}`

const whereText = (where: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(where)
    .map(([field, values]) => `${field} is ${values.join(' or ')}`)
    .join(' and ')

function columnText(name: string): string {
  const places = cimFieldOf.filter(([field]) => field === name).map(([, cim]) => cim)
  return places.length > 0 ? places.join(', ') : `- ${cimWithout.get(name) ?? noPlace}`
}
