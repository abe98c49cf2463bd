import { dropPieces, longestFirst, shortenTexts } from '../shrink.ts'
import { byteLength } from '../text-mode.ts'
import { leefKeys } from './keys.ts'
import type { Excess, Piece } from '../shrink.ts'
import type { TextMode } from '../text-mode.ts'

const mark = 'sbTruncated=1'
const keepBelow = 10
const keptText = 64
const keptHeader = 64

interface Field {
  text: string
}

/**
 * Makes a line of {@link leefLine} at most `maxBytes` long, for any `maxBytes` of 512 or more. Attributes of one's
 * own are dropped from the end first, then predefined ones by priority; then long texts are shortened, then the rest
 * is dropped and header fields are shortened. The result ends with the attribute `sbTruncated=1`.
 */
export function shrinkLeef(line: string, maxBytes: number, mode: TextMode): string {
  const size = byteLength(line, mode)
  if (size <= maxBytes) return line
  const { header, pieces } = split(line)
  const excess = { bytes: size + mark.length + 1 - maxBytes, mode }
  const fitted = fit(header, pieces, excess)
  const attributes = [...fitted.map((piece) => `${piece.key}=${piece.text}`), mark]
  return header.map((field) => `${field.text}|`).join('') + attributes.join('\t')
}

function fit(header: readonly Field[], pieces: readonly Piece[], excess: Excess): Piece[] {
  const kept = dropPieces(pieces, excess, keepBelow)
  shortenTexts(longestFirst(kept, excess.mode), excess, keptText)
  const last = dropPieces(kept, excess, 0)
  // The event id decides what the event is: it is the last to lose anything.
  shortenTexts(header.slice(1, 5), excess, keptHeader)
  return last
}

function split(line: string): { header: Field[]; pieces: Piece[] } {
  const count = line.includes('LEEF:1.0|') ? 5 : 6
  const parts = line.split('|')
  const header = parts.slice(0, count).map((text) => ({ text }))
  const attributes = parts.slice(count).join('|').split('\t')
  return { header, pieces: attributes.filter((text) => text !== '' && text !== mark).map(piece) }
}

function piece(attribute: string): Piece {
  const equals = attribute.indexOf('=')
  const key = attribute.slice(0, equals)
  const known = leefKeys[key]
  const cuttable = known?.type === 'string' && known.max !== undefined
  const priority = known?.priority ?? Number.MAX_SAFE_INTEGER
  return { key, text: attribute.slice(equals + 1), group: key, priority, cuttable }
}
