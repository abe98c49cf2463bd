import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface DemoSample {
  readonly type: string
  readonly name: string
  /** JSON, as a person would write it down. */
  readonly text: string
}

/** The records that the catalog's own tests run on: made up for this project, nobody's data. */
export const demoSamples = (): readonly DemoSample[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../demo/samples.json'), 'utf8')) as DemoSample[]
