/** A text in at most so many characters (UTF-16 units, as Java counts), cut between code points, with `...` where it was cut. */
export function fit(text: string, most: number): string {
  if (most <= 0 || text.length <= most) return text
  const cut = text.slice(0, Math.max(0, most - 3))
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}...`
}

/** Control characters break XML exports of ServiceNow and are nothing to read; tabs and line feeds stay. */
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

export const readable = (text: string): string => text.toWellFormed().replace(/\r\n?/g, '\n').replace(controls, '')

export const oneLine = (text: string): string => readable(text).replace(/\s+/g, ' ').trim()

/** Journal fields print what stands between `[code]` and `[/code]` as HTML: what comes from an alert must not. */
export const noCode = (text: string): string => text.replace(/\[(\/?)code\]/gi, '[$1 code]')

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For fields of the type html. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign).replaceAll('\n', '<br/>')
