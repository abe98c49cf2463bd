const textSpecial = /[&<>]/g
const attributeSpecial = /[&<>"\t\n\r]/g

// W3C, "Extensible Markup Language 1.0", production 2: everything else cannot stand in a document, not even as a reference.
// Without the flag `u` a lone half of a surrogate pair would pass.
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (c: string): string => entities[c] ?? `&#${c.charCodeAt(0)};`
const writable = (text: string): string => text.replace(unwritable, '\ufffd')

/** Text between tags. What XML cannot hold at all becomes U+FFFD. */
export const xmlText = (text: string): string => writable(text).replace(textSpecial, escaped)

/** A CDATA section, or several where the text holds `]]>`. */
export const xmlCdata = (text: string): string => `<![CDATA[${writable(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

/** An opening tag up to its end, ` name="value"` for every value that is not undefined; the caller closes it. */
export function xmlTag(name: string, attributes: Readonly<Record<string, string | number | undefined>> = {}): string {
  const pairs = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${writable(String(value)).replace(attributeSpecial, escaped)}"`],
  )
  return `<${name}${pairs.join('')}`
}
