import { addGetter, settle } from './getters.ts'
import { Part } from './parts.ts'
import { places } from './places.ts'
import { type Scanner, scannerOf } from './scanner.ts'

/** Keys that have got the numbers of their names, and whether these are all the names. */
let namedNodes = 2
let isNamed = true

/** Names that generated code reads, by their numbers. */
const names = new Map<string, number>()

/** Whoever reads a member of an object says so before the first record. */
export function willRead(name: string): void {
  if (names.has(name)) return
  if (name === '$' || Object.hasOwn(Part.prototype, name)) throw new Error(`generated code cannot read "${name}"`)
  const id = names.size
  if (id >= places.mostSlots) throw new Error('generated code reads more names than the scanner has slots')
  names.set(name, id)
  isNamed = false
  addGetter(name, id)
}

/** False where names came that the scanner has not been told of: what it read before lacks their members. */
export const allNamed = (): boolean => isNamed

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

/** Length of the record that was read last. */
let length = 0

/** Reads the record in the scanner's memory, again where it has keys that had no number yet. */
export function readNamed(scanner: Scanner, bytes: number): number {
  length = bytes
  const bits = scanner.read(bytes)
  return nameKeys(scanner) ? scanner.read(bytes) : bits
}

/** Code that was loaded while a record is open reads names that its tape does not tell: the same tape, with them. */
export function nameLate(): void {
  const scanner = isNamed ? null : scannerOf()
  if (scanner) readNamed(scanner, length)
}

/** Gives keys that are new the numbers of their names; true where there were any. */
function nameKeys({ cells }: Scanner): boolean {
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
