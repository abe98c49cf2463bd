import { type FormatProblem, problemAt } from '../problem.ts'

/** Comma-separated values by RFC 4180, with line feeds as Splunk's lookups want them. The first row is the header. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const width = rows[0]?.length ?? 0
  if (rows.some((row) => row.length !== width))
    throw new RangeError('every row of a table has as many cells as its header')
  return rows.map((row) => `${row.map((cell) => cellText(cell)).join(',')}\n`).join('')
}

const cellText = (cell: string): string => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** Rows of a table by RFC 4180, header first. Refuses rows of another width, and quotes that do not close. */
export function readCsv(text: string): string[][] | FormatProblem {
  const rows: string[][] = []
  let at = 0
  while (at < text.length) {
    const row: string[] = []
    for (;;) {
      const cell = cellAt(text, at)
      if (cell === undefined) return problemAt(at, 'a quoted cell that does not end, or goes on after its quote')
      row.push(cell.value)
      at = cell.end + 1
      if (text[cell.end] !== ',') break
    }
    if (text[at - 1] === '\r' && text[at] === '\n') at++
    const [header] = rows
    if (header && row.length !== header.length)
      return problemAt(at, `row ${rows.length + 1} has ${row.length} cells in place of ${header.length}`)
    rows.push(row)
  }
  return rows
}

function cellAt(text: string, from: number): { value: string; end: number } | undefined {
  if (text[from] !== '"') {
    const found = /[,\r\n]/.exec(text.slice(from))
    const end = found ? from + found.index : text.length
    return { value: text.slice(from, end), end }
  }
  const quoted = /^"((?:[^"]|"")*)"(?=[,\r\n]|$)/.exec(text.slice(from))
  return quoted ? { value: (quoted[1] as string).replaceAll('""', '"'), end: from + quoted[0].length } : undefined
}
