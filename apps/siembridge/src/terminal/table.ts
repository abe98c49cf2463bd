/** Rows as columns for a terminal; the last column may run on. */
export function table(rows: readonly Readonly<Record<string, string | number | boolean>>[]): string {
  const names = Object.keys(rows[0] ?? {})
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))]
  const widths = names.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)))
  return cells
    .map(
      (line) =>
        `${line
          .map((cell, i) => (i === names.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
