import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where what `scripts/bundle-pages.ts` writes belongs, below `appserver`. */
const places = [
  ['pages', 'static/pages'],
  ['templates', 'templates'],
] as const

/** The pages as they were built, by their paths below `appserver`. Throws where they were not. */
export const builtPages = (folder: string): ReadonlyMap<string, Uint8Array> =>
  new Map(
    places.flatMap(([from, to]) =>
      readdirSync(join(folder, from))
        .toSorted()
        .map((name) => [`${to}/${name}`, readFileSync(join(folder, from, name))] as const),
    ),
  )
