import { ecsVersion, type Field } from '@siembridge/catalog'
import type { EntityView, EventView } from '../../interpret/view.ts'

const quote = JSON.stringify

/** Severity as Elastic's m365_defender integration counts it; informational is kept apart from low by its name. */
export const ecsSeverity = { informational: 21, low: 21, medium: 47, high: 73, critical: 99 } as const

/** A view as nested ECS. `now` (milliseconds) stands in where the record holds no valid time: ECS demands one. */
export function encodeEcs(view: EventView, dictionary: ReadonlyMap<string, Field>, now: number): string {
  const tree = new Map<string, Node>()
  for (const [name, values] of view.fields) put(tree, name, jsonOf(values, dictionary.get(name)))
  put(tree, 'ecs.version', quote(ecsVersion))
  put(tree, 'event.module', '"microsoft"')
  put(tree, 'event.dataset', quote(view.type))
  put(tree, 'event.severity', String(ecsSeverity[view.severity]))
  if (view.entities.length > 0)
    put(tree, 'microsoft.entities', `[${view.entities.map((e) => entityJson(e, dictionary)).join(',')}]`)
  // The last member: what a route adds goes to its end.
  put(tree, 'siembridge.event_id', quote(view.eventId))
  put(tree, 'siembridge.shape', quote(view.shape))
  put(tree, 'siembridge.severity', quote(view.severity))
  put(tree, 'siembridge.signature.id', quote(view.signature.id))
  put(tree, 'siembridge.signature.name', quote(view.signature.name))
  if (view.signature.category !== undefined) put(tree, 'siembridge.signature.category', quote(view.signature.category))
  for (const object of view.objects)
    put(tree, `siembridge.object.${object.kind.replaceAll('-', '_')}`, quote(object.id))
  const time = view.time ?? new Date(now).toISOString()
  return `{"@timestamp":"${time}",${members(tree)}}`
}

type Node = string | Map<string, Node>

function put(tree: Map<string, Node>, name: string, json: string): void {
  const path = name.split('.')
  const last = path.pop() as string
  let at = tree
  for (const step of path) {
    let next = at.get(step)
    if (!(next instanceof Map)) at.set(step, (next = new Map()))
    at = next
  }
  at.set(last, json)
}

const members = (tree: ReadonlyMap<string, Node>): string =>
  [...tree].map(([key, node]) => `${quote(key)}:${typeof node === 'string' ? node : `{${members(node)}}`}`).join(',')

function jsonOf(values: readonly string[], field: Field | undefined): string {
  const plain =
    field?.type === 'long' ||
    field?.type === 'float' ||
    field?.type === 'port' ||
    field?.type === 'boolean' ||
    field?.type === 'object'
  const one = plain ? (value: string): string => value : quote
  return field?.many ? `[${values.map((v) => one(v)).join(',')}]` : one(values[0] ?? '')
}

function entityJson(entity: EntityView, dictionary: ReadonlyMap<string, Field>): string {
  const tree = new Map<string, Node>()
  put(tree, 'kind', quote(entity.kind))
  put(tree, 'class', quote(entity.class))
  if (entity.roles.length > 0) put(tree, 'roles', `[${entity.roles.map((r) => quote(r)).join(',')}]`)
  if (entity.verdict !== undefined) put(tree, 'verdict', quote(entity.verdict))
  if (entity.id !== undefined) put(tree, 'id', quote(entity.id))
  if (entity.name !== undefined) put(tree, 'name', quote(entity.name))
  for (const [name, values] of entity.fields) put(tree, `fields.${name}`, jsonOf(values, dictionary.get(name)))
  return `{${members(tree)}}`
}
