/** Edits (insert, delete, replace, swap of neighbours) from one word to another: optimal string alignment. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)])
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0
  for (let j = 0; j <= b.length; j++) (rows[0] as number[])[j] = j
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity
      ;(rows[i] as number[])[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swapped)
    }
  return at(a.length, b.length)
}

const plain = (word: string): string => word.toLowerCase().replace(/[-_. ]/g, '')

/** The known word that somebody probably meant: at most a third of its letters differ. */
export function closest(word: string, known: readonly string[]): string | undefined {
  if (word.length > 64) return undefined
  const [best] = known
    .map((name) => ({ name, edits: distance(plain(word), plain(name)) }))
    .toSorted((a, b) => a.edits - b.edits)
  return best && best.edits <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : undefined
}

/** `write "tenant"`, or what there is to choose from. */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  const name = closest(word, known)
  if (name !== undefined) return `write "${name}"`
  return known.length === 0 ? undefined : `use one of: ${known.join(', ')}`
}
