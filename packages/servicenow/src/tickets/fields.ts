import type { Failure } from '../client/answer.ts'
import { isFailure } from '../client/table.ts'
import type { TicketEvent } from '../rules/event.ts'
import { defaultFields } from '../rules/defaults.ts'
import type { Rule } from '../rules/rule.ts'
import type { References } from '../schema/references.ts'
import type { SchemaField, TableSchema } from '../schema/schema.ts'
import { escapeHtml, fit, noCode, oneLine, readable } from './text.ts'

/** Values for a record's fields, and what a person should know about them. */
export interface Rendered {
  readonly values: Readonly<Record<string, string>>
  readonly remarks: readonly string[]
}

/** Texts of so many characters are lines; longer ones may have several. */
const longestLine = 255
const mostOfNote = 4000
const cutNote = '\n... cut here; the attached record has all of it'

/**
 * What a rule's templates make of an event, as the table takes it: in its lengths, names as sys_ids; `only` these fields. A ticket of a
 * table that the rule made records of before has what every ticket has.
 */
export async function render(
  rule: Rule,
  event: TicketEvent,
  schema: TableSchema,
  references: References | undefined,
  only?: ReadonlySet<string>,
): Promise<Rendered | Failure> {
  const values: Record<string, string> = {}
  const remarks: string[] = []
  for (const [name, template] of templatesFor(rule, schema.table)) {
    if (only && !only.has(name)) continue
    const text = template(event)
    const field = schema.fields.get(name)
    if (field?.type === 'reference' && text.trim() !== '' && references) {
      const resolved = await references.resolve(field.reference, oneLine(text))
      if (isFailure(resolved)) return resolved
      if (resolved.found === 'one') values[name] = resolved.sysId
      else
        remarks.push(`${name} stays empty: ${whyNot[resolved.found]} "${fit(oneLine(text), 80)}" in ${field.reference}`)
    } else values[name] = asField(text, field)
  }
  return { values, remarks }
}

const templatesFor = (rule: Rule, table: string): Rule['templates'] =>
  table === rule.table ? rule.templates : new Map(Object.entries(defaultFields.incident))

const whyNot = {
  none: 'there is no active',
  several: 'there are several',
  inactive: 'there is only an inactive',
} as const

/** A text as a field holds it. */
export function asField(text: string, field: SchemaField | undefined): string {
  const length = field?.length ?? 0
  if (field?.type === 'html') return escapeHtml(readable(text))
  if (field?.type.startsWith('journal')) return fit(noCode(readable(text)), length || mostOfNote)
  if (length > 0 && length <= longestLine) return fit(oneLine(text), length)
  const whole = readable(text).trim()
  if (length === 0 || whole.length <= length) return whole
  return fit(whole, length - cutNote.length) + cutNote
}
