import { SaxesParser } from 'saxes'

/** An element with what is in it; texts between elements are joined. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[]
  text: string
}

/** A whole document. Throws for one that is not well-formed. */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser()
  const open: OpenElement[] = []
  let root: XmlElement | undefined
  const onText = (more: string): void => {
    const inner = open.at(-1)
    if (inner) inner.text += more
  }
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => open.push({ name, attributes, children: [], text: '' }))
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', () => {
    const element = open.pop() as OpenElement
    open.at(-1)?.children.push(element)
    if (open.length === 0) root = element
  })
  parser.write(text).close()
  if (!root) throw new Error('there is no element')
  return root
}

// Code points that XML 1.0 does not have.
const forbidden =
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const markup = /[&<>"\r\n\t]/g

/** Text as it stands in an element or in an attribute of it, on one line; what XML cannot hold becomes U+FFFD. */
export const xmlText = (text: string): string =>
  text.replace(forbidden, '\u{FFFD}').replace(markup, (c) => named[c] ?? `&#${c.charCodeAt(0)};`)

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** JSON as it stands in an element. What XML cannot hold can only stand in a text of it, where an escape says the same. */
export const xmlJson = (json: string): string =>
  json
    .replace(forbidden, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[&<>]/g, (c) => named[c] ?? c)
