import type { Field, LogType } from '@siembridge/catalog'
import { expressionsOf } from '../interpret/normalise.ts'
import type { Prepared } from '../interpret/prepared.ts'
import { cefKeyOf, cefSlots, cefWithout } from './cef/fields.ts'
import lockFile from '../slots.lock.json' with { type: 'json' }

/** What the committed lock file freezes for one log type: nothing in it may change or go, things may only be added. */
export interface TypeLock {
  /** CEF slot to the field that it carries. */
  readonly cef: Readonly<Record<string, string>>
  /** Signature ids that go out. */
  readonly signatures: readonly string[]
  /** Keys of the flat form. */
  readonly flat: readonly string[]
  /** Splunk sourcetype of each shape. */
  readonly sourcetypes: Readonly<Record<string, string>>
}

export const slotLock: Readonly<Record<string, TypeLock | undefined>> = lockFile

/** Fields of a type in any shape, in the order of importance. */
export const fieldsOfType = (type: LogType): string[] => [
  ...new Set(Object.entries(type.shapes).flatMap(([name, shape]) => Object.keys(expressionsOf({ type, name, shape })))),
]

/** CEF key to the field that gets it in this type: of those that compete, the first that the type (or its entities) has. */
export function cefKeysOfType(type: LogType, prepared: Prepared): ReadonlyMap<string, string> {
  const has = new Set([...fieldsOfType(type), ...entityFields(type, prepared)])
  for (const [name, { derived }] of prepared.derived) if (derived && has.has(derived.from)) has.add(name)
  const keys = new Map<string, string>()
  for (const [field, key] of cefKeyOf) if (has.has(field) && !keys.has(key)) keys.set(key, field)
  return keys
}

export function entityFields(type: LogType, prepared: Prepared): string[] {
  return (type.entities ?? []).flatMap((rule) =>
    Object.values(prepared.tables.get(rule.table)?.kinds ?? {}).flatMap((k) => Object.keys(k.fields ?? {})),
  )
}

/** Slot to field for a type: what the lock says, then further fields in their order while slots are free. */
export function cefSlotsOfType(type: LogType, prepared: Prepared): ReadonlyMap<string, string> {
  const slots = new Map(Object.entries(slotLock[type.id]?.cef ?? {}))
  const keyed = new Set(cefKeysOfType(type, prepared).values())
  const taken = new Set(slots.values())
  for (const name of fieldsOfType(type)) {
    const field = prepared.dictionary.get(name)
    if (!field || field.type === 'object' || name in cefWithout || taken.has(name)) continue
    if ((keyed.has(name) && !field.many) || isSignatureName(name, type)) continue
    const free = slotsFor(field).find((slot) => !slots.has(slot))
    if (free === undefined) continue
    slots.set(free, name)
    taken.add(name)
  }
  return slots
}

/** What the CEF header says already needs no slot. */
const isSignatureName = (name: string, type: LogType): boolean =>
  JSON.stringify(type.fields[name]) === JSON.stringify(type.signature.name)

function slotsFor({ type, many }: Field): readonly string[] {
  if (many) return cefSlots.text
  if (type === 'long' || type === 'port') return cefSlots.long
  return type === 'float' ? cefSlots.float : type === 'date' ? cefSlots.date : cefSlots.text
}

/** Label of a slot: the field's own name in camel case, without `microsoft`. */
export const slotLabel = (field: string): string =>
  field.replace(/^microsoft\./, '').replace(/[._]+([a-z0-9])/g, (_, c: string) => c.toUpperCase())
