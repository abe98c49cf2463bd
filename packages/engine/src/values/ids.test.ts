import { expect, test } from 'vitest'
import { eventId, objectId } from './ids.ts'

// These pin the promise: a change of any of them makes every consumer see every event twice.
test('event ids', () => {
  expect(eventId('utf8', 'entra.sign-in', '11111111-2222-3333-4444-555555555555', 'abc', '', '')).toBe(
    '1512aa32-c23d-35a4-2d29-d57a08f7c6cf',
  )
  expect(eventId('utf8', 'xdr.alert', '', 'da1', '2026-06-01T00:00:00Z', '')).toBe(
    '6b18f7b3-90de-2f63-9ee7-ee42cadd8a29',
  )
  expect(eventId('utf8', 'azure.flow', 't', 'Zürich', '', '7')).toBe('4aa1fdec-516a-dd8c-1217-1ef9fc2df79c')
})

test('object ids', () => {
  expect(objectId('utf8', 'alert', 'da1')).toBe('66c2de67-8774-9a67-b08b-541bc348baef')
})

test('UTF-8 bytes in Latin-1 characters give the same id', () => {
  const bytes = Buffer.from('Zürich').toString('latin1')
  expect(eventId('latin1', 'azure.flow', 't', bytes, '', '7')).toBe(
    eventId('utf8', 'azure.flow', 't', 'Zürich', '', '7'),
  )
})
