import type { Prepared } from '../interpret/prepared.ts'
import { expressionsOf } from '../interpret/normalise.ts'
import type { Candidate } from '../interpret/recognise.ts'
import { entityFields } from '../dialects/slots.ts'
import { type Code, together } from './code.ts'
import { asList, compileTyped, firstOf, type Wanted } from './expression.ts'
import { FunctionWriter, ModuleWriter } from './function.ts'

const quote = JSON.stringify

/** Code of one normalised field: its own value, else what an entity gives, else what the dictionary derives. */
export function fieldCode(
  field: string,
  as: Wanted | undefined,
  candidate: Candidate,
  prepared: Prepared,
  fn: FunctionWriter,
): Code | undefined {
  const known = prepared.dictionary.get(field)
  const expr = expressionsOf(candidate)[field]
  const own = expr === undefined ? undefined : compileTyped(expr, as ?? known?.type ?? 'keyword', fn)
  const entity = entityCode(field, as, candidate, prepared)
  const derived = derivedCode(field, candidate, prepared, fn)
  if (known?.many) return manyOf(own, entity, entityCodes(field, as, candidate, prepared), fn)
  if (entity === undefined && derived === undefined) return own && { ...own, code: fn.local(firstOf(own)), list: false }
  const parts = [own && firstOf(own), entity, derived?.code].filter((part) => part !== undefined)
  const facts = together([
    ...(own ? [own] : []),
    ...entityCodes(field, as, candidate, prepared),
    ...(derived ? [derived] : []),
  ])
  return { ...facts, code: fn.local(parts.join(' ?? ')), list: false }
}

function manyOf(
  own: Code | undefined,
  entity: string | undefined,
  given: readonly Code[],
  fn: FunctionWriter,
): Code | undefined {
  const parts = [own && `unique(${asList(own)})`, entity].filter((part) => part !== undefined)
  if (parts.length === 0) return undefined
  const firsts = [own && firstOf(own), entity && `${entity}[0]`].filter((part) => part !== undefined)
  const first = fn.local(firsts.join(' ?? '))
  const facts = together([...(own ? [own] : []), ...given])
  return {
    ...facts,
    code: fn.local(parts.length === 1 ? (parts[0] ?? '') : `orElse(${parts.join(', ')})`),
    list: true,
    first,
  }
}

/** Fields of the entities that the event is about are computed once an event, whoever asks first. */
function entityCode(
  field: string,
  as: Wanted | undefined,
  { type }: Candidate,
  prepared: Prepared,
): string | undefined {
  if (!entityFields(type, prepared).includes(field)) return undefined
  const values = `primary(${entitiesName(type.id)}, h, r, l, c).get(${quote(field)})`
  if (prepared.dictionary.get(field)?.many) return `(${values} ?? [])`
  return as === 'ms' ? `msAt(${values}?.[0])` : `${values}?.[0]`
}

/** What is known of what entities of any kind give: code that goes nowhere. */
function entityCodes(field: string, as: Wanted | undefined, { type }: Candidate, prepared: Prepared): Code[] {
  if (!entityFields(type, prepared).includes(field)) return []
  const fn = new FunctionWriter(new ModuleWriter(), { here: 'h', record: 'r', levels: {} })
  const wanted = as ?? prepared.dictionary.get(field)?.type ?? 'keyword'
  const kinds = (type.entities ?? []).flatMap((rule) => Object.values(prepared.tables.get(rule.table)?.kinds ?? {}))
  return kinds.flatMap((kind) => {
    const expr = kind.fields?.[field]
    return expr === undefined ? [] : [compileTyped(expr, wanted, fn)]
  })
}

export const entitiesName = (type: string): string => `entities[${quote(type)}]`

function derivedCode(field: string, candidate: Candidate, prepared: Prepared, fn: FunctionWriter): Code | undefined {
  const derived = prepared.dictionary.get(field)?.derived
  const from = derived && fieldCode(derived.from, undefined, candidate, prepared, fn)
  if (!derived || from === undefined) return undefined
  const source = fn.local(firstOf(from))
  const code = fn.local(`${source} === undefined ? undefined : filled(derivations[${quote(derived.by)}](${source}))`)
  return { code, list: false, ...(from.origin && { origin: 'cut' as const }) }
}
