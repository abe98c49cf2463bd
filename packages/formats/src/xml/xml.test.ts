import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isXmlProblem, readXml, xmlCdata, xmlElementsOf, xmlTag, xmlText, xmlTextOf, type XmlElement } from './index.ts'

const element = (text: string): XmlElement => {
  const read = readXml(text)
  if (isXmlProblem(read)) throw new Error(`${read.line}:${read.column}: ${read.problem}`)
  return read
}

describe('reading', () => {
  test('names, namespaces, attributes, text and lines are told', () => {
    const root = element(
      '<?xml version="1.0"?>\n<n:a xmlns:n="urn:x" b="1">\n  <c\n    d="&lt;"/>t<![CDATA[<&]]>\n</n:a>',
    )
    expect(root).toMatchObject({ name: 'n:a', local: 'a', uri: 'urn:x', line: 2 })
    expect(root.attributes).toEqual([{ name: 'b', uri: '', value: '1' }])
    expect(xmlElementsOf(root)).toMatchObject([{ local: 'c', uri: '', line: 3, attributes: [{ value: '<' }] }])
    expect(xmlTextOf(root)).toBe('\n  t<&\n')
    expect(root.children).toContainEqual({ text: '<&', cdata: true })
  })

  test.for<[string, string, RegExp, number]>([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /document type/, 1],
    ['an entity of nobody', '<a>\n&x;</a>', /entity/, 2],
    ['a tag that is not closed', '<a>\n<b>\n</a>', /unexpected close tag|unmatched/i, 3],
    ['an attribute that comes twice', '<a b="1" b="2"/>', /duplicate attribute/, 1],
    ['a prefix of nobody', '<n:a/>', /unbound namespace prefix/, 1],
    ['markers that a browser added', '<?xml version="1.0" standalone="true"?>\n<a/>', /yes or no|standalone/i, 1],
    ['nothing', '', /root/i, 1],
    ['two roots', '<a/><b/>', /documents may contain only one root/, 1],
    ['text outside', 'x<a/>', /text data outside of root/, 1],
  ])('%s is refused, with the place', ([, text, why, line]) => {
    const read = readXml(text)
    expect(read).toMatchObject({ problem: expect.stringMatching(why), line })
  })

  test('endless depth ends', () => {
    expect(readXml('<a>'.repeat(1000))).toMatchObject({ problem: 'elements are nested deeper than 100' })
  })
})

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (plain, odd) => {
      const root = element(
        `${xmlTag('a', { b: plain, c: undefined })}><d>${xmlText(odd)}</d><e>${xmlCdata(odd)}</e></a>`,
      )
      const kept = odd.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
      const [d, e] = xmlElementsOf(root)
      // A reader turns every line end into a line feed (XML 1.0, 2.11).
      const lines = kept.replace(/\r\n?/g, '\n')
      expect([xmlTextOf(d as XmlElement), xmlTextOf(e as XmlElement)]).toEqual([lines, lines])
      expect(root.attributes.map(({ name }) => name)).toEqual(['b'])
    }),
  )
})

test('a document from anywhere never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => void readXml(`<a>${text}`)))
})
