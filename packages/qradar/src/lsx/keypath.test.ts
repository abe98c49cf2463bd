import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPlainMember, keypathText, readKeypath, readKeypathTemplate } from './keypath.ts'

describe('a keypath', () => {
  test.for<[string, object[]]>([
    ['/"a"', [{ member: 'a' }]],
    ['/"a"/"b c"/"@odata.type"', [{ member: 'a' }, { member: 'b c' }, { member: '@odata.type' }]],
    ['/"a"[]', [{ member: 'a' }, { whole: true }]],
    ['/"a"[1]/"b"[0][2]', [{ member: 'a' }, { element: 1 }, { member: 'b' }, { element: 0 }, { element: 2 }]],
    ['/[0]/"name"', [{ element: 0 }, { member: 'name' }]],
    ['/"a/b"', [{ member: 'a/b' }]],
  ])('%s is read', ([text, steps]) => expect(readKeypath(text)).toEqual(steps))

  test.for<[string, number]>([
    ['', 0],
    ['a', 0],
    ['/a', 0],
    ['"a"', 0],
    ['/"a"/b', 4],
    ['/"a"[x]', 4],
    ['/"a\\"b"', 0],
    ['/""', 0],
    ['/"a" ', 4],
    ['$.a', 0],
  ])('%j is refused, with the place', ([text, at]) =>
    expect(readKeypath(text)).toMatchObject({ problem: expect.any(String), at }),
  )

  test('what is written is read', () => {
    fc.assert(
      fc.property(fc.array(fc.string().filter(isPlainMember), { minLength: 1 }), (members) => {
        expect(readKeypath(keypathText(...members))).toEqual(members.map((member) => ({ member })))
      }),
    )
  })
})

describe('a template of keypaths', () => {
  test('keypaths stand in braces, everything else is text', () => {
    expect(readKeypathTemplate('{/"last"}, {/"first"}')).toEqual([[{ member: 'last' }], ', ', [{ member: 'first' }]])
    expect(readKeypathTemplate('/"a"')).toEqual([[{ member: 'a' }]])
  })
  test.for(['{/"a"', '{/"a"}}', '{a}', '{}'])('%s is refused', (text) =>
    expect(readKeypathTemplate(text)).toMatchObject({ problem: expect.any(String) }),
  )
})
