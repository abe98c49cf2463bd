import type { Finding } from '@siembridge/core'
import { closest } from '@siembridge/core/config'
import { isFailure } from '../client/table.ts'
import { defaultFields } from '../rules/defaults.ts'
import type { RuleOptions } from '../rules/rule-options.ts'
import { canBeEmpty, fieldsIn } from '../rules/template.ts'
import type { SchemaField, TableSchema } from '../schema/schema.ts'
import { bad, listed, type Look, warning } from './look.ts'

const isLiteral = (text: string): boolean => fieldsIn(text).length === 0

/** What is wrong with the fields that a rule fills. */
export async function* fieldFindings(rule: RuleOptions, look: Look): AsyncGenerator<Finding> {
  if (rule.record === 'em_event') return yield* eventFields(rule)
  const schema = look.schemas.get(rule.record)
  if (!schema) return
  for (const [name, text] of Object.entries(rule.fields)) {
    const subject = `rule ${rule.name}: field ${name}`
    const field = schema.fields.get(name)
    if (!field) {
      const near = closest(name, [...schema.fields.keys()])
      yield bad(
        subject,
        `${rule.record} has no field ${name}; ServiceNow would drop it without a word`,
        near === undefined ? 'Correct the name, or take it out.' : `Write ${near}, or take it out.`,
      )
    } else yield* oneField(subject, text, field, rule, schema, look)
  }
  yield* mandatory(rule, schema)
}

/** Fields of events that rules may fill ("Event fields"); further columns are not to be added. */
const eventColumns = ['node', 'resource', 'type', 'metric_name', 'description', 'event_class', 'source', 'ci_type']

function* eventFields({ name, fields }: RuleOptions): Generator<Finding> {
  for (const field of Object.keys(fields))
    if (!eventColumns.includes(field))
      yield bad(
        `rule ${name}: field ${field}`,
        'is none that events have',
        `Fill one of: ${eventColumns.join(', ')}; what else belongs to an event goes into description.`,
      )
}

async function* oneField(
  subject: string,
  text: string,
  field: SchemaField,
  rule: RuleOptions,
  schema: TableSchema,
  look: Look,
): AsyncGenerator<Finding> {
  if (field.readOnly)
    yield bad(
      subject,
      'is read-only: ServiceNow would drop what is written',
      readOnlyHelp[field.name] ?? 'Take it out, or fill another field.',
    )
  const literal = text.replace(/\{\{[^{}]*\}\}/g, '')
  if (field.length > 0 && literal.length > field.length && field.type === 'string')
    yield bad(
      subject,
      `holds ${field.length} characters, and the text alone has ${literal.length}`,
      'Shorten it, or put it into description.',
    )
  if (field.type === 'integer' && isLiteral(text) && !/^-?\d+$/.test(text.trim()) && !schema.choices.has(field.name))
    yield bad(subject, `is a number, and "${text}" is none`, 'Write a number.')
  if (isLiteral(text) && field.type === 'reference') yield* reference(subject, text.trim(), field, look)
  if (isLiteral(text)) yield* choice(subject, text, field, rule, schema)
}

const readOnlyHelp: Readonly<Record<string, string>> = {
  priority: 'Write impact and urgency (severity of the rule): ServiceNow works the priority out.',
}

async function* reference(
  subject: string,
  name: string,
  field: SchemaField,
  { references }: Look,
): AsyncGenerator<Finding> {
  const resolved = await references.resolve(field.reference, name)
  if (isFailure(resolved))
    yield warning(
      subject,
      `cannot be looked up in ${field.reference}: ${resolved.reason}`,
      `Let the user read ${field.reference}.`,
    )
  else if (resolved.found === 'none')
    yield bad(
      subject,
      `there is no "${name}" in ${field.reference}`,
      'Write the name as it stands there, or its sys_id.',
    )
  else if (resolved.found === 'several')
    yield bad(
      subject,
      `there are several "${name}" in ${field.reference}`,
      'Write the sys_id of the one that is meant.',
    )
  else if (resolved.found === 'inactive')
    yield bad(subject, `"${name}" in ${field.reference} is not active`, 'Name an active one, or make it active again.')
}

function* choice(
  subject: string,
  text: string,
  field: SchemaField,
  rule: RuleOptions,
  schema: TableSchema,
): Generator<Finding> {
  const choices = schema.choices.get(field.name)
  if (!choices || choices.length === 0) return
  const found = choices.filter(({ value }) => value === text)
  if (found.length === 0) {
    const label = choices.find(
      (one) => one.label.toLowerCase() === text.toLowerCase() || one.value.toLowerCase() === text.toLowerCase(),
    )
    const help = label
      ? `Write the value "${label.value}".`
      : `Write one of: ${listed(choices.map(({ value }) => value))}.`
    yield bad(subject, `"${text}" is no choice of ${field.name}`, help)
    return
  }
  if (field.name !== 'subcategory') return
  const { category } = rule.fields
  if (category === undefined)
    yield bad(subject, 'means nothing without a category', `Add category: ${found[0]?.dependent ?? ''}.`)
  else if (isLiteral(category) && !found.some(({ dependent }) => dependent === '' || dependent === category))
    yield bad(
      subject,
      `"${text}" belongs to the category ${listed(found.map(({ dependent }) => dependent))}, not to ${category}`,
      `Write category: ${found[0]?.dependent ?? ''}, or another subcategory.`,
    )
}

/** Fields that the bridge fills itself. */
const filled = ['impact', 'urgency', 'correlation_id', 'work_notes', 'state', 'number']

function* mandatory(rule: RuleOptions, schema: TableSchema): Generator<Finding> {
  const defaults = Object.keys(defaultFields[rule.record])
  for (const field of schema.fields.values()) {
    if (!field.mandatory || filled.includes(field.name)) continue
    const text = rule.fields[field.name]
    const subject = `rule ${rule.name}: field ${field.name}`
    if (text === undefined && !defaults.includes(field.name))
      yield bad(
        subject,
        `is mandatory in ${rule.record}, and the rule does not fill it`,
        `Add it under fields of the rule.`,
      )
    else if (text !== undefined && canBeEmpty(text))
      yield bad(
        subject,
        `is mandatory, and "${text}" is empty for events without that field`,
        'Add a text to fall back on, such as {{user.email | "unknown"}}.',
      )
  }
}
