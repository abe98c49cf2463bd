const blank = (character: string | undefined): boolean => character !== undefined && /\s/.test(character)

/** Where the content begins in the source of a YAML string: behind a quote, or behind the first line of a block. */
function contentStart(source: string): number {
  if (/^["']/.test(source)) return 1
  return /^[|>]/.test(source) ? source.indexOf('\n') + 1 : 0
}

/**
 * Where character `at` of a string stands in its YAML source, which may be quoted, folded or indented: characters are found in
 * their order, and any run of blanks stands for any other.
 */
export function offsetIn(source: string, value: string, at: number): number {
  let from = contentStart(source)
  const skip = (): void => {
    while (blank(source[from])) from++
  }
  for (let i = 0; i < Math.min(at, value.length); i++) {
    if (blank(value[i])) skip()
    else {
      const found = source.indexOf(value[i] as string, from)
      if (found < 0) return from
      from = found + 1
    }
  }
  if (!blank(value[at]) && at < value.length) skip()
  return Math.min(from, Math.max(0, source.length - 1))
}
