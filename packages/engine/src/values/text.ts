/** Operations on one text. All of them look at ASCII only: the text may hold UTF-8 bytes as Latin-1 characters. */

export function lowerAscii(text: string): string {
  if (!/[A-Z]/.test(text)) return text
  // The engine's own toLowerCase is fast, but changes letters beyond ASCII, which may be halves of UTF-8 characters.
  return /[\u0080-\uffff]/.test(text) ? text.replace(/[A-Z]+/g, (run) => run.toLowerCase()) : text.toLowerCase()
}

export function partOf(text: string, separator: string, index: number): string | undefined {
  const pieces = text.split(separator)
  return pieces[index < 0 ? pieces.length + index : index]
}

export function stripOf(text: string, prefix: string, suffix: string): string {
  const start = prefix !== '' && text.startsWith(prefix) ? prefix.length : 0
  const end = suffix !== '' && text.length - start >= suffix.length && text.endsWith(suffix) ? text.length - suffix.length : text.length
  return text.slice(start, end)
}

const pairForms = new Map<string, readonly [xml: RegExp, assigned: RegExp]>()

/** Value of `name` in `<name>value</name>` (SharePoint's EventData) or `name=value` text parted by `;`, `,` or `&`. */
export function pairOf(text: string, name: string): string | undefined {
  let forms = pairForms.get(name)
  if (!forms) {
    const safe = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    forms = [new RegExp(`<${safe}>([^<]*)</${safe}>`), new RegExp(`(?:^|[;,&] *)${safe} *[=:] *([^;,&]*)`)]
    pairForms.set(name, forms)
  }
  const found = forms[0].exec(text)?.[1]
  return found === undefined ? forms[1].exec(text)?.[1] : unescapeXml(found)
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
const unescapeXml = (text: string): string => text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? '')

const compiled = new Map<string, { readonly form: RegExp; readonly names: readonly string[] }>()

/** The piece called `name` by the first of the patterns that fits the whole text. `%{}` is a piece without a name. */
export function dissectOf(text: string, patterns: readonly string[], name: string): string | undefined {
  for (const pattern of patterns) {
    const { form, names } = compilePattern(pattern)
    const found = form.exec(text)
    if (!found) continue
    const at = names.indexOf(name)
    return at < 0 ? undefined : found[at + 1]
  }
  return undefined
}

function compilePattern(pattern: string): { readonly form: RegExp; readonly names: readonly string[] } {
  const known = compiled.get(pattern)
  if (known) return known
  const names: string[] = []
  const source = pattern
    .split(/(%\{[^}]*\})/)
    .map((piece) => {
      if (!piece.startsWith('%{')) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      names.push(piece.slice(2, -1))
      return '([^\\n\\r]*?)'
    })
    .join('')
  const result = { form: new RegExp(`^${source}$`), names }
  compiled.set(pattern, result)
  return result
}
