import { escapeXml } from './tree.ts'

/** Values of a parameter: one, or a list. */
export type ParamValue = string | readonly string[]

export interface Stanza {
  /** `scheme://name`. */
  readonly name: string
  /** The app that holds it. */
  readonly app: string
  readonly params: Readonly<Record<string, ParamValue>>
}

/** What stands before the configuration in both documents. */
export interface ServerFacts {
  readonly host: string
  readonly uri: string
  readonly sessionKey: string
  readonly checkpointDir: string
}

export type DocumentEncoding = 'utf-8' | 'utf-16'

/** What an input is started with (Splunk, "Set up streaming"). */
export const inputDocument = (facts: ServerFacts, stanzas: readonly Stanza[]): string =>
  `<input>\n${header(facts)}${
    stanzas.length === 0
      ? '  <configuration/>\n'
      : `  <configuration>\n${stanzas
          .map(
            ({ name, app, params }) =>
              `    <stanza name="${escapeXml(name)}" app="${escapeXml(app)}">\n${paramsText(params, '      ')}    </stanza>\n`,
          )
          .join('')}  </configuration>\n`
  }</input>\n`

/** What an input is asked to validate (Splunk, "Set up external validation"); `name` stands without its scheme. */
export const validationDocument = (facts: ServerFacts, name: string, params: Stanza['params']): string =>
  `<items>\n${header(facts)}  <item name="${escapeXml(name)}">\n${paramsText(params, '    ')}  </item>\n</items>\n`

const header = ({ host, uri, sessionKey, checkpointDir }: ServerFacts): string =>
  `  <server_host>${escapeXml(host)}</server_host>
  <server_uri>${escapeXml(uri)}</server_uri>
  <session_key>${escapeXml(sessionKey)}</session_key>
  <checkpoint_dir>${escapeXml(checkpointDir)}</checkpoint_dir>
`

const paramsText = (params: Stanza['params'], indent: string): string =>
  Object.entries(params)
    .map(([name, value]) =>
      typeof value === 'string'
        ? `${indent}<param name="${escapeXml(name)}">${escapeXml(value)}</param>\n`
        : `${indent}<param_list name="${escapeXml(name)}">${value.map((one) => `<value>${escapeXml(one)}</value>`).join('')}</param_list>\n`,
    )
    .join('')

/** A document with its declaration in an encoding; UTF-16 is little-endian with a byte order mark. */
export function encodeDocument(document: string, encoding: DocumentEncoding): Buffer {
  const text = `<?xml version="1.0" encoding="${encoding}"?>\n${document}`
  return encoding === 'utf-8' ? Buffer.from(text) : Buffer.from(`\u{FEFF}${text}`, 'utf16le')
}
