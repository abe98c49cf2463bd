import { readFileSync } from 'node:fs'

export interface DemoSample {
  readonly type: string
  readonly name: string
  /** JSON, as a person would write it down. */
  readonly text: string
}

/** The records that the catalog's own tests run on: made up for this project, nobody's data. */
export const demoSamples = (): readonly DemoSample[] =>
  JSON.parse(readFileSync(new URL('../demo/samples.json', import.meta.url), 'utf8')) as DemoSample[]
