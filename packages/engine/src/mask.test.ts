import type { LogType } from '@siembridge/catalog'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printJson } from './json/json.ts'
import { parseJson } from './json/parse.ts'
import { maskSensitive } from './mask.ts'
import { maskSignatures, maySign } from './values/signatures.ts'

const secret = 'aGVsbG8gd29ybGQgdGhpcyBpcyBhIHNlY3JldA%3D%3D'

test.for([
  `https://a.blob.core.windows.net/c?sv=2022&sig=${secret}&se=2026`,
  `https://a.blob.core.windows.net/c?sig=${secret}`,
  `{"url":"https://a/c?sv=1\\u0026sig=${secret}"}`,
  `{\\"url\\":\\"https://a/c?sv=1&sig=${secret}\\"}`,
  `https%3A%2F%2Fa%2Fc%3Fsig%3D${secret}`,
  `https%3a%2f%2fa%2fc%3fsig%3d${secret}`,
])('the signature in %s is masked and the rest stays', (text) => {
  expect(maySign(text)).toBe(true)
  expect(maskSignatures(text)).not.toContain('aGVsbG8')
  expect(maskSignatures(text)).toContain('masked')
  expect(maskSignatures(text).replace('masked', secret)).toBe(text)
  expect(maskSignatures(maskSignatures(text))).toBe(maskSignatures(text))
})

test('what is no signature stays', () => {
  for (const text of ['design=modern', 'sig=short', 'signature', 'assign=abcdefghijklmnopqrstuvwx'])
    expect(maskSignatures(text)).toBe(text)
})

const type = {
  sensitive: ['Rules[].Hits[].Value', 'Parameters[Name=Password].Value', 'Data~.secret'],
} as unknown as LogType
const shape = {} as LogType['shapes'][string]
const mask = (text: string): string => printJson(maskSensitive(parseJson(text), type, shape))

test('values of sensitive selectors are masked, whatever the case of the keys', () => {
  expect(mask('{"Rules":[{"Hits":[{"Value":"4111","Context":"c"},{"value":"4222"}]}]}')).toBe(
    '{"Rules":[{"Hits":[{"Value":"masked","Context":"c"},{"value":"masked"}]}]}',
  )
  expect(mask('{"rules":[{"hits":{"value":"4111"}}]}')).toBe('{"rules":[{"hits":{"value":"masked"}}]}')
  expect(mask('{"Parameters":[{"Name":"Password","Value":"p"},{"Name":"Identity","Value":"i"}]}')).toBe(
    '{"Parameters":[{"Name":"Password","Value":"masked"},{"Name":"Identity","Value":"i"}]}',
  )
  expect(mask('{"Data":"{\\"secret\\":\\"s\\",\\"a\\":1}"}')).toBe('{"Data":"{\\"secret\\":\\"masked\\",\\"a\\":1}"}')
})

test('a container behind a sensitive selector goes as a whole', () => {
  expect(mask('{"Rules":[{"Hits":[{"Value":{"deep":"4111"}}]}]}')).toBe('{"Rules":[{"Hits":[{"Value":"masked"}]}]}')
})

test('a record without secrets is the same object', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const record = parseJson(text)
      expect(maskSensitive(record, { sensitive: [] } as unknown as LogType, shape)).toBe(record)
    }),
  )
})
