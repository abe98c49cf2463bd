import type { Problems } from '../parser/problems.ts'
import { checkCategoryValue, checkField } from '../parser/mappings.ts'
import { type Row, rowsOf } from './csv.ts'
import type { Event } from './event.ts'
import { string } from './value.ts'

/** A map file or a categorizer: event fields to look at, event fields to set. */
export interface Table {
  readonly getters: readonly string[]
  readonly setters: readonly string[]
  /** Cells of the setters by those of the getters, joined by NUL. */
  readonly rows: ReadonlyMap<string, readonly string[]>
}

const help = 'The first row names columns event.<field>, to look at, then set.event.<field>, to set.'

/** Reads a table, and says what is wrong with it. Undefined where its header cannot be used. */
export function readTable(content: string | Uint8Array, problems: Problems): Table | undefined {
  const [header, ...lines] = rowsOf(typeof content === 'string' ? content : Buffer.from(content).toString('utf8'))
  const names = header?.cells.map((cell) => cell.trim()) ?? []
  const getters = names.filter((name) => name.startsWith('event.')).map((name) => name.slice('event.'.length))
  const setters = names.filter((name) => name.startsWith('set.event.')).map((name) => name.slice('set.event.'.length))
  const ordered =
    names.findLastIndex((name) => name.startsWith('event.')) < names.findIndex((name) => name.startsWith('set.'))
  if (getters.length + setters.length !== names.length || getters.length === 0 || setters.length === 0 || !ordered) {
    problems.error('table-columns', 1, `the columns are ${names.join(', ') || 'none'}`, help)
    return undefined
  }
  for (const field of [...getters, ...setters]) checkField(field, 1, problems)
  return { getters, setters, rows: readRows(lines, getters.length, setters, problems) }
}

function readRows(
  lines: readonly Row[],
  getters: number,
  setters: readonly string[],
  problems: Problems,
): ReadonlyMap<string, readonly string[]> {
  const rows = new Map<string, readonly string[]>()
  for (const { cells, line, broken } of lines) {
    if (broken) {
      problems.error(
        'table-quote',
        line,
        'a cell begins with a quote that does not close, or goes on behind it',
        'Close the quote at the end of the cell; a quote within one stands twice.',
      )
      continue
    }
    if (cells.length !== getters + setters.length) {
      problems.error(
        'table-cells',
        line,
        `the row has ${cells.length} cells, the header ${getters + setters.length}`,
        'Give the row a cell for each column; put cells with commas in quotes.',
      )
      continue
    }
    const key = cells.slice(0, getters).join('\0')
    if (rows.has(key))
      problems.error(
        'table-row-twice',
        line,
        `"${cells.slice(0, getters).join('", "')}" stands twice; which one counts is not known`,
        'Take one of them out.',
      )
    for (const [at, field] of setters.entries()) {
      const value = cells[getters + at] ?? ''
      if (value !== '') checkCategoryValue(field, value, line, problems)
    }
    if (!rows.has(key)) rows.set(key, cells.slice(getters))
  }
  return rows
}

/** Sets what the row of the event says; false where it has none. `overwrite`: also what is set. */
export function applyTable(table: Table, event: Event, overwrite: boolean): boolean {
  const cells = table.rows.get(table.getters.map((field) => event.text(field)).join('\0'))
  if (!cells) return false
  for (const [at, field] of table.setters.entries()) {
    const value = cells[at] ?? ''
    if (value !== '' && (overwrite || event.text(field) === '')) event.assign(field, string(value))
  }
  return true
}
