import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { samples } from '../samples.ts'

export interface TestRecord {
  readonly name: string
  readonly bytes: Buffer
}

/** A folder of real records, one a line: SIEMBRIDGE_SAMPLES=FOLDER npm test -- test/qradar. */
const more = process.env['SIEMBRIDGE_SAMPLES']

const fromFolder = (folder: string): TestRecord[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ndjson'))
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .map((line, at) => ({ name: `${file}:${at + 1}`, bytes: Buffer.from(line) }))
        .filter(({ bytes }) => bytes.length > 0),
    )

/** Every sample of the catalog, and every record of that folder. */
export const records: readonly TestRecord[] = [
  ...samples.map(({ type, name, bytes }) => ({ name: `${type}/${name}`, bytes })),
  ...(more === undefined ? [] : fromFolder(more)),
]
