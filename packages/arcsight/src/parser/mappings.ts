import type { Property } from '@siembridge/formats'
import { categoryValue, categoryValues } from '../schema/categories.ts'
import { eventFields, hasLabel, labelled, undocumentedFields } from '../schema/fields.ts'
import type { Expression } from './expression.ts'
import { type Names, readExpression } from './expressions.ts'
import type { Mapping } from './model.ts'
import type { Problems } from './problems.ts'
import { meant } from './similar.ts'
import { typeProblem } from './types.ts'

/** `event.<field>=<expression>`; undefined where it cannot be read. */
export function readMapping(field: string, property: Property, names: Names, problems: Problems): Mapping | undefined {
  checkField(field, property.line, problems)
  const expression = readExpression(property, names, problems)
  if (!expression) return undefined
  const wrong = typeProblem(field, expression, names.tokens)
  if (wrong !== undefined)
    problems.error(
      'type-mismatch',
      property.line,
      `event.${field}: ${wrong}`,
      'Convert the value with an operation such as __safeToInteger, or declare the token with that type.',
    )
  checkCategory(field, expression, property.line, problems)
  return { field, expression, line: property.line }
}

/** Whether the event has such a field. */
export function checkField(field: string, line: number, problems: Problems): void {
  if (eventFields.has(field)) return
  if (undocumentedFields.has(field))
    problems.warning(
      'field-undocumented',
      line,
      `event.${field} is in no published table of assignable fields`,
      'Use a documented field, so that it is known what becomes of the value.',
    )
  else
    problems.error(
      'field-unknown',
      line,
      `there is no field event.${field}; the connector passes over it in silence`,
      `Correct the name.${meant(field, eventFields.keys())}`,
    )
}

function checkCategory(field: string, expression: Expression, line: number, problems: Problems): void {
  const constant =
    expression.is === 'operation' && expression.name === 'stringConstant' ? expression.args[0] : undefined
  if (constant?.is !== 'quoted' && constant?.is !== 'word') return
  checkCategoryValue(field, constant.text, line, problems)
}

/** Values of category fields are a closed list that compares exactly. */
export function checkCategoryValue(field: string, value: string, line: number, problems: Problems): void {
  const known = categoryValue(field, value)
  if (known === 'unknown')
    problems.error(
      'category-value',
      line,
      `"${value}" is no value of ${field}: the event will not be categorized by it`,
      `Use one of the list.${meant(value, categoryValues(field))}`,
    )
  else if (known === 'unverified')
    problems.warning(
      'category-unverified',
      line,
      `"${value}" of ${field} stands in no published file`,
      'Try it on your ESM, or use a value that is published.',
    )
}

/** Custom fields and their labels go together. */
export function checkLabels(mappings: readonly Mapping[], problems: Problems): void {
  const fields = new Map(mappings.map((mapping) => [mapping.field, mapping]))
  for (const { field, line } of mappings) {
    const owner = labelled(field)
    if (owner !== undefined && eventFields.has(owner) && !fields.has(owner))
      problems.warning('label-alone', line, `event.${field} is set, but event.${owner} is not`, 'Set both, or none.')
    if (hasLabel(field) && !fields.has(`${field}Label`))
      problems.warning(
        'label-missing',
        line,
        `event.${field} is set, but event.${field}Label is not: nobody can tell what the value is`,
        'Set both.',
      )
  }
}
