/** The candidate that `word` is a slip of the pen for, if one is near: at most two letters away. */
export function similar(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = 3
  for (const candidate of candidates) {
    const away = distance(word.toLowerCase(), candidate.toLowerCase(), least)
    if (away < least) [best, least] = [candidate, away]
  }
  return best
}

/** Letters to insert, delete or replace, or `limit` where it is that many or more. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? limit) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replace, (row[j] ?? limit) + 1, (next[j - 1] ?? limit) + 1))
    }
    row = next
  }
  return Math.min(limit, row[b.length] ?? limit)
}

/** ` Did you mean "x"?`, or nothing. */
export function meant(word: string, candidates: Iterable<string>): string {
  const near = similar(word, candidates)
  return near === undefined || near === word ? '' : ` Did you mean "${near}"?`
}
