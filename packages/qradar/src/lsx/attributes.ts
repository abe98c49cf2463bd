import type { ParserProblem } from '@siembridge/core'
import type { XmlElement } from '@siembridge/formats/xml'
import { problem } from '../problem.ts'
import { attributesOf, type AttributeKind, type AttributeRule, identities } from './grammar.ts'

/** Attributes of one element by name, those of the grammar alone. */
export type AttributeValues = Readonly<Record<string, string | undefined>>

const right: Readonly<Record<AttributeKind, (value: string) => boolean>> = {
  text: () => true,
  date: () => true,
  whole: (value) => /^\d{1,9}$/.test(value),
  boolean: (value) => value === 'true' || value === 'false',
  identity: (value) => (identities as readonly string[]).includes(value),
}

const said: Readonly<Record<AttributeKind, string>> = {
  text: 'a text',
  date: 'a date pattern',
  whole: 'a whole number',
  boolean: 'true or false',
  identity: identities.join(', '),
}

/** The attributes of an element, and what is wrong with them. A value that is not of its kind is left out. */
export function readAttributes(element: XmlElement, file: string, problems: ParserProblem[]): AttributeValues {
  const rules = attributesOf(element.local) ?? {}
  const values: Record<string, string> = Object.create(null)
  const say = (code: 'attribute-unknown' | 'attribute-missing' | 'attribute-value', message: string): void =>
    void problems.push(problem(code, file, element.line, message))
  for (const { name, value } of element.attributes) {
    const rule: AttributeRule | undefined = Object.hasOwn(rules, name) ? rules[name] : undefined
    if (!rule) say('attribute-unknown', `${element.local} has no attribute ${name}`)
    else if (right[rule.kind](value)) values[name] = value
    else say('attribute-value', `${name}="${value}" of ${element.local} is not ${said[rule.kind]}`)
  }
  for (const [name, rule] of Object.entries(rules))
    if (rule.required && !element.attributes.some((attribute) => attribute.name === name))
      say('attribute-missing', `${element.local} needs ${name}`)
  return values
}
