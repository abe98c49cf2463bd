// What is generated for QRadar, read by others: libxml2 with our schema, another XML parser, and java.util.regex over every
// expression and every payload.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { logTypes } from '@siembridge/catalog'
import { inspect } from '@siembridge/engine/inspect'
import { lineOf } from '@siembridge/engine/lines'
import { isProblem, javaRegex } from '@siembridge/formats'
import { javaDate } from '@siembridge/formats/java-date'
import { isXmlProblem, readXml, type XmlElement, xmlElementsOf, xmlTextOf } from '@siembridge/formats/xml'
import { qradarKit } from '@siembridge/qradar'
import { DOMParser } from '@xmldom/xmldom'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { records } from '../qradar/records.ts'
import { hasJava, JavaQuestions, javaSuite } from './java.ts'

const folder = new URL('../../packages/qradar/', import.meta.url)
const schema = readFileSync(fileURLToPath(new URL('schema/device-extension.xsd', folder)), 'utf8')
const example = readFileSync(fileURLToPath(new URL('testing/worked-example.lsx.xml', folder)), 'utf8')
const { files } = qradarKit.generate(
  logTypes.map(({ id }) => id),
  {},
)
const extensions = files
  .filter(({ path }) => path.endsWith('.lsx.xml'))
  .map(({ path, content }) => ({ path, text: String(content) }))

const valid = (xml: readonly { readonly fileName: string; readonly contents: string }[]) =>
  validateXML({ xml: [...xml], schema: [schema] })

describe('xmllint, by the schema', () => {
  test('every extension is valid, and so is the worked example', async () => {
    const all = extensions.map(({ path, text }) => ({ fileName: path.replaceAll('/', '_'), contents: text }))
    const { valid: good, errors } = await valid([...all, { fileName: 'example.xml', contents: example }])
    expect(errors.slice(0, 3)).toEqual([])
    expect(good).toBe(true)
  })

  test.for<[string, (xml: string) => string]>([
    ['another namespace', (xml) => xml.replace('event_parsing/device_extension', 'http://www.ibm.com/si/pattern')],
    [
      'children in the namespace',
      (xml) => xml.replaceAll('ns2:device-extension', 'device-extension').replace('xmlns:ns2', 'xmlns'),
    ],
    ['an unknown field', (xml) => xml.replace('field="UserName"', 'field="AlertId"')],
    ['an unknown element', (xml) => xml.replace('<json-matcher', '<property-match')],
    ['an unknown attribute', (xml) => xml.replace('capture-group=', 'capturegroup=')],
    ['a matcher without an order', (xml) => xml.replace('field="EventCategory" order="1"', 'field="EventCategory"')],
    ['a pattern of nobody', (xml) => xml.replace('pattern-id="EC"', 'pattern-id="ec"')],
    ['a pattern that is there twice', (xml) => xml.replace('id="IP-user"', 'id="EC"')],
    ['severity 11', (xml) => xml.replace('send-identity=', 'severity="11" send-identity=')],
    [
      'a pattern behind the groups',
      (xml) => xml.replace('</match-group>', '</match-group><pattern id="z">x</pattern>'),
    ],
  ])('%s is not', async ([, change]) => {
    const changed = change(example)
    expect(changed).not.toBe(example)
    expect((await valid([{ fileName: 'x.xml', contents: changed }])).valid).toBe(false)
  })
})

interface Node {
  readonly nodeName: string
  readonly nodeType: number
  readonly namespaceURI: string | null
  readonly attributes: ArrayLike<{ readonly name: string; readonly value: string }>
  readonly childNodes: ArrayLike<Node>
  readonly textContent: string | null
}

const ours = (element: XmlElement): unknown => ({
  name: element.name,
  uri: element.uri,
  attributes: Object.fromEntries(element.attributes.map(({ name, value }) => [name, value])),
  children: xmlElementsOf(element).length === 0 ? xmlTextOf(element) : xmlElementsOf(element).map(ours),
})

const theirs = (element: Node): unknown => {
  const children = Array.from(element.childNodes).filter(({ nodeType }) => nodeType === 1)
  const attributes = Array.from(element.attributes).filter(({ name }) => !name.startsWith('xmlns'))
  return {
    name: element.nodeName,
    uri: element.namespaceURI ?? '',
    attributes: Object.fromEntries(attributes.map(({ name, value }) => [name, value])),
    children: children.length === 0 ? element.textContent : children.map(theirs),
  }
}

test('another XML parser reads the same elements, attributes and texts out of every extension', () => {
  for (const { path, text } of extensions) {
    const read = readXml(text)
    if (isXmlProblem(read)) throw new Error(`${path}: ${read.problem}`)
    const document = new DOMParser().parseFromString(text, 'text/xml')
    expect(theirs(document.documentElement as unknown as Node), path).toEqual(ours(read))
  }
})

/** Every expression of every extension, once. */
function expressions(): readonly string[] {
  const found = new Set<string>()
  for (const { text } of [...extensions, { text: example }]) {
    const root = readXml(text)
    if (isXmlProblem(root)) continue
    for (const element of xmlElementsOf(root))
      if (element.attributes.some(({ name, value }) => name === 'type' && value === 'JavaPattern'))
        found.add(xmlTextOf(element))
  }
  return [...found]
}

const payloads = records.flatMap(({ bytes }) => {
  const inspected = inspect(bytes)
  if (!inspected) return []
  return inspected.views.flatMap((view) =>
    (['flat', 'raw+'] as const).map((form) => `<134>Jun 15 00:00:00 siembridge ${lineOf(view, inspected, form)}`),
  )
})

describe.skipIf(!hasJava)(javaSuite('java.util.regex and java.text'), () => {
  test('every generated expression finds what it finds here, group by group', { timeout: 300_000 }, () => {
    const patterns = expressions()
    expect(patterns.length).toBeGreaterThan(20)
    // The expressions of the flat forms over every payload; those of single shapes of raw records over some.
    const general = patterns.filter((text) => /sb_type|event_outcome|^\.$|^\(\.\*\?\)$/.test(text))
    expect(general.length).toBeGreaterThanOrEqual(4)
    const some = payloads.filter((_, at) => at % 40 === 0)
    const asked = patterns.map((pattern) => ({ pattern, texts: general.includes(pattern) ? payloads : some }))
    const questions = new JavaQuestions()
    for (const { pattern, texts } of asked) questions.regex(pattern, texts)
    const answers = questions.ask() as readonly (readonly { find: readonly (string | null)[] | null }[])[]
    let found = 0
    for (const [at, { pattern, texts }] of asked.entries()) {
      const regex = javaRegex(pattern)
      if (isProblem(regex)) throw new Error(`${pattern}: ${regex.problem}`)
      for (const [i, text] of texts.entries()) {
        const match = regex.find.exec(text)
        const groups = match && Array.from(match, (group: string | undefined) => group ?? null)
        if (groups) found++
        expect(answers[at]?.[i]?.find, `${pattern} in ${text.slice(0, 200)}`).toEqual(groups)
      }
    }
    expect(found).toBeGreaterThan(payloads.length)
  })

  test('SimpleDateFormat reads times as we do', () => {
    const cases: readonly (readonly [string, string])[] = [
      ["yyyy-MM-dd'T'HH:mm:ss.SSSZ", '2026-03-04T09:15:27.123+0000'],
      ["yyyy-MM-dd'T'HH:mm:ss.SSSZ", '2017-10-18T11:26:03.060+0200'],
      ["yyyy-MM-dd'T'HH:mm:ss.SSSZ", '2026-03-04T09:15:27.5+0000'],
      ["yyyy-MM-dd'T'HH:mm:ssXXX", '2026-03-04T09:15:27-05:00'],
      ["yyyy-MM-dd'T'HH:mm:ssX", '2026-03-04T09:15:27Z'],
      ['MMM dd yyyy HH:mm:ss', 'Jun 07 2016 17:04:26'],
      ['dd/MMM/yyyy:hh:mm:ss a', '05/Mar/2026:12:00:01 AM'],
      ['yyyy hh:mm', '2026 12:30'],
      ['yyyyMMddHHmmss', '20260304091527'],
      ['yyyy-MM-dd', '2026-02-29'],
      ['yyyy-MM-dd', '2024-02-29'],
      ['yy-MM-dd', '24-02-29'],
      ["yyyy 'o''clock' H", "2026 o'clock 7"],
    ]
    const questions = new JavaQuestions()
    for (const [pattern, text] of cases) questions.date(pattern, 'UTC', text)
    for (const [at, answer] of (questions.ask() as readonly ({ ms: number } | null)[]).entries()) {
      const [pattern = '', text = ''] = cases[at] ?? []
      const date = javaDate(pattern, 'simple')
      if (isProblem(date)) throw new Error(date.problem)
      const read = date.read(text, { year: new Date().getUTCFullYear(), zone: 0 })
      expect(read ?? null, `${pattern} ${text}`).toBe(answer?.ms ?? null)
    }
  })
})
