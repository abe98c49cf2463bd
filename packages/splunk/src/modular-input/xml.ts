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

/** Text as it stands in an element or in an attribute of it. */
export const xmlText = (text: string): string =>
  text.replace(/[&<>"\r]/g, (c) => escapes[c] ?? c)

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }
