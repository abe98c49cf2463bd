import { createHash } from 'node:crypto'
import { type EntityClass, logTypes } from '@siembridge/catalog'

/** A normalised event, as a state target gets it: nested ECS with revision, tenant and the whole record. */
export interface TicketEvent {
  /** Object that it is a revision of, within its tenant; events without one are objects of their own. */
  readonly object: string
  /** Every object that it belongs to, its own among them, by kind. */
  readonly objects: Readonly<Record<string, string>>
  readonly ownKind: string
  /** Microsoft's own id. */
  readonly native: string
  readonly product: string
  readonly type: string
  readonly tenant: string
  readonly severity: Severity
  readonly time: string
  readonly timeMs: number
  readonly revision: string
  readonly change?: string
  readonly signature: { readonly id: string; readonly name: string }
  /** Microsoft's record as text, secrets masked; undefined where the route hides fields. */
  readonly original?: string
  /** Of what the revision says. */
  readonly digest: string
  readonly entities: readonly Entity[]
  values(field: string): readonly string[]
}

export type Severity = 'informational' | 'low' | 'medium' | 'high' | 'critical'

export interface Entity {
  readonly kind: string
  readonly class: EntityClass
  readonly roles: readonly string[]
  readonly verdict?: string
  readonly name?: string
  readonly id?: string
  readonly fields: Json
}

type Json = { readonly [key: string]: unknown }

const products = new Map(logTypes.map(({ id, product }) => [id, product]))

/** An event's line as an event, or why it cannot be one. */
export function readEvent(line: Buffer): TicketEvent | { readonly unreadable: string } {
  let doc: unknown
  try {
    doc = JSON.parse(line.toString('utf8'))
  } catch (error) {
    return { unreadable: `it is no JSON: ${(error as Error).message}` }
  }
  if (!isObject(doc)) return { unreadable: 'it is no JSON object' }
  return eventOf(doc)
}

function eventOf(doc: Json): TicketEvent {
  const one = (path: string): string => valuesAt(doc, path)[0] ?? ''
  const own = isObject(doc['siembridge']) ? doc['siembridge'] : {}
  const text = (name: string): string => (typeof own[name] === 'string' ? own[name] : '')
  const objects = isObject(own['object']) ? (own['object'] as Record<string, string>) : {}
  const [ownKind = 'event'] = Object.keys(objects)
  const id = objects[ownKind] ?? text('event_id')
  const type = one('event.dataset')
  const tenant = (text('tenant') || one('organization.id')).toLowerCase()
  const time = one('@timestamp')
  const original = text('original')
  return {
    object: scoped(tenant, id),
    objects: Object.fromEntries(Object.entries(objects).map(([kind, one]) => [kind, scoped(tenant, one)])),
    ownKind,
    native: one('event.id') || text('event_id'),
    product: products.get(type) ?? 'Microsoft',
    type,
    tenant,
    severity: (text('severity') || 'informational') as Severity,
    time,
    timeMs: Date.parse(time),
    revision: text('revision'),
    ...(text('sbChange') !== '' && { change: text('sbChange') }),
    signature: { id: one('siembridge.signature.id'), name: one('siembridge.signature.name') },
    ...(original !== '' && { original }),
    digest: digestOf(original === '' ? JSON.stringify({ ...doc, siembridge: text('event_id') }) : original),
    entities: entitiesOf(doc),
    values: (field) => valuesAt(doc, field),
  }
}

/** Ids such as those of incidents are numbers that every tenant has. */
const scoped = (tenant: string, id: string): string => (tenant === '' ? id : `${id}@${tenant}`)

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function entitiesOf(doc: Json): Entity[] {
  const { microsoft } = doc
  const list = isObject(microsoft) ? microsoft['entities'] : undefined
  return Array.isArray(list) ? (list.filter(isObject) as unknown as Entity[]) : []
}

/** Values below a dotted name; an object is its JSON. */
export function valuesAt(doc: Json, path: string): readonly string[] {
  let at: unknown = doc
  for (const step of path.split('.')) {
    if (!isObject(at)) return []
    at = at[step]
  }
  return (Array.isArray(at) ? at : [at]).flatMap((value) => {
    if (value === undefined || value === null || value === '') return []
    return typeof value === 'string' ? [value] : typeof value === 'object' ? [JSON.stringify(value)] : [String(value)]
  })
}

const readers: Readonly<Record<string, (event: TicketEvent) => string>> = {
  severity: (e) => e.severity,
  type: (e) => e.type,
  time: (e) => e.time,
  tenant: (e) => e.tenant,
  signature: (e) => e.signature.id,
  'signature.name': (e) => e.signature.name,
  product: (e) => e.product,
  native: (e) => e.native,
  object: (e) => e.object,
}

/** Values of a name that is no normalised field; undefined for others. */
export function specialValues(event: TicketEvent, name: string): readonly string[] | undefined {
  const value = readers[name]?.(event)
  return value === undefined ? undefined : value === '' ? [] : [value]
}
