import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** A JSON file, or undefined where there is none or it cannot be read. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Puts a JSON file in place at once, mode 0600. `durable` waits for the disk. */
export function writeJson(path: string, value: unknown, durable = false): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(value)}\n`, { mode: 0o600, flush: durable })
  renameSync(`${path}.new`, path)
}
