import { places, type Scanner, scannerOf } from './scanner.ts'

/** Kinds of values on the tape, as in `scanner/read.ts`. */
const kinds = { escaped: 2, integer: 3, number: 4, yes: 5, no: 6, none: 7, list: 8, object: 9 } as const
const { slots, tape } = places

/** The record that is read: its text, one character a byte, and the tape over it. */
let cells = new Int32Array(0)
let end = 0
let text = ''

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
  return root
}

/** The last key of an object, as the number of its node; 0 where there is none. */
export const lastKey = (part: Part): number => {
  const node = cells[part.$ + 5] as number
  return node === 0 ? 0 : ((node >> 2) - places.nodes) >> 3
}

export const hasMembers = (part: Part): boolean => cells[part.$ + 5] !== 0

/** Names that generated code reads, by their numbers. */
const names = new Map<string, number>()

/** Whoever reads a member of an object says so before the first record. */
export function willRead(name: string): void {
  if (names.has(name)) return
  const id = names.size
  if (id >= places.mostSlots) throw new Error('generated code reads more names than the scanner has slots')
  names.set(name, id)
  Object.defineProperty(Part.prototype, name, {
    get(this: Part) {
      return this.$ === tape ? topMember(id) : member(this.$, id)
    },
  })
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
  return kind === 1 ? text.slice(cells[at + 1], cells[at + 2]) : otherAt(at, kind)
}

function otherAt(at: number, kind: number): unknown {
  if (kind === kinds.object) return new Part(at)
  if (kind === kinds.list) return listAt(at)
  if (kind === kinds.none) return null
  if (kind === kinds.integer) return cells[at + 1]
  if (kind === kinds.yes || kind === kinds.no) return kind === kinds.yes
  const from = cells[at + 1] as number
  const to = cells[at + 2] as number
  return kind === kinds.number ? Number(text.slice(from, to)) : JSON.parse(text.slice(from - 1, to + 1))
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

let namedNodes = 2
let namedNames = 0

/** Gives keys that are new the numbers of their names; true where there were any, and the record has to be read again. */
export function nameKeys({ cells }: Scanner): boolean {
  const count = cells[places.result + 1] as number
  if (count === namedNodes && names.size === namedNames) return false
  for (let node = names.size === namedNames ? namedNodes : 2; node < count; node++) {
    const name = places.nodes + node * 8 + 2
    if (cells[name] !== -3) cells[name] = names.get(keyOf(node).key) ?? -1
  }
  namedNodes = count
  namedNames = names.size
  return true
}
