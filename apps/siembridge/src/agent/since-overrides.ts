import { join } from 'node:path'
import { readJson, writeJson } from '../state/json-file.ts'

/** Where sources begin that were set back: kept, so that a restart in between begins there too. */
export class SinceOverrides {
  private readonly path: string
  private readonly sources: Map<string, number>

  constructor(folder: string) {
    this.path = join(folder, 'since.json')
    const entries = Object.entries(readJson(this.path) ?? {})
    this.sources = new Map(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
  }

  get(source: string): number | undefined {
    return this.sources.get(source)
  }

  set(source: string, sinceMs: number): void {
    this.sources.set(source, sinceMs)
    writeJson(this.path, Object.fromEntries(this.sources), true)
  }
}
