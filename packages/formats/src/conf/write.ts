/** One stanza of a `.conf` file: settings in order, each key once. */
export interface ConfStanza {
  /** Without brackets; "" for settings before the first stanza. */
  readonly name: string
  readonly settings: readonly (readonly [key: string, value: string])[]
  /** Lines of comment above the stanza, without `#`. */
  readonly comment?: readonly string[]
}

const stanzaName = /^[^\r\n\]]+$/
const settingKey = /^[^\s=[#\\][^\r\n=]*$/

/**
 * A Splunk configuration file. A value of several lines goes out with `\` at the end of each line but the last, as Splunk
 * continues one; it may not itself end with `\` or begin or end with white space, for Splunk would read another value.
 *
 * @throws RangeError for a name, key or value that Splunk would read back as something else, and for one that stands twice
 */
export function confText(stanzas: readonly ConfStanza[]): string {
  refuseTwice(
    stanzas.map(({ name }) => name),
    'stanza',
  )
  return stanzas.map((stanza) => stanzaText(stanza)).join('\n')
}

function stanzaText({ name, settings, comment = [] }: ConfStanza): string {
  if (name !== '' && !stanzaName.test(name)) throw new RangeError(`no name of a stanza: ${JSON.stringify(name)}`)
  refuseTwice(
    settings.map(([key]) => key),
    `setting of [${name}]`,
  )
  const lines = [
    ...comment.map((line) => `# ${line}`),
    ...(name === '' ? [] : [`[${name}]`]),
    ...settings.map(([key, value]) => settingText(key, value)),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function settingText(key: string, value: string): string {
  if (!settingKey.test(key) || key !== key.trim()) throw new RangeError(`no key of a setting: ${JSON.stringify(key)}`)
  const lines = value.split('\n')
  if (/[\r\0]/.test(value) || value !== value.trim() || lines.some((line) => /\\\s*$/.test(line)))
    throw new RangeError(`${key}: a value that Splunk reads differently: ${JSON.stringify(value)}`)
  return `${key} = ${lines.join('\\\n')}`.trimEnd()
}

function refuseTwice(names: readonly string[], what: string): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new RangeError(`a ${what} stands twice: ${twice}`)
}
