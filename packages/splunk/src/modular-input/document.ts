import { readXml, type XmlElement } from './xml.ts'

/** Where splunkd is, and what it allows. */
export interface ServerFacts {
  readonly host: string
  /** Of the management port. */
  readonly uri: string
  readonly sessionKey: string
  /** Folder for files of the scheme; it may not exist yet. */
  readonly checkpointDir: string
}

/** An input as it is configured. */
export interface InputStanza {
  /** `SCHEME://NAME`; the name alone where an input is validated. */
  readonly name: string
  /** App that holds the stanza. */
  readonly app: string
  /** Values of a list are joined by commas. */
  readonly params: Readonly<Record<string, string>>
}

export interface InputDocument {
  readonly server: ServerFacts
  readonly stanzas: readonly InputStanza[]
}

/**
 * What splunkd writes to an input's standard input: `<input>` to run (Splunk, "Set up streaming"), `<items>` to validate ("Set up
 * external validation"). Throws for anything else.
 */
export function readInputDocument(text: string): InputDocument {
  const root = readXml(text.replace(/^\u{FEFF}/u, ''))
  if (root.name !== 'input' && root.name !== 'items') throw new Error(`the document is <${root.name}>`)
  const holder = root.name === 'items' ? root : child(root, 'configuration')
  const stanzas = holder?.children.filter(({ name }) => name === 'stanza' || name === 'item') ?? []
  return {
    server: {
      host: textOf(root, 'server_host'),
      uri: textOf(root, 'server_uri'),
      sessionKey: textOf(root, 'session_key'),
      checkpointDir: textOf(root, 'checkpoint_dir'),
    },
    stanzas: stanzas.map((stanza) => ({
      name: stanza.attributes['name'] ?? '',
      app: stanza.attributes['app'] ?? '',
      params: Object.fromEntries(stanza.children.flatMap((param) => paramOf(param))),
    })),
  }
}

function paramOf({ name, attributes, text, children }: XmlElement): [string, string][] {
  const key = attributes['name']
  if (key === undefined) return []
  if (name === 'param') return [[key, text.trim()]]
  return name === 'param_list' ? [[key, children.map((value) => value.text.trim()).join(',')]] : []
}

const child = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((one) => one.name === name)

const textOf = (element: XmlElement, name: string): string => child(element, name)?.text.trim() ?? ''
