import { stat } from 'node:fs/promises'
import { familyOf } from './family.ts'
import { find, isCompressed, isSame, type Member } from './identity.ts'
import type { Position } from './position.ts'

/** A file to read, and from where. */
export interface Part {
  readonly path: string
  readonly offset: number
  readonly skip: number
}

export interface Plan {
  readonly parts: readonly Part[]
  /** The file that was read last is gone, and not all of it may have been read. */
  readonly gap: boolean
}

/** Files of a lane, in the order in which they were written: the one that is not rotated comes last. */
export async function membersOf(base: string, belongs: (path: string) => boolean): Promise<Member[]> {
  const family = await familyOf(base)
  // What stands beside its compressed form is being compressed just then.
  const paths = family.filter((path) => belongs(path) && !(isCompressed(path) && family.includes(path.slice(0, -3))))
  const found = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        (stats) => (stats.isFile() ? { path, stats } : undefined),
        () => undefined,
      ),
    ),
  )
  const members = found.filter((member) => member !== undefined)
  return members.toSorted((a, b) => rank(a, base) - rank(b, base) || a.stats.mtimeMs - b.stats.mtimeMs)
}

const rank = ({ path }: Member, base: string): number => (path === base ? 1 : 0)

const whole = ({ path }: Member): Part => ({ path, offset: 0, skip: 0 })

/** What is left to read behind a position: the rest of that file, wherever it is now, and what was written after it. */
export async function planFrom(position: Position, base: string, members: readonly Member[]): Promise<Plan> {
  // A file that is shorter than what was read of it was truncated, and what it holds is new.
  const last = await find(
    position,
    members.filter(({ path, stats }) => isCompressed(path) || stats.size >= position.offset),
  )
  if (!last) {
    const later = members.filter(({ path, stats }) => path === base || stats.mtimeMs > position.mtimeMs)
    return { parts: later.map(whole), gap: !position.done && position.size > position.offset }
  }
  const behind = members.slice(members.indexOf(last) + 1)
  // A copy, or the same file while it is being compressed.
  const others = await Promise.all(
    behind.map(async (member) => position.length === 0 || !(await isSame(position, member.path))),
  )
  const rest = { path: last.path, offset: position.offset, skip: position.skip }
  const finished = position.done && (isCompressed(last.path) || last.stats.size <= position.offset)
  return { parts: [...(finished ? [] : [rest]), ...behind.filter((_, at) => others[at]).map(whole)], gap: false }
}
