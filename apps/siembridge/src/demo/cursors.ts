import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The buffer of the route that a configuration without routes has. */
const folder = 'routes/all'

interface Kept {
  readonly generation: number
  readonly targets: Readonly<Record<string, number>>
}

/** How many records the agent has kept as delivered, by target: what a restart goes on from. */
export function keptCursors(state: string): Readonly<Record<string, number>> {
  const kept = ['a', 'b'].flatMap((slot) => slotOf(join(state, folder, `cursors.${slot}`)) ?? [])
  return kept.toSorted((x, y) => y.generation - x.generation)[0]?.targets ?? {}
}

/** One of the two files that are written in turn: magic, length, checksum, generation, JSON. */
function slotOf(path: string): Kept | undefined {
  try {
    const bytes = readFileSync(path)
    const length = bytes.readUInt32LE(4)
    const { targets } = JSON.parse(bytes.toString('utf8', 18, 12 + length)) as Pick<Kept, 'targets'>
    return { generation: bytes.readUIntLE(12, 6), targets }
  } catch {
    // It is not there yet, or just being written: the other one counts.
    return undefined
  }
}
