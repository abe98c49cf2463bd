import { places, type Scanner, scannerOf } from './scanner.ts'

/** Kinds of values on the tape, as in `scanner/read.ts`. */
const kinds = {
  plain: 1,
  escaped: 2,
  odd: 3,
  integer: 4,
  number: 5,
  yes: 6,
  no: 7,
  none: 8,
  list: 9,
  object: 10,
} as const
const { slots, tape } = places

/** The record that is read: its text, one character a byte, and the tape over it. */
let cells = new Int32Array(0)
let end = 0
let text = ''
/** Texts that were read of it and hold something that a format escapes or trims. */
const odd: string[] = []
/** False where texts may come from elsewhere. */
let all = false

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
  if (odd.length > 0) odd.length = 0
  return root
}

/** From now on, and until the next record is opened: there are texts that were not read off the tape. */
export function otherTexts(): void {
  all = false
}

/**
 * True for a text of the record, also in lower case, that holds nothing that a format escapes or trims. False where that is not
 * known: containers, which hold other texts, and texts as long as an odd one.
 */
export function isPlainText(value: string): boolean {
  if (!all) return false
  for (const text of odd) if (text.length === value.length) return false
  const c = value.charCodeAt(0)
  return c !== 0x5b && c !== 0x7b
}

/** The last key of an object, as the number of its node; 0 where there is none. */
export const lastKey = (part: Part): number => {
  const node = cells[part.$ + 5] as number
  return node === 0 ? 0 : ((node >> 2) - places.nodes) >> 3
}

export const hasMembers = (part: Part): boolean => cells[part.$ + 5] !== 0

/** Keys that have got the numbers of their names, and whether these are all the names. */
let namedNodes = 2
let isNamed = true

/** Names that generated code reads, by their numbers. */
const names = new Map<string, number>()

/** Whoever reads a member of an object says so before the first record. */
export function willRead(name: string): void {
  if (names.has(name)) return
  const id = names.size
  if (id >= places.mostSlots) throw new Error('generated code reads more names than the scanner has slots')
  names.set(name, id)
  isNamed = false
  const shelf = room === 0 ? newShelf() : shelves.at(-1)
  room--
  Object.defineProperty(shelf, name, {
    get(this: Part) {
      return this.$ === tape ? topMember(id) : member(this.$, id)
    },
  })
}

/** V8 keeps an object of more than a thousand members as a hash table, and inlines no getter of it. */
const mostGetters = 500
const shelves: object[] = [Part.prototype]
/** Getters that the last shelf has room for; none once it is laid out. */
let room = 0

/** Behind those before it in the chain of prototypes. */
function newShelf(): object {
  const shelf = {}
  Object.setPrototypeOf(shelves.at(-1), shelf)
  shelves.push(shelf)
  room = mostGetters
  return shelf
}

/**
 * V8 lays out prototypes for speed when a load is seen that goes through them, and stops at the first where it has done so. Each is
 * therefore shown to it, last to first, in a loop that is long enough for it to look; or else no getter would ever be inlined.
 */
function settle(): number {
  let seen = 0
  room = 0
  for (const shelf of shelves.toReversed()) {
    const below = Object.create(shelf) as Part
    for (let i = 0; i < 500; i++) if (below.$ !== undefined) seen++
  }
  return seen
}

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

function otherAt(at: number, kind: number): unknown {
  if (kind === kinds.object) return new Part(at)
  if (kind === kinds.list) return listAt(at)
  if (kind === kinds.none) return null
  if (kind === kinds.integer) return cells[at + 1]
  if (kind === kinds.yes || kind === kinds.no) return kind === kinds.yes
  const from = cells[at + 1] as number
  const to = cells[at + 2] as number
  if (kind === kinds.number) return Number(text.slice(from, to))
  const value = kind === kinds.odd ? text.slice(from, to) : (JSON.parse(text.slice(from - 1, to + 1)) as string)
  odd.push(value)
  return value
}

function listAt(list: number): unknown[] {
  const values: unknown[] = []
  const last = cells[list + 4] as number
  for (let at = list + 8; at < last; at = behind(at)) values.push(valueAt(at))
  return values
}

interface Key {
  readonly key: string
  /** Number of the node of the key before; 0 for the first. */
  readonly before: number
}

export function keyOf(node: number): Key {
  const { bytes, cells } = scannerOf() as Scanner
  const at = places.nodes + node * 8
  const from = cells[at] as number
  const before = cells[at + 6] as number
  return {
    key: bytes.toString('latin1', from, from + (cells[at + 1] as number)),
    before: before === 0 ? 0 : ((before >> 2) - places.nodes) >> 3,
  }
}

/** Gives keys that are new the numbers of their names; true where there were any, and the record has to be read again. */
export function nameKeys({ cells }: Scanner): boolean {
  const count = cells[places.result + 1] as number
  if (count === namedNodes && isNamed) return false
  for (let node = isNamed ? namedNodes : 2; node < count; node++) {
    const name = places.nodes + node * 8 + 2
    if (cells[name] !== -3) cells[name] = names.get(keyOf(node).key) ?? -1
  }
  namedNodes = count
  if (!isNamed) settle()
  isNamed = true
  return true
}
