import { dictionaryOf, logTypes } from '@siembridge/catalog'
import { flatKey, flatKeys } from '@siembridge/engine/plans'
import { expect, test } from 'vitest'
import { lsxFieldOf, lsxWithout, needsProperty, ownKeys, propertyName, qradarPlacement } from './fields.ts'
import { lsxFields } from './lsx/grammar.ts'

const dictionary = dictionaryOf(logTypes)

test('every field of the dictionary has a place: a field of the event, a property, or both', () => {
  for (const field of dictionary.keys()) expect(qradarPlacement(field), field).not.toBe('')
  for (const [field] of lsxFieldOf) expect(dictionary.has(field), field).toBe(true)
})

test('every field of an extension is filled, or has a reason why not', () => {
  const filled = new Set<string>(['EventName', 'EventCategory', 'DeviceTime', ...lsxFieldOf.map(([, lsx]) => lsx)])
  const left = Object.keys(lsxFields).filter((name) => !filled.has(name))
  expect(left.toSorted()).toEqual(Object.keys(lsxWithout).toSorted())
})

test('no two keys have one property, and names are of letters, digits and spaces', () => {
  const keys = [...new Set([...dictionary.keys()].map((field) => flatKey(field)))]
  // `sb_name` of LEEF and `sb_signature_name` of JSON are the same.
  const own = Object.keys(ownKeys).filter((key) => key !== 'sb_name')
  const names = [...keys, ...own].map((key) => propertyName(key))
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  for (const name of names) expect(name).toMatch(/^SB [A-Za-z0-9 ]+$/)
})

test('a field without a property is whole in the event itself', () => {
  for (const type of logTypes)
    for (const { field, many } of flatKeys(type.id)) if (!needsProperty(field)) expect(many, field).toBe(false)
})
