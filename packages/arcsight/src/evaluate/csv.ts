export interface Row {
  readonly cells: readonly string[]
  readonly line: number
  /** Whether a cell begins with a quote that does not close, or goes on behind it. */
  readonly broken: boolean
}

/** Rows of comma-separated text, with the line on which each begins. Empty lines are no rows; `"` quotes, `""` is one quote. */
export function rowsOf(text: string): readonly Row[] {
  const rows: (Row & { cells: string[]; broken: boolean })[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n][^,\r\n]*|))(,|\r\n|\n|\r|$)/y
  let [line, at] = [1, 0]
  while (at < text.length) {
    const row = { cells: [] as string[], line, broken: false }
    for (let more = true; more;) {
      cell.lastIndex = at
      const found = cell.exec(text)
      // A quote that is never closed, or text behind one: the rest of the line is the cell.
      const [whole, quoted, plain, end] = found ?? restOfLine(text, at)
      row.broken ||= found === null
      row.cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
      at += whole?.length ?? 0
      line += whole?.match(/\r\n|\n|\r/g)?.length ?? 0
      more = end === ',' && at <= text.length
    }
    if (row.cells.length > 1 || row.cells[0] !== '') rows.push(row)
  }
  return rows
}

function restOfLine(text: string, at: number): readonly (string | undefined)[] {
  const found = /[^\r\n]*(\r\n|\n|\r|$)/y
  found.lastIndex = at
  const [whole = '', end = ''] = found.exec(text) ?? []
  return [whole, undefined, whole.slice(0, whole.length - end.length), end]
}

/** A row as it stands in a file. */
export const csvRow = (cells: readonly string[]): string =>
  cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')
