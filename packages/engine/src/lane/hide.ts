import { createHmac } from 'node:crypto'
import type { Field } from '@siembridge/catalog'
import type { EventView } from '../interpret/view.ts'
import { masked } from '../values/signatures.ts'

export interface HideOptions {
  /** Fields that go out not at all, as one word, or under a pseudonym. */
  readonly drop?: readonly string[]
  readonly mask?: readonly string[]
  readonly pseudonymise?: { readonly fields: readonly string[]; readonly key: string }
}

type Change = (value: string) => string | undefined

/**
 * Hides fields of events: the same values are hidden in `related.*` and in entities. Only texts can be masked; a masked number or
 * address would be a wrong one and is dropped. Pseudonyms are keyed hashes (HMAC-SHA-256): the same value has the same
 * pseudonym, an address becomes one of fd00::/8 (RFC 4193), and without the key none can be tried out.
 */
export function hider(options: HideOptions, dictionary: ReadonlyMap<string, Field>): (view: EventView) => EventView {
  const changes = new Map<string, Change>()
  const isText = (name: string): boolean => ['keyword', 'text'].includes(dictionary.get(name)?.type ?? 'keyword')
  for (const name of options.drop ?? []) changes.set(name, () => undefined)
  for (const name of options.mask ?? []) changes.set(name, isText(name) ? () => masked : () => undefined)
  for (const name of options.pseudonymise?.fields ?? [])
    changes.set(name, pseudonym(options.pseudonymise?.key ?? '', dictionary.get(name)?.type))
  return (view) => hidden(view, changes)
}

function pseudonym(key: string, type: Field['type'] | undefined): Change {
  const digest = (value: string): string => createHmac('sha256', key).update(value).digest('hex')
  if (type === 'ip')
    return (value) =>
      `fd${digest(value).slice(0, 30)}`.replace(/(.{4})(?!$)/g, '$1:').replace(/(^|:)0{1,3}(?=.)/g, '$1')
  if (type === undefined || type === 'keyword' || type === 'text') return (value) => digest(value).slice(0, 32)
  return () => undefined
}

function hidden(view: EventView, changes: ReadonlyMap<string, Change>): EventView {
  const became = new Map<string, string | undefined>()
  const change = (fields: EventView['fields']): Map<string, readonly string[]> => {
    const after = new Map<string, readonly string[]>()
    for (const [name, values] of fields) {
      const by = changes.get(name)
      const next = by ? values.flatMap((value) => remember(became, value, by(value))) : values
      if (next.length > 0) after.set(name, next)
    }
    return after
  }
  const entities = view.entities.map((entity) => ({ ...entity, fields: change(entity.fields) }))
  const fields = change(view.fields)
  if (became.size === 0) return view
  for (const [name, values] of fields) {
    if (!name.startsWith('related.') || changes.has(name)) continue
    const next = [...new Set(values.flatMap((v) => (became.has(v) ? (became.get(v) ?? []) : v)))]
    if (next.length > 0) fields.set(name, next)
    else fields.delete(name)
  }
  return { ...view, fields, entities: entities.map((e) => withoutNames(e, became)) }
}

function remember(became: Map<string, string | undefined>, before: string, after: string | undefined): string[] {
  became.set(before, after)
  return after === undefined ? [] : [after]
}

/** Name and id of an entity are values of its fields too. */
function withoutNames(entity: EventView['entities'][number], became: ReadonlyMap<string, string | undefined>) {
  const { id, name, ...rest } = entity
  const told = (value: string | undefined): string | undefined =>
    value !== undefined && became.has(value) ? became.get(value) : value
  const [nextId, nextName] = [told(id), told(name)]
  return { ...rest, ...(nextId !== undefined && { id: nextId }), ...(nextName !== undefined && { name: nextName }) }
}
