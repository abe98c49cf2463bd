import type { Field, LogType } from '../model.ts'
import { ecs } from './ecs.ts'
import { microsoft } from './microsoft.ts'

/** Fields that log types share. */
export const sharedFields: Readonly<Record<string, Field>> = { ...ecs, ...microsoft }

/** Shared fields and those that the given types bring. The checker has made sure that no name has two meanings. */
export function dictionaryOf(logTypes: readonly LogType[]): ReadonlyMap<string, Field> {
  const found = new Map(Object.entries(sharedFields))
  for (const type of logTypes) for (const [name, field] of Object.entries(type.dictionary ?? {})) found.set(name, field)
  return found
}
