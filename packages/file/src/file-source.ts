import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import type { Finding, Source, SourceContext } from '@siembridge/core'
import { baseOf } from './family.ts'
import { Follower } from './follow.ts'
import { type Pattern, patternOf } from './glob.ts'
import { fileSourceOptions, type FileSourceOptions } from './source-options.ts'

async function* check({ options }: Pick<SourceContext<FileSourceOptions>, 'options'>): AsyncGenerator<Finding> {
  for (const text of options.paths) {
    const subject = `files ${text}`
    const paths = await patternOf(text).expand()
    if (paths.length === 0) {
      const help = 'Correct the path if it should be there; a file that appears later is read then.'
      yield { subject, is: 'warning', says: 'there is none yet, or its folder may not be read', help }
      continue
    }
    const closed = await unreadable(paths)
    const help = 'Let this account read them.'
    if (closed.length > 0) yield { subject, is: 'bad', says: `cannot be read: ${closed.join(', ')}`, help }
    else yield { subject, is: 'good', says: `${paths.length} can be read` }
  }
}

async function unreadable(paths: readonly string[]): Promise<string[]> {
  const readable = await Promise.all(
    paths.map((path) =>
      access(path, constants.R_OK).then(
        () => true,
        () => false,
      ),
    ),
  )
  return paths.filter((_, at) => !readable[at])
}

/** Files that the patterns mean, by the path that they had before rotation. */
async function bases(patterns: readonly Pattern[]): Promise<Set<string>> {
  const paths = (await Promise.all(patterns.map((pattern) => pattern.expand()))).flat()
  return new Set(paths.map(baseOf))
}

async function run(context: SourceContext<FileSourceOptions>): Promise<void> {
  const { options, signal, clock } = context
  const patterns = options.paths.map(patternOf)
  const matches = (path: string): boolean => patterns.some((pattern) => pattern.test(path))
  const followed = new Map<string, Promise<void>>()
  const once = options.once || context.window !== undefined
  const follow = async (base: string, first: boolean): Promise<void> => {
    const { tenant } = options
    const lane = await context.lane({ stream: base, windowMs: 0, ...(tenant !== undefined && { tenant }) })
    const family = { base, matches, fromEnd: first && options.from === 'end' }
    await new Follower(context, family, lane).run()
  }
  for (let first = true; !signal.aborted; first = false) {
    for (const base of await bases(patterns)) if (!followed.has(base)) followed.set(base, follow(base, first))
    if (once) break
    await clock.sleep(options.every, signal).catch(() => undefined)
  }
  await Promise.all(followed.values())
}

/** Records out of files, followed over rotation. */
export const fileSource: Source<FileSourceOptions> = {
  kind: 'file',
  title: 'Files of JSON records',
  options: fileSourceOptions,
  check,
  run,
}
