const declaration = /^const (v\d+) = ([^]*)$/

/** Statements without the values that nobody asks for; those asked for once stand where they are asked for. */
export const tidy = (statements: readonly string[]): string[] =>
  inlineSingles(withoutUnused(statements.filter((line) => line !== '')))

const variablesOf = (line: string): string[] => [...line.matchAll(/\bv\d+\b/g)].map(([name]) => name)

/** Everything that is declared is pure, so what is not used below need not be computed. */
function withoutUnused(statements: readonly string[]): string[] {
  const used = new Set<string>()
  return statements
    .toReversed()
    .filter((line) => {
      const name = declaration.exec(line)?.[1]
      if (name !== undefined && !used.has(name)) return false
      for (const variable of variablesOf(line)) used.add(variable)
      return true
    })
    .toReversed()
}

/** What stands behind `??` or `?` is then computed only when it is wanted. Guards stay where they are. */
function inlineSingles(statements: readonly string[]): string[] {
  const lines = [...statements]
  const uses = new Map<string, number>()
  for (const name of lines.flatMap(variablesOf)) uses.set(name, (uses.get(name) ?? 0) + 1)
  lines.forEach((line, at) => {
    const [, name, code] = declaration.exec(line) ?? []
    if (name === undefined || code === undefined || uses.get(name) !== 2) return
    const form = new RegExp(`\\b${name}\\b`)
    const user = lines.findIndex((other, i) => i > at && form.test(other))
    lines[user] = (lines[user] ?? '').replace(form, () => (/^[\w.]+$/.test(code) ? code : `(${code})`))
    lines[at] = ''
  })
  return lines.filter((line) => line !== '')
}
