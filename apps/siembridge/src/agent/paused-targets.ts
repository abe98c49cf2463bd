import { join } from 'node:path'
import { readJson, writeJson } from '../state/json-file.ts'

/** Targets that somebody paused: they stay so over a restart. */
export class PausedTargets {
  private readonly path: string
  readonly names: Set<string>

  constructor(folder: string) {
    this.path = join(folder, 'paused.json')
    const names = readJson(this.path)
    this.names = new Set(Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [])
  }

  set(target: string, paused: boolean): void {
    if (paused) this.names.add(target)
    else this.names.delete(target)
    writeJson(this.path, [...this.names], true)
  }
}
