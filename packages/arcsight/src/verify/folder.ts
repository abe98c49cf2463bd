import type { OutputFile, ParserProblem } from '@siembridge/core'
import { readTable, type Table } from '../evaluate/tables.ts'
import type { Parser } from '../parser/model.ts'
import { loadParser } from '../parser/load.ts'
import { Problems } from '../parser/problems.ts'
import { ownProblems } from './own.ts'

/** The files of a folder as a connector holds them. */
export interface ParserFolder {
  readonly parsers: readonly Parser[]
  /** Tables by their path, and map files in the order in which they run. */
  readonly tables: ReadonlyMap<string, Table>
  readonly maps: readonly Table[]
  readonly problems: readonly ParserProblem[]
}

const isTable = (path: string): boolean => /\.csv$|(?:^|\/)map\.\d+\.properties$|_map\.\d+\.properties$/.test(path)

/** Reads parsers, map files and categorizers; other files are none of a connector's business. */
export function readParsers(files: readonly OutputFile[]): ParserFolder {
  const parsers = files.flatMap(({ path, content }) => loadParser(path, content) ?? [])
  const tables = new Map<string, Table>()
  const problems: ParserProblem[] = parsers.flatMap((parser) => {
    const file = files.find(({ path }) => path === parser.path)
    return [...parser.problems, ...(file ? ownProblems(parser, file) : [])]
  })
  for (const { path, content } of files.filter((file) => isTable(file.path))) {
    const found = new Problems(path)
    const table = readTable(content, found)
    problems.push(...found.found)
    if (table) tables.set(path, table)
  }
  const maps = [...tables]
    .flatMap(([path, table]) => (mapNumber(path) === undefined ? [] : [[mapNumber(path) ?? 0, table] as const]))
    .toSorted(([a], [b]) => a - b)
    .map(([, table]) => table)
  return {
    parsers,
    tables,
    maps,
    problems: [...problems, ...nothingThere(parsers, files), ...missingFiles(parsers, tables)],
  }
}

function nothingThere({ length }: readonly Parser[], files: readonly OutputFile[]): readonly ParserProblem[] {
  if (length > 0 || files.some(({ path }) => isTable(path))) return []
  const problems = new Problems('.')
  problems.error(
    'nothing-there',
    undefined,
    'there is no parser, map file or categorizer among these files',
    'Name the folder that `siembridge generate arcsight` wrote, the folder user/agent of a connector, or a parser file.',
  )
  return problems.found
}

/** `map/map.3.properties` runs on every event. */
function mapNumber(path: string): number | undefined {
  const found = /(?:^|\/)map\/map\.(\d+)\.properties$/.exec(path)
  return found ? Number(found[1]) : undefined
}

function missingFiles(parsers: readonly Parser[], tables: ReadonlyMap<string, Table>): readonly ParserProblem[] {
  const bases = new Set(parsers.map(({ base }) => base))
  return parsers.flatMap(({ path, extra }) => {
    const problems = new Problems(path)
    for (const { type, filename = '', line } of extra) {
      const there = type === 'map' ? [...tables.keys()].some((table) => table.endsWith(filename)) : bases.has(filename)
      if (!there)
        problems.warning(
          'extra-not-here',
          line,
          `the extra processor's file "${filename}" is not among these files`,
          'Check the folder that holds it too, or correct the name.',
        )
    }
    return problems.found
  })
}
