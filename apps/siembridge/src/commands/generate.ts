import { logTypes } from '@siembridge/catalog'
import { exit, type KitOptions, type ParserKit, SiembridgeError } from '@siembridge/core'
import { writeFolder } from '../parsers/output-folder.ts'
import type { GenerateOptions } from '../parsers/parser-commands.ts'
import { print } from '../sink.ts'
import { findingText } from '../terminal/findings.ts'

/** `siembridge generate NAME`: exit status. */
export async function generate(kit: ParserKit, options: KitOptions & GenerateOptions): Promise<number> {
  return writeGenerated(generated(kit, wantedTypes(options.type), options), options)
}

/** Writes what was generated and tells what was found; exit status. */
export async function writeGenerated(
  { files, findings }: ReturnType<ParserKit['generate']>,
  options: Pick<GenerateOptions, 'out' | 'force' | 'json'>,
): Promise<number> {
  const { removed } = writeFolder(options.out, files, options.force === true)
  if (options.json) {
    await print(`${JSON.stringify({ files: files.map(({ path }) => path), removed, findings }, null, 1)}\n`)
  } else {
    const gone = removed.length === 0 ? '' : `, ${removed.length} of an earlier run removed`
    await print(`${findings.map((f) => findingText(f)).join('')}${files.length} files in ${options.out}${gone}\n`)
  }
  return findings.some(({ is }) => is === 'bad') ? exit.no : exit.good
}

function generated(kit: ParserKit, types: readonly string[], options: KitOptions): ReturnType<ParserKit['generate']> {
  try {
    return kit.generate(types, options)
  } catch (error) {
    if (error instanceof RangeError) throw new SiembridgeError('UsageWrong', error.message)
    throw error
  }
}

function wantedTypes(wanted: readonly string[] | undefined): readonly string[] {
  const known = logTypes.map(({ id }) => id)
  const odd = wanted?.find((type) => !known.includes(type))
  if (odd !== undefined)
    throw new SiembridgeError('UsageWrong', `there is no log type "${odd}"; \`siembridge list log-types\` prints them`)
  return wanted ?? known
}
