import { SaxesParser, type SaxesTagNS } from 'saxes'

/** One attribute; `uri` is '' where it has no prefix. */
export interface XmlAttribute {
  readonly name: string
  readonly uri: string
  readonly value: string
}

/** A run of text between two tags; `cdata` where it stood in a CDATA section. */
export interface XmlText {
  readonly text: string
  readonly cdata: boolean
}

export interface XmlElement {
  /** With its prefix, as it stands in the file. */
  readonly name: string
  readonly local: string
  /** Namespace; '' where the element is in none. */
  readonly uri: string
  /** Declarations of namespaces are not among them. */
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly (XmlElement | XmlText)[]
  /** Of the opening tag, from 1. */
  readonly line: number
}

/** Why a text is not a document that is taken; line and column from 1. */
export interface XmlProblem {
  readonly problem: string
  readonly line: number
  readonly column: number
}

export const isElement = (node: XmlElement | XmlText): node is XmlElement => 'children' in node

/** All text below an element, markup left out. */
export const xmlTextOf = (element: XmlElement): string =>
  element.children.map((node) => (isElement(node) ? xmlTextOf(node) : node.text)).join('')

export const xmlElementsOf = (element: XmlElement): XmlElement[] => element.children.filter(isElement)

interface Open {
  readonly tag: SaxesTagNS
  readonly children: (XmlElement | XmlText)[]
  readonly line: number
}

class Stop extends Error {}

/** Deeper documents are refused: none that is read here has more than a handful of levels. */
const maxDepth = 100

/**
 * Reads XML 1.0 with namespaces (W3C recommendations), as saxes checks well-formedness, and takes nothing that reaches beyond
 * the text: a document type declaration is refused, so there are no entities but the five of XML itself.
 */
export function readXml(text: string): XmlElement | XmlProblem {
  const parser = new SaxesParser({ xmlns: true, position: true })
  const open: Open[] = []
  let root: XmlElement | undefined
  let found: XmlProblem | undefined
  const refuse = (problem: string, line = parser.line, column = parser.column): never => {
    found ??= { problem, line, column }
    throw new Stop(problem)
  }
  const add = (node: XmlText): void => void (node.text !== '' && open.at(-1)?.children.push(node))
  let tagLine = 1
  // Told after the character behind the name, which may have ended the line.
  parser.on('opentagstart', () => (tagLine = parser.column === 0 ? parser.line - 1 : parser.line))
  parser.on('opentag', (tag) => {
    if (open.length >= maxDepth) refuse(`elements are nested deeper than ${maxDepth}`)
    open.push({ tag, children: [], line: tagLine })
  })
  parser.on('closetag', () => {
    const element = elementOf(open.pop() as Open)
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else root = element
  })
  parser.on('text', (data) => add({ text: data, cdata: false }))
  parser.on('cdata', (data) => add({ text: data, cdata: true }))
  parser.on('doctype', () => refuse('a document type declaration is not taken: it could bring entities in'))
  parser.on('error', (error) => {
    const [, line, column, problem] = /^(\d+):(\d+): ([^]*)$/.exec(error.message) ?? []
    refuse((problem ?? error.message).replace(/\.$/, ''), line === undefined ? undefined : Number(line), Number(column))
  })
  try {
    parser.write(text).close()
  } catch (error) {
    if (!(error instanceof Stop)) throw error
  }
  return found ?? root ?? { problem: 'there is no element', line: 1, column: 1 }
}

const elementOf = ({ tag, children, line }: Open): XmlElement => ({
  name: tag.name,
  local: tag.local,
  uri: tag.uri,
  attributes: Object.values(tag.attributes)
    .filter(({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns')
    .map(({ name, uri, value }) => ({ name, uri, value })),
  children,
  line,
})

export const isXmlProblem = (read: XmlElement | XmlProblem): read is XmlProblem => 'problem' in read
