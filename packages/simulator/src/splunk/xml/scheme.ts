import { childText, parseXml, type XmlElement } from './tree.ts'

/** A parameter as a scheme introduces it. */
export interface SchemeArg {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly dataType: 'string' | 'number' | 'boolean'
  readonly requiredOnCreate: boolean
  readonly requiredOnEdit: boolean
}

/** What `--scheme` prints, with the platform's defaults where it says nothing (Splunk, "Define a scheme for introspection"). */
export interface SchemeDocument {
  readonly title: string
  readonly description: string
  readonly externalValidation: boolean
  readonly singleInstance: boolean
  readonly streamingMode: 'simple' | 'xml'
  readonly args: readonly SchemeArg[]
}

const argName = /^[0-9a-zA-Z][0-9a-zA-Z_-]*$/
/** Parameters that Splunk gives every input itself. */
const implicit = new Set([
  'source',
  'sourcetype',
  'host',
  'index',
  'disabled',
  'interval',
  'persistentQueue',
  'persistentQueueSize',
  'queueSize',
])

/** Throws for what splunkd would not register. */
export function readScheme(text: string): SchemeDocument {
  const root = parseXml(text)
  if (root.name !== 'scheme') throw new Error(`the document is <${root.name}>, not <scheme>`)
  const mode = childText(root, 'streaming_mode') ?? 'simple'
  if (mode !== 'simple' && mode !== 'xml') throw new Error(`there is no streaming mode ${mode}`)
  const endpoint = root.children.find(({ name }) => name === 'endpoint')
  const args = endpoint?.children.find(({ name }) => name === 'args')?.children ?? []
  return {
    title: childText(root, 'title') ?? '',
    description: childText(root, 'description') ?? '',
    externalValidation: flag(root, 'use_external_validation', false),
    singleInstance: flag(root, 'use_single_instance', false),
    streamingMode: mode,
    args: args.map((arg) => readArg(arg)),
  }
}

function readArg(arg: XmlElement): SchemeArg {
  const name = arg.attributes.name ?? ''
  if (!argName.test(name) || implicit.has(name)) throw new Error(`no name of a parameter: ${JSON.stringify(name)}`)
  const type = childText(arg, 'data_type') ?? 'string'
  if (type !== 'string' && type !== 'number' && type !== 'boolean') throw new Error(`there is no data type ${type}`)
  return {
    name,
    title: childText(arg, 'title') ?? name,
    description: childText(arg, 'description') ?? '',
    dataType: type,
    requiredOnCreate: flag(arg, 'required_on_create', true),
    requiredOnEdit: flag(arg, 'required_on_edit', false),
  }
}

function flag(element: XmlElement, name: string, otherwise: boolean): boolean {
  const text = childText(element, name)
  if (text === undefined) return otherwise
  if (text !== 'true' && text !== 'false' && text !== '1' && text !== '0') throw new Error(`<${name}> is ${text}`)
  return text === 'true' || text === '1'
}
