import type { Cursor } from './cursor.ts'

/** Flags of java.util.regex.Pattern that are understood. */
export interface JavaFlags {
  readonly caseInsensitive: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
}

type GroupStart = { readonly flags: JavaFlags } & (
  | { readonly is: 'capture'; readonly name?: string }
  | { readonly is: 'plain' }
  /** No group: `(?i)`, good to the end of the group around it. */
  | { readonly is: 'flags' }
  | { readonly is: 'look'; readonly open: string; readonly behind: boolean }
)

const flagOf: Readonly<Record<string, keyof JavaFlags | undefined>> = {
  i: 'caseInsensitive',
  m: 'multiline',
  s: 'dotAll',
}

/** Reads what a group begins with. The cursor is at its `(`. */
export function groupStart(cursor: Cursor, flags: JavaFlags): GroupStart {
  const at = cursor.at
  if (!cursor.match(/\(\?/y)) {
    cursor.at++
    return { is: 'capture', flags }
  }
  if (cursor.eat('>')) cursor.refuse('an atomic group', at)
  const look = cursor.match(/<?[=!]/y)?.[0]
  if (look !== undefined) return { is: 'look', open: `(?${look}`, behind: look.startsWith('<'), flags }
  const name = cursor.match(/<([A-Za-z][A-Za-z0-9]*)>/y)?.[1]
  if (name !== undefined) return { is: 'capture', name, flags }
  const set = cursor.match(/([A-Za-z]*)(?:-([A-Za-z]*))?([:)])/y)
  if (!set) cursor.refuse('a group that Java does not know', at)
  const changed = withFlags(flags, set[1] ?? '', set[2] ?? '', cursor, at)
  return { is: set[3] === ')' ? 'flags' : 'plain', flags: changed }
}

function withFlags(flags: JavaFlags, on: string, off: string, cursor: Cursor, at: number): JavaFlags {
  const changes = Array.from(on + off, (letter, at) => [letter, at < on.length] as const)
  return changes.reduce((all, [letter, value]) => {
    const name = flagOf[letter]
    if (name === undefined) cursor.refuse(`the flag ${letter}`, at)
    return { ...all, [name]: value }
  }, flags)
}
