import { exit, type ParserKit } from '@siembridge/core'
import { print } from '../sink.ts'
import { findingText } from '../terminal/findings.ts'
import { writeFolder } from './output-folder.ts'
import type { GenerateOptions } from './parser-commands.ts'

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
