import { type LogType, parseSelector } from '@siembridge/catalog'
import { isArray, type Json } from '../json/json.ts'
import { converters } from '../values/convert.ts'
import { derivations } from '../values/derive.ts'
import { bytesKey, eventId, objectId } from '../values/ids.ts'
import { lowerAscii } from '../values/text.ts'
import { timeIso } from '../values/time.ts'
import { severityOf } from '../runtime/event.ts'
import { entitiesOf, primaries } from './entities.ts'
import { containers, evaluate, typed } from './evaluate.ts'
import type { Prepared } from './prepared.ts'
import type { Candidate } from './recognise.ts'
import { isAbsent, type Scope, select } from './select.ts'
import type { EntityView, EventView } from './view.ts'

/**
 * The events of a recognised record: one, or one per element where the shape says `each`. `tenantOfLane` stands where the record
 * does not tell its tenant.
 */
export function normalise(
  record: Json,
  bytes: Uint8Array,
  candidate: Candidate,
  prepared: Prepared,
  tenantOfLane = '',
): EventView[] {
  const scopes = scopesOf(record, candidate)
  return scopes.map((scope, at) =>
    viewOf(scope, candidate.shape.each === undefined ? '' : String(at), bytes, candidate, prepared, tenantOfLane),
  )
}

function scopesOf(record: Json, { shape }: Candidate): Scope[] {
  const outer: Scope = { here: record, record, levels: new Map() }
  const root = shape.root === undefined ? record : (select(shape.root, outer)[0] ?? null)
  const scope = { here: root, record, levels: new Map<string, Json>() }
  return shape.each === undefined ? [scope] : elementsOf(shape.each, scope)
}

/** Walks `each`, remembering the element of every list on the way under the list's name. */
function elementsOf(each: string, scope: Scope): Scope[] {
  let scopes: Scope[] = [scope]
  let name = ''
  for (const step of parseSelector(each).steps) {
    if (step.kind === 'key') name = step.names[0] ?? ''
    scopes = scopes.flatMap((s) => advance(s, step, name))
  }
  return scopes.filter((s) => !isAbsent(s.here))
}

function advance(scope: Scope, step: ReturnType<typeof parseSelector>['steps'][number], name: string): Scope[] {
  if (step.kind !== 'each') {
    const path = step.kind === 'key' ? step.names.map((n) => `"${n}"`).join('|') : undefined
    return path === undefined ? [] : select(path, scope).map((here) => ({ ...scope, here }))
  }
  const list = isArray(scope.here) ? scope.here : [scope.here]
  return list
    .filter((e) => e !== null)
    .map((here) => ({ ...scope, here, levels: new Map([...scope.levels, [name, here]]) }))
}

function viewOf(
  scope: Scope,
  child: string,
  bytes: Uint8Array,
  { type, name, shape }: Candidate,
  prepared: Prepared,
  tenantOfLane: string,
): EventView {
  const one = (expr: Parameters<typeof evaluate>[0] | undefined): string | undefined =>
    expr === undefined ? undefined : evaluate(expr, scope)[0]
  const tenant = one(shape.tenant) ?? tenantOfLane
  const entities = entitiesOf(type, scope, prepared)
  const fields = fieldsOf(scope, { type, name, shape }, prepared)
  complete(fields, entities, prepared)
  const time = typed(type.time, timeIso, scope)[0]
  const key = shape.key.map((expr) => one(expr) ?? '').join('\0')
  const revision = one(type.revision) ?? ''
  const native = key.replaceAll('\0', '') === '' ? bytesKey(bytes) : key
  return {
    type: type.id,
    shape: name,
    product: type.product,
    version: type.version,
    eventId: eventId('utf8', shape.space, lowerAscii(tenant), native, revision, child),
    objects: (type.objects ?? []).flatMap((o) => {
      const id = one(o.id)
      return id === undefined ? [] : [{ kind: o.kind, id: objectId('utf8', o.kind, id) }]
    }),
    tenant,
    ...(time !== undefined && { time }),
    severity: severityOf(one(type.severity)),
    signature: signatureOf(type, scope, prepared),
    fields,
    entities,
    revision,
    significant: (type.significant ?? []).map((expr) => one(expr) ?? '').join('\0'),
  }
}

function signatureOf(type: LogType, scope: Scope, prepared: Prepared): EventView['signature'] {
  const original = evaluate(type.signature.id, scope)[0]
  const id = prepared.known(type).get(lowerAscii(original ?? '')) ?? type.id
  const name = evaluate(type.signature.name, scope)[0] ?? original ?? type.title
  const category = type.signature.category === undefined ? undefined : evaluate(type.signature.category, scope)[0]
  return { id, name, ...(category !== undefined && { category }) }
}

/** The expressions of a type in a shape: the shape's own win, and what only it has comes last. */
export const expressionsOf = ({ type, shape }: Candidate): Readonly<Record<string, LogType['fields'][string]>> => ({
  ...type.fields,
  ...shape.fields,
})

function fieldsOf(scope: Scope, candidate: Candidate, prepared: Prepared): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const [name, expr] of Object.entries(expressionsOf(candidate))) {
    const field = prepared.dictionary.get(name)
    if (!field) continue
    const values = [
      ...new Set(field.type === 'object' ? containers(expr, scope) : typed(expr, converters[field.type], scope)),
    ]
    if (values.length > 0) found.set(name, field.many ? values : values.slice(0, 1))
  }
  return found
}

/** What the entities give, what the dictionary derives, and what it collects into `related.*`. */
export function complete(
  fields: Map<string, readonly string[]>,
  entities: readonly EntityView[],
  prepared: Pick<Prepared, 'derived' | 'related'>,
): void {
  for (const entity of primaries(entities))
    for (const [name, values] of entity.fields) if (!fields.has(name)) fields.set(name, values)
  for (const [name, { derived }] of prepared.derived) {
    const source = derived && fields.get(derived.from)?.[0]
    const value =
      derived === undefined || source === undefined || fields.has(name) ? undefined : derivations[derived.by](source)
    if (value !== undefined && value !== '') fields.set(name, [value])
  }
  const related = new Map<string, Set<string>>()
  const collect = (from: ReadonlyMap<string, readonly string[]>): void => {
    for (const [name, into] of prepared.related)
      for (const value of from.get(name) ?? []) related.set(into, (related.get(into) ?? new Set()).add(value))
  }
  collect(fields)
  for (const entity of entities) collect(entity.fields)
  for (const into of ['related.ip', 'related.user', 'related.hosts', 'related.hash']) {
    const values = related.get(into)
    if (values) fields.set(into, [...values])
  }
}
