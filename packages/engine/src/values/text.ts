/** Operations on one text. All of them look at ASCII only: the text may hold UTF-8 bytes as Latin-1 characters. */

// One text is lowered for several fields.
const lastTexts = ['', '', '', '']
const lastLowers = ['', '', '', '']

export function lowerAscii(text: string): string {
  const at = text.length & 3
  if (lastTexts[at] === text) return lastLowers[at] as string
  lastTexts[at] = text
  return (lastLowers[at] = lowered(text))
}

function lowered(text: string): string {
  // The engine's own toLowerCase is fast, but changes letters beyond ASCII, which may be halves of UTF-8 characters.
  return /[^\0-\x7f]/.test(text) ? text.replace(/[A-Z]+/g, (run) => run.toLowerCase()) : text.toLowerCase()
}

/** The same, for texts that tend to come again at once. */
export function lowerAgain(): (text: string) => string {
  let last = ''
  let lower = ''
  return (text) => {
    if (text !== last) {
      lower = lowerAscii(text)
      last = text
    }
    return lower
  }
}

let splitText = ''
let splitBy = ''
let pieces: readonly string[] = ['']

/** The text that was split last is asked for one part after another. */
export function partOf(text: string, separator: string, index: number): string | undefined {
  if (text !== splitText || separator !== splitBy) {
    pieces = text.split(separator)
    splitText = text
    splitBy = separator
  }
  return pieces[index < 0 ? pieces.length + index : index]
}

export function stripOf(text: string, prefix: string, suffix: string): string {
  const start = prefix !== '' && text.startsWith(prefix) ? prefix.length : 0
  const end =
    suffix !== '' && text.length - start >= suffix.length && text.endsWith(suffix)
      ? text.length - suffix.length
      : text.length
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
const unescapeXml = (text: string): string =>
  text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? '')

interface Compiled {
  /** Fixed texts: before the first piece, between the pieces, and behind the last. */
  readonly fixed: readonly string[]
  readonly names: readonly string[]
}

const compiled = new Map<string, Compiled>()

/**
 * The piece called `name` by the first of the patterns that fits the whole text; `%{}` is a piece without a name. A piece
 * ends where the fixed text behind it first stands, and nothing is tried twice: what an attacker writes into a URL
 * cannot make it slow.
 */
export function dissectOf(text: string, patterns: readonly string[], name: string): string | undefined {
  for (const pattern of patterns) {
    const plan = compilePattern(pattern)
    const pieces = piecesOf(text, plan.fixed)
    if (pieces) return pieces[plan.names.indexOf(name)]
  }
  return undefined
}

function piecesOf(text: string, fixed: readonly string[]): string[] | undefined {
  const first = fixed[0] ?? ''
  const last = fixed.at(-1) ?? ''
  if (!text.startsWith(first)) return undefined
  const pieces: string[] = []
  let at = first.length
  for (const next of fixed.slice(1, -1)) {
    const end = text.indexOf(next, at)
    if (end < 0) return undefined
    pieces.push(text.slice(at, end))
    at = end + next.length
  }
  const end = text.length - last.length
  if (end < at || !text.endsWith(last)) return undefined
  if (fixed.length > 1) pieces.push(text.slice(at, end))
  return pieces
}

function compilePattern(pattern: string): Compiled {
  let plan = compiled.get(pattern)
  if (!plan) {
    plan = { fixed: pattern.split(/%\{[^}]*\}/), names: [...pattern.matchAll(/%\{([^}]*)\}/g)].map((m) => m[1] ?? '') }
    compiled.set(pattern, plan)
  }
  return plan
}
