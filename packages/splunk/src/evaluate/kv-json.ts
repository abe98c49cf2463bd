/** Fields that automatic extraction makes at most, and characters of an event that it reads (Splunk, limits.conf.spec [kv]). */
export const kvLimits = { fields: 100, characters: 10_240 } as const

export interface Extracted {
  readonly fields: Map<string, readonly string[]>
  /** Fields that the limits of automatic extraction keep out, unless an administrator has raised them. */
  readonly cut: readonly string[]
}

/**
 * What `KV_MODE = json` makes of an event: a field a value, `a.b` for what is nested and `a{}.b` for what stands in a list. A
 * field counts as cut where its value ends behind the limits; Splunk's documents leave open what of the rest is still read.
 */
export function extractJson(raw: string): Extracted {
  const all = new Map<string, string[]>()
  let parsed: unknown
  try {
    parsed = JSON.parse(raw)
  } catch {
    return { fields: new Map(), cut: [] }
  }
  flatten('', parsed, all)
  const ends = endsOf(raw)
  const fields = new Map<string, readonly string[]>()
  const cut: string[] = []
  for (const [name, values] of all) {
    const whole = (ends.get(name.split(/[.{]/)[0] as string) ?? 0) <= kvLimits.characters
    if (whole && fields.size < kvLimits.fields) fields.set(name, values)
    else cut.push(name)
  }
  return { fields, cut }
}

function flatten(path: string, value: unknown, into: Map<string, string[]>): void {
  if (value === null || value === undefined) return
  if (Array.isArray(value)) for (const element of value) flatten(`${path}{}`, element, into)
  else if (typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) flatten(path === '' ? key : `${path}.${key}`, inner, into)
  else into.set(path, [...(into.get(path) ?? []), typeof value === 'string' ? value : JSON.stringify(value)])
}

const member = /"((?:[^"\\]|\\.)*)"\s*:/y

/** Where the value of each member of the object ends, in characters. */
function endsOf(raw: string): Map<string, number> {
  const ends = new Map<string, number>()
  let depth = 0
  let open: string | undefined
  for (let at = 0; at < raw.length; at++) {
    const c = raw[at] as string
    if (c === '"') {
      member.lastIndex = at
      const key = depth === 1 && open === undefined ? member.exec(raw) : null
      if (key) {
        open = JSON.parse(`"${key[1]}"`) as string
        at = member.lastIndex - 1
      } else at = endOfString(raw, at)
    } else if (c === '{' || c === '[') depth++
    else if (c === '}' || c === ']') depth--
    if (open !== undefined && ((c === ',' && depth === 1) || depth === 0)) {
      ends.set(open, at)
      open = undefined
    }
  }
  return ends
}

function endOfString(raw: string, from: number): number {
  let at = from + 1
  while (at < raw.length && raw[at] !== '"') at += raw[at] === '\\' ? 2 : 1
  return at
}
