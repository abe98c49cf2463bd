import { cutEscaped } from './cef/cut.ts'
import { byteLength } from './text-mode.ts'
import type { TextMode } from './text-mode.ts'

/** One `key=value` of a line that must get shorter. Pieces of one group (a field and its label) go together. */
export interface Piece {
  readonly key: string
  readonly group: string
  readonly priority: number
  /** False for numbers and addresses: half of one is a wrong one. */
  readonly cuttable: boolean
  text: string
}

/** How many bytes still have to go; every step lowers it. */
export interface Excess {
  bytes: number
  readonly mode: TextMode
}

/** Drops whole groups of at least `lowest` priority until nothing exceeds: highest first, then from the end. */
export function dropPieces<P extends Piece>(pieces: readonly P[], excess: Excess, lowest: number): P[] {
  const gone = new Set<string>()
  const order = pieces.toReversed().toSorted((a, b) => b.priority - a.priority)
  for (const piece of order) {
    if (excess.bytes <= 0 || piece.priority < lowest) break
    if (gone.has(piece.group)) continue
    gone.add(piece.group)
    for (const member of pieces) if (member.group === piece.group) excess.bytes -= pieceBytes(member, excess.mode)
  }
  return pieces.filter((piece) => !gone.has(piece.group))
}

/** Shortens the texts in the order given, each to no less than `floor` bytes, until nothing exceeds. */
export function shortenTexts(holders: readonly { text: string }[], excess: Excess, floor: number): void {
  for (const holder of holders) {
    if (excess.bytes <= 0) return
    const size = byteLength(holder.text, excess.mode)
    if (size <= floor) continue
    holder.text = cutEscaped(holder.text, Math.max(floor, size - excess.bytes), excess.mode)
    excess.bytes -= size - byteLength(holder.text, excess.mode)
  }
}

/** The pieces whose value may be cut, the one of most bytes first. */
export function longestFirst<P extends Piece>(pieces: readonly P[], mode: TextMode): P[] {
  const size = (piece: P): number => byteLength(piece.text, mode)
  return pieces.filter((piece) => piece.cuttable).toSorted((a, b) => size(b) - size(a))
}

/** `key=value` and the separator before it. */
function pieceBytes(piece: Piece, mode: TextMode): number {
  return piece.key.length + byteLength(piece.text, mode) + 2
}
