import { logTypes } from '@siembridge/catalog'
import { type KitOptions, type ParserKit, SiembridgeError } from '@siembridge/core'
import type { GenerateOptions } from '../parsers/parser-commands.ts'
import { writeGenerated } from '../parsers/write-generated.ts'

/** `siembridge generate NAME`: exit status. */
export async function generate(kit: ParserKit, options: KitOptions & GenerateOptions): Promise<number> {
  return writeGenerated(generated(kit, wantedTypes(options.type), options), options)
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
