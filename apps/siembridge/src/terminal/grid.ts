import { stripVTControlCharacters } from 'node:util'

const width = (text: string): number => stripVTControlCharacters(text).length

/** Rows as columns, two blanks apart; the last column may run on. Colours take no room. */
export function grid(rows: readonly (readonly string[])[], indent = '  '): string {
  const count = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, i) => Math.max(0, ...rows.map((row) => width(row[i] ?? ''))))
  const pad = (text: string, i: number, last: boolean): string =>
    last ? text : text + ' '.repeat((widths[i] ?? 0) - width(text))
  return rows
    .map((row) => `${indent}${row.map((cell, i) => pad(cell, i, i === row.length - 1)).join('  ')}`.trimEnd())
    .join('\n')
}
