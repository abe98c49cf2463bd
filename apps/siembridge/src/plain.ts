import type { ConvertOptions } from './commands/convert.ts'
import { convertOptions, isWhole, type OptionRow } from './options.ts'

const byFlag = (rows: readonly OptionRow[]): ReadonlyMap<string, OptionRow> =>
  new Map(
    rows.flatMap((row) =>
      row.flags
        .split(/,? /)
        .filter((word) => word.startsWith('-'))
        .map((flag) => [flag, row]),
    ),
  )

/** `--max-bytes` to `maxBytes`. */
const nameOf = ({ flags }: OptionRow): string =>
  (/--([a-z-]+)/.exec(flags)?.[1] ?? '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/**
 * Reads a command line of `convert` that has nothing unusual about it, in a fraction of the time that loading a parser takes.
 * Undefined leaves it to the full command table, whose messages say what is wrong and whose help is complete.
 */
export function plainConvert([name, ...args]: readonly string[]):
  | { readonly files: readonly string[]; readonly options: ConvertOptions }
  | undefined {
  if (name !== 'convert') return undefined
  const rows = byFlag(convertOptions)
  const options: Record<string, string | number | boolean> = {}
  const files: string[] = []
  for (const row of convertOptions) if (row.preset !== undefined) options[nameOf(row)] = row.preset
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as string
    if (!word.startsWith('-') || word === '-') {
      files.push(word)
      continue
    }
    const row = rows.get(word)
    const value = row && valueOf(row, args[at + 1])
    if (!row || value === undefined) return undefined
    options[nameOf(row)] = value
    if (value !== true) at++
  }
  return options['to'] === undefined ? undefined : { files, options: options as unknown as ConvertOptions }
}

function valueOf({ flags, choices, whole }: OptionRow, next: string | undefined): string | number | true | undefined {
  if (!flags.includes('<')) return true
  if (next === undefined || next === '' || next.startsWith('-') || (choices && !choices.includes(next)))
    return undefined
  if (!whole) return next
  return isWhole(next) ? Number(next) : undefined
}
