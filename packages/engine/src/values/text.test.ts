import fc from 'fast-check'
import { expect, test } from 'vitest'
import { booleanOf, floatOf, longOf, numberOf } from './scalar.ts'
import { dissectOf, lowerAscii, pairOf, partOf, stripOf } from './text.ts'
import { derivations } from './derive.ts'

test('lower case touches ASCII only', () => {
  expect(lowerAscii('ABC-Äß')).toBe('abc-Äß')
})

test('lower case of a text does not depend on what was asked before', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'A', 'B', 'Ä'), minLength: 0, maxLength: 9 })
  fc.assert(
    fc.property(few, (text) => {
      expect(lowerAscii(text)).toBe(text.replace(/[A-Z]/g, (c) => c.toLowerCase()))
    }),
    { numRuns: 2000 },
  )
})

test('parts', () => {
  expect(partOf('/subscriptions/S/resourceGroups/R', '/', 2)).toBe('S')
  expect(partOf('a.b.c', '.', -1)).toBe('c')
  expect(partOf('a', '.', 3)).toBeUndefined()
})

test('strip', () => {
  expect(stripOf('#microsoft.graph.security.userEvidence', '#microsoft.graph.security.', '')).toBe('userEvidence')
  expect(stripOf('"x"', '"', '"')).toBe('x')
  expect(stripOf('"', '"', '"')).toBe('')
})

test('pairs in XML fragments and assignments', () => {
  expect(pairOf('<Type>Edit</Type><Name>a &amp; b</Name>', 'Name')).toBe('a & b')
  expect(pairOf('A=1;B=two;C=3', 'B')).toBe('two')
  expect(pairOf('A=1', 'B')).toBeUndefined()
})

test('dissect takes the first pattern that fits the whole text', () => {
  const patterns = [
    '%{proto} request from %{src}:%{port} to %{dst}. Action: %{action}.',
    '%{proto} request from %{src} to %{dst}. Action: %{action}.',
  ]
  expect(dissectOf('TCP request from 10.0.0.1:80 to 10.0.0.2. Action: Deny.', patterns, 'src')).toBe('10.0.0.1')
  expect(dissectOf('ICMP request from 10.0.0.1 to 10.0.0.2. Action: Deny.', patterns, 'action')).toBe('Deny')
  expect(dissectOf('something else', patterns, 'src')).toBeUndefined()
})

test('dissect takes time in proportion to the text, whatever stands in it', () => {
  const patterns = ['%{a} to %{b} to %{c} to %{d} to %{e}. Action: %{f}']
  expect(dissectOf(' to '.repeat(20_000), patterns, 'a')).toBeUndefined()
})

test('numbers', () => {
  expect(longOf('007')).toBe('7')
  expect(longOf('9223372036854775807')).toBe('9223372036854775807')
  expect(longOf('9223372036854775808')).toBeUndefined()
  expect(longOf('1.5')).toBeUndefined()
  expect(floatOf('-1.50')).toBe('-1.50')
  expect(floatOf('NaN')).toBeUndefined()
  expect(numberOf('0x1e49a')).toBe('124058')
  expect(booleanOf('True')).toBe('true')
  expect(booleanOf('1')).toBeUndefined()
})

test('derivations', () => {
  expect(derivations['user-domain']('ana@contoso.com')).toBe('contoso.com')
  expect(derivations['user-domain']('CONTOSO\\ana')).toBe('CONTOSO')
  expect(derivations['url-domain']('https://user@Host.example:8443/p?q#f')).toBe('host.example')
  expect(derivations['url-query']('https://host/p?q=1#f')).toBe('q=1')
  expect(derivations.extension('report.final.DOCX')).toBe('docx')
  expect(derivations.basename('C:\\Windows\\cmd.exe')).toBe('cmd.exe')
})
