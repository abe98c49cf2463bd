/** Who wins where both sides changed a field, and changed it differently. */
export type ConflictPolicy = 'microsoft' | 'ticket'

/** What comes of one field: written to the ticket, left as the ticket has it, or nothing to do. */
export type Merged = 'write' | 'keep' | 'same' | 'conflict-write' | 'conflict-keep'

export interface FieldSides {
  /** What both sides last agreed on: what was wanted, and what was then found. Undefined where nothing is known. */
  readonly base: { readonly wanted: string; readonly found: string } | undefined
  /** What Microsoft's side wants, and what the ticket has. */
  readonly left: string
  readonly right: string
}

/**
 * Three-way merge of one field. The base remembers what was wanted and what the other side made of it, so that a value that the
 * other side's own rules change (trimmed, mapped, hidden) is no change by a person, and does not go back and forth.
 */
export function mergeField({ base, left, right }: FieldSides, policy: ConflictPolicy): Merged {
  if (left === right) return 'same'
  // Without a base, the ticket is not ours to overwrite: whoever filled a field in meant it.
  if (!base) return right === '' ? 'write' : policy === 'microsoft' ? 'conflict-write' : 'conflict-keep'
  const leftChanged = left !== base.wanted
  const rightChanged = right !== base.found
  if (!leftChanged) return rightChanged ? 'keep' : 'same'
  if (!rightChanged) return 'write'
  return policy === 'microsoft' ? 'conflict-write' : 'conflict-keep'
}
