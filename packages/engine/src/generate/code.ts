/** Code of an expression: one text or undefined, or a list of texts. */
export interface Code {
  readonly code: string
  readonly list: boolean
  /** Code of the first text of a list, where that costs less than the list. */
  readonly first?: string
  /** `ours`: text that no format has to escape. `record`: text as it stands in the record, wholly. Else anything. */
  readonly origin?: 'ours' | 'record'
  /** Most characters that the text can have, where that is known. */
  readonly size?: number
}

type Facts = Pick<Code, 'origin' | 'size'>

/** Printable ASCII without what CEF escapes, and no space at the ends. */
const harmless = /^(?! )[ -<>-[\]-{}~]+(?<! )$/

/** What is known of a text of the catalog. */
export const literal = (text: string): Facts => ({ ...((text === '' || harmless.test(text)) && { origin: 'ours' as const }), size: text.length })

/** What is known of a value that is one of several. */
export function together(parts: readonly Facts[]): Facts {
  const origin = parts.some((p) => p.origin === undefined) ? undefined : parts.some((p) => p.origin === 'record') ? 'record' : 'ours'
  const size = parts.some((p) => p.size === undefined) ? undefined : Math.max(0, ...parts.map((p) => p.size ?? 0))
  return { ...(origin && { origin }), ...(size !== undefined && { size }) }
}

/** A part of `concat`: a literal has its text, and some parts can be "". */
export interface Part extends Facts {
  readonly text?: string
  readonly hollow?: boolean
}

/** What is known of texts put one behind the other: spaces within are harmless, at the ends they are not. */
export function joined(parts: readonly Part[]): Facts {
  const hollow = parts.some((p) => p.hollow)
  const inner = parts.map((part, at) => {
    if (part.text === undefined || hollow || at === 0 || at === parts.length - 1) return part
    return literal(part.text.replace(/^ +| +$/g, ''))
  })
  const { origin } = together(inner)
  const size = parts.some((p) => p.size === undefined) ? undefined : parts.reduce((sum, p) => sum + (p.size ?? 0), 0)
  return { ...(origin && { origin }), ...(size !== undefined && { size }) }
}
