import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extractJson, kvLimits } from './kv-json.ts'

test('nested members and lists become fields by their path, null becomes none', () => {
  const { fields, cut } = extractJson('{"a":{"b":1},"l":[{"x":"p"},{"x":"q"}],"n":null,"t":true,"e":""}')
  expect([...fields]).toEqual([
    ['a.b', ['1']],
    ['l{}.x', ['p', 'q']],
    ['t', ['true']],
    ['e', ['']],
  ])
  expect(cut).toEqual([])
})

test('what ends behind the limit of characters is cut, whatever stands in the texts before', () => {
  const before = { quote: 'a "b": {[', long: 'x'.repeat(kvLimits.characters) }
  expect(extractJson(JSON.stringify({ ...before, late: 1 })).cut).toEqual(['long', 'late'])
  expect([...extractJson(JSON.stringify({ ...before, late: 1 })).fields.keys()]).toEqual(['quote'])
})

test('no more fields come than the limit', () => {
  const wide = Object.fromEntries(Array.from({ length: kvLimits.fields + 2 }, (_, at) => [`k${at}`, at]))
  const { fields, cut } = extractJson(JSON.stringify(wide))
  expect(fields.size).toBe(kvLimits.fields)
  expect(cut).toEqual(['k100', 'k101'])
})

test('no text of a short flat object is lost', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.string({ maxLength: 40 }), { maxKeys: 20 }),
      (flat) => {
        expect(Object.fromEntries([...extractJson(JSON.stringify(flat)).fields].map(([k, v]) => [k, v[0]]))).toEqual({
          ...flat,
        })
      },
    ),
  )
})
