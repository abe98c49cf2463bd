import { logTypes } from '@siembridge/catalog'
import { flatKey, flatKeys, type FlatItem, sourcetypesOf } from '@siembridge/engine/plans'
import { type Condition, conditionEval, conditionSearch } from '../cim/condition.ts'
import { cimFieldOf } from '../cim/fields.ts'
import { type Membership, membersOf, modelsOf } from '../cim/memberships.ts'
import { type DataModel, modelOf } from '../cim/models.ts'
import { always, any, call, coalesce, type Eval, field, text } from '../eval/ast.ts'
import { prune, same } from '../eval/prune.ts'

/** An event type: events of a log type that belong to one data model. */
export interface EventType {
  readonly name: string
  readonly model: DataModel
  readonly search: string
  readonly when?: Condition
}

/** What is generated for one log type: the stanza of its own sourcetype, and its event types. */
export interface KnowledgePlan {
  readonly type: string
  readonly title: string
  readonly product: string
  readonly sourcetype: string
  /** CIM field to its expression, in the order of the data models. A single field of another name becomes an alias. */
  readonly fields: ReadonlyMap<string, Eval>
  readonly eventTypes: readonly EventType[]
  /** Why there is none. */
  readonly without?: string
}

/** Keys with which every flat event begins. */
const baseKeys = ['sb_type', 'sb_event_id', 'sb_time', 'sb_severity', 'sb_signature_id', 'sb_signature_name'] as const

/** Filled by the lookup of log types, which runs behind the expressions. */
export const lookupFields: readonly string[] = ['vendor_product']

/** Throws RangeError for a log type that is not known. */
export function knowledgePlan(id: string): KnowledgePlan {
  const type = logTypes.find((one) => one.id === id)
  if (!type) throw new RangeError(`there is no log type "${id}"`)
  const items = flatKeys(id)
  const models = modelsOf(id)
  const keys = new Set<string>([
    ...baseKeys,
    ...(type.signature.category ? ['sb_category'] : []),
    ...items.map(({ key }) => key),
  ])
  const sourcetype = sourcetypesOf(id).own
  return {
    type: id,
    title: type.title,
    product: vendorProduct(type.product),
    sourcetype,
    fields: fieldsOf(vendorProduct(type.product), membersOf(id), items, (name) => keys.has(name)),
    eventTypes: membersOf(id).map((member) => eventType(id, sourcetype, member)),
    ...(typeof models === 'string' && { without: models }),
  }
}

/** CIM's `vendor_product`: the maker's name stands before the product's. */
const vendorProduct = (product: string): string =>
  /^(?:Microsoft|SIEMbridge)\b/.test(product) ? product : `Microsoft ${product}`

function eventType(id: string, sourcetype: string, { model, when, not }: Membership): EventType {
  return {
    name: `siembridge_${id.replaceAll(/[.-]/g, '_')}_${model}`,
    model: modelOf(model),
    search: `sourcetype="${sourcetype}"${conditionSearch(when, not)}`,
    ...(when && { when }),
  }
}

function fieldsOf(
  product: string,
  models: readonly Membership[],
  items: readonly FlatItem[],
  has: (key: string) => boolean,
): Map<string, Eval> {
  const ruled = models.map((member) => ({
    when: conditionEval(member.when),
    fields: { ...member.rules({ product }), ...member.set },
  }))
  const names = new Set([
    ...models.flatMap(({ model }) => [...modelOf(model).required, ...modelOf(model).optional]),
    ...ruled.flatMap(({ fields }) => Object.keys(fields)),
    ...cimFieldOf.map(([, cim]) => cim),
  ])
  const found = new Map<string, Eval>()
  for (const name of names) {
    if (lookupFields.includes(name)) continue
    const cases = ruled.flatMap(({ when, fields }) => {
      const value = fields[name] && prune(fields[name], has)
      return value ? [{ when, value }] : []
    })
    const node = combined(cases, column(name, items))
    const safe = node && shielded(name, node, has)
    if (safe && !same(safe, field(name))) found.set(name, safe)
  }
  return found
}

interface Case {
  readonly when: Eval
  readonly value: Eval
}

/** The rules of the data models by their conditions; elsewhere what the column says, or nothing. */
function combined(cases: readonly Case[], otherwise: Eval | undefined): Eval | undefined {
  const all = [...cases, ...(otherwise ? [{ when: always, value: otherwise }] : [])]
  const last = all.findIndex(({ when }) => same(when, always))
  const used = last < 0 ? all : all.slice(0, last + 1)
  const merged: Case[] = []
  for (const one of used) {
    const before = merged.at(-1)
    if (before && same(before.value, one.value))
      merged[merged.length - 1] = { ...one, when: either(before.when, one.when) }
    else merged.push(one)
  }
  const [first] = merged
  if (!first || same(first.when, always)) return first?.value
  return call('case', ...merged.flatMap(({ when, value }) => [when, value]))
}

const either = (a: Eval, b: Eval): Eval => (same(a, always) || same(b, always) ? always : any(a, b))

/**
 * A calculated field takes the place of an extracted one of its name, and takes it away where it yields nothing; an alias does
 * the same (Splunk, "Create field aliases in Splunk Web"). Where the flat form has a key of that name it stays as the last resort.
 */
const shielded = (name: string, node: Eval, has: (key: string) => boolean): Eval =>
  has(name) ? (prune(coalesce(node, field(name)), has) as Eval) : node

/** What the CIM column gives a field: the first that the event has. */
function column(cim: string, items: readonly FlatItem[]): Eval | undefined {
  const sources = cimFieldOf
    .filter(([, name]) => name === cim)
    .flatMap(([name]) => items.filter(({ key }) => key === flatKey(name)))
    .map(({ key, many }) => (many ? call('split', field(key), text(', ')) : field(key)))
  return prune(coalesce(...sources), () => true)
}
