const spelled: Readonly<Record<string, string | undefined>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\f': '\\f',
}

const escape = (char: string): string =>
  spelled[char] ?? (/[ -~]/.test(char) ? `\\${char}` : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

/**
 * `key=value` for `java.util.Properties.load`, without line end: ASCII alone, so that it reads the same as ISO 8859-1 and as UTF-8.
 * In a value only a space in the first place is escaped; `=` and `:` need it in keys alone.
 */
export function propertyLine(key: string, value: string): string {
  const name = key.replace(/[\\ =:#!]|[^ -~]/g, escape)
  return `${name}=${value.replace(/^ |\\|[^ -~]/g, escape)}`
}

/** A comment; every line of `text` becomes one. What is not printable ASCII becomes `?`. */
export const propertyComment = (text: string): string =>
  text
    .split(/\r\n|[\r\n]/)
    .map((line) => `# ${line.replace(/[^ -~]/g, '?')}`.trimEnd())
    .join('\n')
