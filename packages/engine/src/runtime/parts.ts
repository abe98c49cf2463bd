import { places } from './places.ts'
import type { Scanner } from './scanner.ts'

/** Kinds of values on the tape, as in `scanner/read.ts`. */
const kinds = {
  plain: 1,
  equals: 2,
  odd: 3,
  escaped: 4,
  integer: 5,
  number: 6,
  yes: 7,
  no: 8,
  none: 9,
  list: 10,
  object: 11,
} as const
const { slots, tape } = places

/** The record that is read: its text, one character a byte, and the tape over it. */
let cells = new Int32Array(0)
let end = 0
let text = ''
/**
 * How long the texts are that were read of it and hold something that a format escapes or trims, and those that hold `=` and nothing
 * else. Counted apart, because setting the length of a list is slow.
 */
const odd = new Int32Array(32)
const withEquals = new Int32Array(32)
let odds = 0
let equals = 0
/** False where texts may come from elsewhere. */
let all = false
/** Lists that were read of it, and where on the tape they stand. */
const mostLists = 8
const lists: unknown[][] = Array.from({ length: mostLists }, () => [])
const listsAt = new Int32Array(mostLists)
let listCount = 0

/** An object of the record being read; members are made when they are asked for, by getters named as they are. */
export class Part {
  readonly $: number

  constructor(at: number) {
    this.$ = at
  }

  /** What `JSON.stringify` prints. */
  toJSON(): unknown {
    return JSON.parse(text.slice(cells[this.$ + 1], cells[this.$ + 2]))
  }
}

const root = new Part(tape)

/** The record whose tape the scanner holds. */
export function opened(scanner: Scanner, latin1: string): Part {
  cells = scanner.cells
  end = cells[places.result] as number
  text = latin1
  all = true
  odds = 0
  equals = 0
  listCount = 0
  return root
}

/** From now on, and until the next record is opened: there are texts that were not read off the tape. */
export function otherTexts(): void {
  all = false
}

/** What has to be escaped or trimmed in a text: nothing, `=` at most, or anything, which is also said where it is not known. */
export const escapes = { none: 0, equals: 1, any: 2 } as const
export type Escapes = (typeof escapes)[keyof typeof escapes]

/** Of a text of the record, also in lower case. Containers hold other texts, and so may be texts as long as an odd one. */
export function escapesOf(value: string): Escapes {
  if (!all || isAmong(odd, odds, value.length)) return escapes.any
  const c = value.charCodeAt(0)
  if (c === 0x5b || c === 0x7b) return escapes.any
  return isAmong(withEquals, equals, value.length) ? escapes.equals : escapes.none
}

/** Of anything that is put together of pieces of what was read, but for spaces at its ends. */
export function escapesOfPieces(): Escapes {
  if (!all || odds > 0) return escapes.any
  return equals > 0 ? escapes.equals : escapes.none
}

function isAmong(lengths: Int32Array, count: number, length: number): boolean {
  for (let i = 0; i < count; i++) if (lengths[i] === length) return true
  return false
}

/** The last key of an object, as the number of its node; 0 where there is none. */
export const lastKey = (part: Part): number => {
  const node = cells[part.$ + 5] as number
  return node === 0 ? 0 : ((node >> 2) - places.nodes) >> 3
}

export const hasMembers = (part: Part): boolean => cells[part.$ + 5] !== 0

/** The value of the member whose name has this number. */
export const memberOf = ({ $ }: Part, name: number): unknown => ($ === tape ? topMember(name) : member($, name))

/** A slot may be left from an earlier record: what stands there now has to be this member. */
function topMember(id: number): unknown {
  const at = cells[slots + id] as number
  return at < end && cells[at + 3] === id && (cells[at] as number) > 16 ? valueAt(at) : undefined
}

function member(object: number, id: number): unknown {
  const last = cells[object + 4] as number
  for (let at = object + 8; at < last; at = behind(at)) if (cells[at + 3] === id) return valueAt(at)
  return undefined
}

const behind = (at: number): number => (((cells[at] as number) & 15) < kinds.list ? at + 4 : (cells[at + 4] as number))

function valueAt(at: number): unknown {
  const kind = (cells[at] as number) & 15
  return kind === kinds.plain ? text.slice(cells[at + 1], cells[at + 2]) : otherAt(at, kind)
}

/** More of them than there is room for: then nothing is known of any. */
function note(kind: number, length: number): void {
  if (odds === odd.length || equals === odd.length) all = false
  else if (kind === kinds.equals) withEquals[equals++] = length
  else odd[odds++] = length
}

function otherAt(at: number, kind: number): unknown {
  if (kind === kinds.object) return new Part(at)
  if (kind === kinds.list) return listAt(at)
  if (kind === kinds.none) return null
  if (kind === kinds.integer) return cells[at + 1]
  if (kind === kinds.yes || kind === kinds.no) return kind === kinds.yes
  const from = cells[at + 1] as number
  const to = cells[at + 2] as number
  if (kind === kinds.number) return Number(text.slice(from, to))
  const value = kind === kinds.escaped ? (JSON.parse(text.slice(from - 1, to + 1)) as string) : text.slice(from, to)
  note(kind, value.length)
  return value
}

/** A list is asked for by several fields. */
function listAt(at: number): unknown[] {
  for (let i = 0; i < listCount; i++) if (listsAt[i] === at) return lists[i] as unknown[]
  const values = listOf(at)
  if (listCount < mostLists) {
    listsAt[listCount] = at
    lists[listCount++] = values
  }
  return values
}

function listOf(list: number): unknown[] {
  const values: unknown[] = []
  const last = cells[list + 4] as number
  for (let at = list + 8; at < last; at = behind(at)) values.push(valueAt(at))
  return values
}
