/** Code of an expression: one text or undefined, or a list of texts. */
export interface Code {
  readonly code: string
  readonly list: boolean
  /** Code of the first text of a list, where that costs less than the list. */
  readonly first?: string
  /**
   * Where the text comes from: `ours` is ours, and no format has to escape it; `record` stands in the record as it is; `cut` is
   * put together of such, so that it can have a space at an end. Else anything.
   */
  readonly origin?: Origin
  /** Most characters that the text can have, where that is known. */
  readonly size?: number
}

export type Origin = 'ours' | 'record' | 'cut'
type Facts = Pick<Code, 'origin' | 'size'>

/** Printable ASCII without what CEF escapes. */
const harmless = /^[ -<>-[\]-{}~]*$/

/** What is known of a text of the catalog. */
export function literal(text: string): Facts {
  if (!harmless.test(text)) return { size: text.length }
  return { origin: text === text.trim() ? 'ours' : 'cut', size: text.length }
}

const origins: readonly (Origin | undefined)[] = ['ours', 'record', 'cut', undefined]

/** What is known of a value that is one of several. */
export function together(parts: readonly Facts[]): Facts {
  const origin = origins[Math.max(0, ...parts.map((p) => origins.indexOf(p.origin)))]
  const size = parts.some((p) => p.size === undefined) ? undefined : Math.max(0, ...parts.map((p) => p.size ?? 0))
  return { ...(origin && { origin }), ...(size !== undefined && { size }) }
}

/** What is known of texts put one behind the other: no longer where they begin, nor that they stand in the record so. */
export function joined(parts: readonly Facts[]): Facts {
  const all = together(parts).origin
  const origin = all === 'record' ? 'cut' : all
  const size = parts.some((p) => p.size === undefined) ? undefined : parts.reduce((sum, p) => sum + (p.size ?? 0), 0)
  return { ...(origin && { origin }), ...(size !== undefined && { size }) }
}
