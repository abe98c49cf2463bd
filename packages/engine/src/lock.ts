/** The lock file of slots: what is allotted today, and whether that only adds to what was. */
import { entityTables, logTypes } from '@siembridge/catalog'
import { cefSlotsOfType, slotLock, type TypeLock } from './dialects/slots.ts'
import { flatPlan } from './dialects/flat/plan.ts'
import { sourcetypeOf } from './dialects/hec/sourcetypes.ts'
import { type Prepared, prepare } from './interpret/prepared.ts'
import type { LogType } from '@siembridge/catalog'

/** What the lock file should hold: everything that it holds, and what has come since. */
export function currentLock(): Readonly<Record<string, TypeLock>> {
  const prepared = prepare(logTypes, entityTables)
  return Object.fromEntries(
    logTypes.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((type) => [type.id, lockOf(type, prepared)]),
  )
}

function lockOf(type: LogType, prepared: Prepared): TypeLock {
  const old = slotLock[type.id]
  const flat = prepared.candidates
    .filter((c) => c.type === type)
    .flatMap((c) => flatPlan(c, prepared).map((item) => item.key))
  return {
    cef: Object.fromEntries(cefSlotsOfType(type, prepared)),
    signatures: [...new Set([...(old?.signatures ?? []), type.id, ...type.signature.known])],
    flat: [...new Set([...(old?.flat ?? []), ...flat])],
    sourcetypes: {
      ...Object.fromEntries(Object.keys(type.shapes).map((shape) => [shape, sourcetypeOf(type.id, shape)])),
      ...old?.sourcetypes,
    },
  }
}

/** Every promise of `before` that `after` breaks: consumers have rules on them. Nothing where all is kept. */
export function brokenPromises(
  before: Readonly<Record<string, TypeLock | undefined>>,
  after: Readonly<Record<string, TypeLock | undefined>>,
): string[] {
  return Object.entries(before).flatMap(([type, old]) => {
    const now = after[type]
    if (!old) return []
    if (!now) return [`${type}: the log type is gone`]
    return [
      ...Object.entries(old.cef).flatMap(([slot, field]) =>
        now.cef[slot] === field ? [] : [`${type}: ${slot} was ${field}, now ${now.cef[slot] ?? 'nothing'}`],
      ),
      ...old.signatures
        .filter((id) => !now.signatures.includes(id))
        .map((id) => `${type}: signature id "${id}" is gone`),
      ...old.flat.filter((key) => !now.flat.includes(key)).map((key) => `${type}: flat key "${key}" is gone`),
      ...Object.entries(old.sourcetypes).flatMap(([shape, name]) =>
        now.sourcetypes[shape] === name ? [] : [`${type}: sourcetype of ${shape} was ${name}`],
      ),
    ]
  })
}

/** What the catalog no longer has although the lock promises it. */
export function unkept(): string[] {
  const prepared = prepare(logTypes, entityTables)
  return Object.entries(slotLock).flatMap(([id, old]) => {
    const type = logTypes.find((t) => t.id === id)
    if (!type || !old) return [`${id}: the log type is gone`]
    const keys = new Set(
      prepared.candidates.filter((c) => c.type === type).flatMap((c) => flatPlan(c, prepared).map((item) => item.key)),
    )
    const ids = new Set([id, ...type.signature.known])
    return [
      ...old.flat
        .filter((key) => !keys.has(key))
        .map((key) => `${id}: flat key "${key}" is promised, but no field has it any more`),
      ...old.signatures
        .filter((s) => !ids.has(s))
        .map((s) => `${id}: signature id "${s}" is promised, but no longer known`),
      ...Object.values(old.cef)
        .filter((field) => !prepared.dictionary.has(field))
        .map((field) => `${id}: field "${field}" of a CEF slot is gone`),
    ]
  })
}
