import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Letters since the process started, and what lies on the disk. */
export interface DeadLetterCount {
  readonly written: number
  readonly files: number
  readonly bytes: number
}

export function deadLettersIn(state: string, written: number): DeadLetterCount {
  const folder = join(state, 'dead-letters')
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.ndjson'))
    const bytes = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
    return { written, files: names.length, bytes }
  } catch {
    return { written, files: 0, bytes: 0 }
  }
}
