import type { TicketEvent } from './event.ts'
import { specialValues } from './event.ts'

/** Names in templates that are no normalised fields. */
export const specials = [
  'severity',
  'type',
  'time',
  'tenant',
  'signature',
  'signature.name',
  'product',
  'native',
  'object',
] as const

/** A template that cannot be read. Its message says where and what to do. */
export class TemplateError extends Error {}

type Choice = { readonly field: string } | { readonly text: string }
type Part = string | readonly Choice[]

/** A template: a text for an event. */
export type Template = (event: TicketEvent) => string

/**
 * `{{field}}` stands for a field's values; `{{a | b | "text"}}` for the first that the event has. A field that is missing is an empty
 * text, and empties nothing around it. Throws TemplateError.
 */
export function parseTemplate(text: string, known: ReadonlySet<string>): Template {
  const parts = [...partsOf(text, known)]
  return (event) => parts.map((part) => (typeof part === 'string' ? part : chosen(part, event))).join('')
}

/** Fields that a template reads. */
export const fieldsIn = (text: string): string[] =>
  [...text.matchAll(/\{\{([^{}]*)\}\}/g)].flatMap(([, inner = '']) =>
    inner.split('|').flatMap((one) => (/^\s*"/.test(one) ? [] : [one.trim()])),
  )

/** Whether an event can leave the text empty: nothing stands around its fields, and none has a text to fall back on. */
export const canBeEmpty = (text: string): boolean =>
  text.replace(/\{\{[^{}]*\}\}/g, '').trim() === '' &&
  ![...text.matchAll(/\{\{([^{}]*)\}\}/g)].some(([, inner = '']) => alwaysThere(inner))

const constant = new Set<string>([
  'severity',
  'type',
  'time',
  'signature',
  'signature.name',
  'product',
  'native',
  'object',
])
const alwaysThere = (inner: string): boolean =>
  inner.split('|').some((one) => /^\s*"[^"]*\S[^"]*"\s*$/.test(one) || constant.has(one.trim()))

function* partsOf(text: string, known: ReadonlySet<string>): Generator<Part> {
  let at = 0
  for (const match of text.matchAll(/\{\{([^{}]*)\}\}/g)) {
    yield plain(text.slice(at, match.index))
    yield choicesOf(match[1] ?? '', known)
    at = match.index + match[0].length
  }
  yield plain(text.slice(at))
}

function plain(text: string): string {
  if (/\{\{|\}\}/.test(text)) throw new TemplateError(`"${text.trim()}" has a {{ or }} without its other half`)
  return text
}

const choicesOf = (inner: string, known: ReadonlySet<string>): Choice[] =>
  inner.split('|').map((one) => {
    const quoted = /^\s*"([^"]*)"\s*$/.exec(one)
    if (quoted) return { text: quoted[1] ?? '' }
    const field = one.trim()
    if (!known.has(field))
      throw new TemplateError(`there is no field "${field}" for {{${inner}}}; \`siembridge list fields\` prints them`)
    return { field }
  })

function chosen(choices: readonly Choice[], event: TicketEvent): string {
  for (const choice of choices) {
    const text = 'text' in choice ? choice.text : valuesOf(event, choice.field).join(', ')
    if (text !== '') return text
  }
  return ''
}

/** Values of a field or of a special name. */
export const valuesOf = (event: TicketEvent, name: string): readonly string[] =>
  specialValues(event, name) ?? event.values(name)
