import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { samples } from '../samples.ts'

export interface TestRecord {
  readonly name: string
  readonly bytes: Buffer
}

/** Real-shaped records beside the checkout, where there are any. */
const besides = fileURLToPath(new URL('../../../../shared/samples/', import.meta.url))

const fromFolder = (folder: string): TestRecord[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ndjson'))
    .flatMap((file) =>
      readFileSync(folder + file, 'utf8')
        .split('\n')
        .map((line, at) => ({ name: `${file}:${at + 1}`, bytes: Buffer.from(line) }))
        .filter(({ bytes }) => bytes.length > 0),
    )

/** Every sample of the catalog, and every record that lies beside the checkout. */
export const records: readonly TestRecord[] = [
  ...samples.map(({ type, name, bytes }) => ({ name: `${type}/${name}`, bytes })),
  ...(existsSync(besides) ? fromFolder(besides) : []),
]
