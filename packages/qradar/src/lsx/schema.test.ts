import { readFileSync } from 'node:fs'
import { isXmlProblem, readXml, type XmlElement, xmlElementsOf } from '@siembridge/formats/xml'
import { expect, test } from 'vitest'
import { elements, identities, lsxFields, matchers, patternTypes } from './grammar.ts'

const root = readXml(readFileSync(new URL('../../schema/device-extension.xsd', import.meta.url), 'utf8'))
if (isXmlProblem(root)) throw new Error(root.problem)
const document: XmlElement = root

const attribute = (element: XmlElement, name: string): string =>
  element.attributes.find((a) => a.name === name)?.value ?? ''

const all = (element: XmlElement): XmlElement[] => [element, ...xmlElementsOf(element).flatMap(all)]
const named = (name: string): XmlElement => {
  const found = all(document).find((e) => attribute(e, 'name') === name && /Type|Group/.test(e.local))
  if (!found) throw new Error(`the schema has no ${name}`)
  return found
}
const values = (type: string): string[] =>
  all(named(type))
    .filter(({ local }) => local === 'enumeration')
    .map((e) => attribute(e, 'value'))

/** Attributes of a type, those of its groups too, with whether they are required. */
const attributesOf = (type: string): Map<string, boolean> =>
  new Map(
    all(named(type)).flatMap((e) => {
      if (e.local === 'attribute') return [[attribute(e, 'name'), attribute(e, 'use') === 'required'] as const]
      const group = e.local === 'attributeGroup' ? attribute(e, 'ref').replace('lsx:', '') : ''
      return group === '' ? [] : [...attributesOf(group)]
    }),
  )

test('the schema and the grammar have the same lists', () => {
  expect(values('field')).toEqual(Object.keys(lsxFields))
  expect(values('pattern-type')).toEqual([...patternTypes])
  expect(values('identity')).toEqual([...identities])
})

const typeOf: Readonly<Record<string, string>> = {
  matcher: 'regex-matcher',
  'json-matcher': 'any-matcher',
  'leef-matcher': 'any-matcher',
  'cef-matcher': 'any-matcher',
  'namevaluepair-matcher': 'pair-matcher',
  'genericlist-matcher': 'list-matcher',
  'event-match-single': 'single',
  'event-match-multiple': 'multiple',
  pattern: 'pattern',
  'match-group': 'match-group',
}

test('and every element the same attributes', () => {
  const rules = { ...Object.fromEntries(Object.entries(matchers).map(([k, v]) => [k, v.attributes])), ...elements }
  for (const [element, type] of Object.entries(typeOf)) {
    const wanted = Object.entries(rules[element as keyof typeof rules] ?? {})
    expect(attributesOf(type), element).toEqual(
      new Map(wanted.map(([name, rule]) => [name, 'required' in rule && rule.required])),
    )
  }
})
