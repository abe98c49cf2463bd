import { dropPieces, longestFirst, shortenTexts } from '../shrink.ts'
import { byteLength } from '../text-mode.ts'
import { isProblem } from '../problem.ts'
import { cefKeys, keepBelow, labelledKey } from './keys.ts'
import { nextPipe } from './read-header.ts'
import { scanPairs } from './scan.ts'
import type { Excess, Piece } from '../shrink.ts'
import type { TextMode } from '../text-mode.ts'

/**
 * Line lengths in bytes that receivers take without being configured: rsyslog cuts at 8 KiB, a UDP datagram of 1400
 * passes without fragmentation (RFC 5426 section 3.2), QRadar's "Max TCP Syslog Payload Length" is 4096.
 */
export const cefCaps = { tcp: 8192, udp: 1400, qradar: 4096 } as const

const label = 'TruncatedBytes'
// A shortened text keeps this much, so that what is left still says something.
const keptText = 64
const keptHeader = 16

/**
 * Makes a line of {@link cefLine} at most `maxBytes` long, for any `maxBytes` of 512 or more. In this order: pairs
 * are dropped by priority (unknown keys first, a field together with its label), then `msg`, then the other texts,
 * then the name are shortened, then the remaining pairs are dropped and the header fields shortened.
 * The result ends with `cn3=<bytes removed> cn3Label=TruncatedBytes`, instead of any `cn3` that was there.
 */
export function shrinkCef(line: string, maxBytes: number, mode: TextMode): string {
  const size = byteLength(line, mode)
  if (size <= maxBytes) return line
  const { header, pieces } = split(line)
  const before = removedBefore(pieces)
  const kept = pieces.filter((piece) => piece.group !== 'cn3')
  const excess = { bytes: joined(header, kept, mode) + markerText(size + before).length - maxBytes, mode }
  const fitted = fit(header, kept, excess)
  const removed = size - joined(header, fitted, mode) + before
  const marker = markerText(removed)
  return headerText(header) + (fitted.length > 0 ? pairsText(fitted) + marker : marker.slice(1))
}

function markerText(removed: number): string {
  return ` cn3=${removed} cn3Label=${label}`
}

interface Field {
  text: string
}

function fit(header: readonly Field[], pieces: readonly Piece[], excess: Excess): Piece[] {
  const kept = dropPieces(pieces, excess, keepBelow)
  const message = kept.filter((piece) => piece.key === 'msg')
  shortenTexts(message, excess, keptText)
  shortenTexts(longestFirst(kept, excess.mode), excess, keptText)
  shortenTexts(header.slice(5, 6), excess, keptText)
  const last = dropPieces(kept, excess, 0)
  shortenTexts(header.slice(1, 6).toReversed(), excess, keptHeader)
  return last
}

/** Header fields as they stand between the pipes (`CEF:0` with any prefix first) and the pairs. */
function split(line: string): { header: Field[]; pieces: Piece[] } {
  const header: Field[] = []
  let at = 0
  for (let pipe = nextPipe(line, at); pipe >= 0 && header.length < 7; pipe = nextPipe(line, at)) {
    header.push({ text: line.slice(at, pipe) })
    at = pipe + 1
  }
  const pairs = scanPairs(line, at, true)
  const pieces = isProblem(pairs) ? [] : pairs.map((pair) => piece(pair.key, line.slice(pair.valueAt, pair.end)))
  return { header, pieces }
}

function piece(key: string, text: string): Piece {
  const known = cefKeys[key]
  const group = (known && labelledKey(key)) ?? key
  const cuttable = known === undefined || known.type === 'string'
  return { key, text, group, cuttable, priority: known?.priority ?? Number.MAX_SAFE_INTEGER }
}

/** What an earlier shrinking of the same line removed, less the marker that it added. */
function removedBefore(pieces: readonly Piece[]): number {
  const marked = pieces.some((piece) => piece.key === 'cn3Label' && piece.text === label)
  const removed = Number(marked && pieces.find((piece) => piece.key === 'cn3')?.text)
  return removed > 0 ? removed - markerText(removed).length : 0
}

function headerText(header: readonly Field[]): string {
  return header.map((field) => `${field.text}|`).join('')
}

function joined(header: readonly Field[], pieces: readonly Piece[], mode: TextMode): number {
  return byteLength(headerText(header) + pairsText(pieces), mode)
}

function pairsText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => `${piece.key}=${piece.text}`).join(' ')
}
