import { SaxesParser } from 'saxes'

/** An element with what is in it; texts between elements are joined. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

/** What is open while a document is read. */
interface OpenElement {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: XmlElement[]
  text: string
}

/** Calls back with each element as it closes, with the number of elements around it, and with the root's name as it opens. */
export class XmlReader {
  private readonly parser = new SaxesParser()
  private readonly open: OpenElement[] = []

  constructor(onElement: (element: XmlElement, depth: number) => void, onRoot: (name: string) => void = () => {}) {
    this.parser.on('error', (error) => {
      throw error
    })
    this.parser.on('opentag', ({ name, attributes }) => {
      if (this.open.length === 0) onRoot(name)
      this.open.push({ name, attributes, children: [], text: '' })
    })
    const onText = (text: string): void => {
      const inner = this.open.at(-1)
      if (inner) inner.text += text
    }
    this.parser.on('text', onText)
    this.parser.on('cdata', onText)
    this.parser.on('closetag', () => {
      const element = this.open.pop() as OpenElement
      // What stands below the root of a stream is handed out and forgotten: a stream has no end.
      if (this.open.length > 1) this.open.at(-1)?.children.push(element)
      onElement(element, this.open.length)
    })
  }

  /** Throws what is not well-formed. */
  write(text: string): void {
    this.parser.write(text)
  }

  /** Throws where the document is not whole. */
  end(): void {
    this.parser.close()
  }

  /** Names of the elements that are open. */
  get path(): readonly string[] {
    return this.open.map(({ name }) => name)
  }
}

/** A whole document. Throws for one that is not well-formed. */
export function parseXml(text: string): XmlElement {
  const below: XmlElement[] = []
  let root: XmlElement | undefined
  const reader = new XmlReader((element, depth) => {
    if (depth === 1) below.push(element)
    if (depth === 0) root = { ...element, children: below }
  })
  reader.write(text.replace(/^\u{FEFF}/u, ''))
  reader.end()
  if (!root) throw new Error('there is no element')
  return root
}

export const childText = (element: XmlElement, name: string): string | undefined =>
  element.children.find((child) => child.name === name)?.text

/** Text as it stands in an element or an attribute. */
export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
