import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Sample {
  readonly type: string
  readonly name: string
  readonly bytes: Buffer
}

const folder = fileURLToPath(new URL('../packages/catalog/log-types/', import.meta.url))

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => e.name)
    .toSorted()

/** Every sample of the catalog, by type and name. */
export const samples: readonly Sample[] = folders(folder).flatMap((service) =>
  folders(join(folder, service)).flatMap((kind) => {
    const path = join(folder, service, kind, 'samples')
    return readdirSync(path)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => ({ type: `${service}.${kind}`, name: name.slice(0, -5), bytes: readFileSync(join(path, name)) }))
  }),
)
