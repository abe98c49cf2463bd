import { join } from 'node:path'
import { readJson, writeJson } from '../state/json-file.ts'
import { inheritedFile } from '../state/migrations.ts'

/** Positions that an older form of the state directory left for lanes that have none of their own. */
export class Inheritance {
  private readonly path: string
  private readonly positions: Map<string, unknown>

  constructor(folder: string) {
    this.path = join(folder, inheritedFile)
    this.positions = new Map(Object.entries(readJson(this.path) ?? {}))
  }

  positionOf(lane: string): Buffer | undefined {
    const text = this.positions.get(lane)
    return typeof text === 'string' && text !== '' ? Buffer.from(text, 'base64') : undefined
  }

  /** The lane keeps it by itself from now on. */
  taken(lane: string): void {
    this.positions.delete(lane)
    writeJson(this.path, Object.fromEntries(this.positions), true)
  }
}
