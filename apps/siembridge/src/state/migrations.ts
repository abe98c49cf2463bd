import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Positions that the lanes of this form take over when they are opened for the first time: lane to position, in base64. */
export const inheritedFile = 'inherited-positions.json'

/** What brings a state directory from one form to the next; the form that it starts from is its place. */
export const migrations: readonly ((folder: string) => void)[] = [fromPositionsFile]

/**
 * Form 0 was one file `positions.json`: `{"SOURCE/STREAM": "POSITION as text"}`. From form 1 on each lane has a folder of its own,
 * which only the pipeline writes: positions are left where it looks for them.
 */
function fromPositionsFile(folder: string): void {
  const old = join(folder, 'positions.json')
  if (!existsSync(old)) return
  const positions = JSON.parse(readFileSync(old, 'utf8')) as Readonly<Record<string, unknown>>
  const inherited = Object.fromEntries(
    Object.entries(positions).map(([lane, position]) => [lane, Buffer.from(String(position)).toString('base64')]),
  )
  const path = join(folder, inheritedFile)
  writeFileSync(`${path}.new`, JSON.stringify(inherited), { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
  renameSync(old, `${old}.migrated`)
}
