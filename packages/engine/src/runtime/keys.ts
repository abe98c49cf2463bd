import { lowerAscii } from '../values/text.ts'
import { caseFallback } from './fallback.ts'
import { keyOf, nameLate, willRead } from './names.ts'
import { lastKey, Part } from './parts.ts'

type Members = Record<string, unknown>

/** An object to read members from where the value is none. */
export const nothing: Members = Object.freeze({})

/** One key of an object behind those before it, and what is known of all of them. */
interface Step<T> {
  readonly key: string
  readonly value: T
  next: Step<T> | undefined
  others: Map<string, Step<T>> | undefined
}

const mostSteps = 8192
const longestKey = 128

/**
 * What the keys of an object say, as a tree of keys in their order. Records of one source have few orders, so a key that was
 * met before costs one comparison, and everything that hangs on keys alone is computed once an order. Bounded: what
 * goes beyond is computed anew each time.
 */
export class KeyTree<T> {
  private readonly root: Step<T>
  private readonly add: (value: T, key: string) => T
  private size = 0
  /** The same by the number of the last key's node, for objects whose keys the scanner has walked over. */
  private readonly byNode: T[]

  constructor(start: T, add: (value: T, key: string) => T) {
    this.root = step('', start)
    this.add = add
    this.byNode = [start]
  }

  of(object: Members | Part): T {
    return object instanceof Part ? this.ofNode(lastKey(object)) : this.ofKeys(object)
  }

  private ofNode(node: number): T {
    return this.byNode[node] ?? this.learnNode(node)
  }

  private learnNode(node: number): T {
    const { key, before } = keyOf(node)
    const value = this.add(this.ofNode(before), key)
    while (this.byNode.length < node) this.byNode.push(undefined as T)
    this.byNode[node] = value
    return value
  }

  private ofKeys(object: Members): T {
    let at = this.root
    for (const key in object) {
      const { next } = at
      at = next !== undefined && next.key === key ? next : this.other(at, key)
    }
    return at.value
  }

  private other(at: Step<T>, key: string): Step<T> {
    const known = at.others?.get(key)
    if (known) return known
    const found = step(key, this.add(at.value, key))
    if (this.size >= mostSteps || key.length > longestKey) return found
    this.size++
    if (at.next) (at.others ??= new Map()).set(key, found)
    else at.next = found
    return found
  }
}

const step = <T>(key: string, value: T): Step<T> => ({ key, value, next: undefined, others: undefined })

/** The keys that generated code reads from one object: exact ones are fine, the same in other letters are not. */
export interface KeyGuard {
  readonly isOdd: (key: string) => boolean
  /** True where one of the keys is odd. */
  readonly tree: KeyTree<boolean>
}

/** `twins` are names of ours that only the interpreter can tell apart. */
export function keyGuard(names: readonly string[], twins: readonly string[]): KeyGuard {
  names.forEach(willRead)
  const lower = new Set(names.map(lowerAscii))
  const exact = new Set(names.filter((name) => !twins.includes(name)))
  const isOdd = (key: string): boolean => !exact.has(key) && lower.has(lowerAscii(key))
  return { isOdd, tree: new KeyTree(false, (odd, key) => odd || isOdd(key)) }
}

/** Throws where a key of the object is one of ours in other letters: only the interpreter folds case. */
export function guard(object: Members | Part, keys: KeyGuard): void {
  if (object === nothing) return
  if (object instanceof Part) guardRecord(partKeys.of(object), keys)
  else if (keys.tree.of(object)) throw caseFallback
}

/** The keys of a whole record: the bits that tell shapes apart, and which guards they have passed already. */
export interface RecordKeys {
  readonly low: number
  readonly high: number
  readonly key: string
  readonly before: RecordKeys | undefined
  readonly passed: KeyGuard[]
}

const noKeys: RecordKeys = { low: 0, high: 0, key: '', before: undefined, passed: [] }
/** Keys of objects below the record: nothing but guards is asked of them. */
const partKeys = new KeyTree<RecordKeys>(noKeys, (before, key) => ({ ...noKeys, key, before, passed: [] }))

export type KeyBits = KeyTree<RecordKeys>

/** Rows are by key in lower case: the tests of shapes know no case. */
export function keyBits(rows: Readonly<Record<string, readonly [number, number]>>): KeyBits {
  const bits = new Map(Object.entries(rows))
  const start: RecordKeys = { low: 0, high: 0, key: '', before: undefined, passed: [] }
  return new KeyTree(start, (before, key) => {
    const [low, high] = bits.get(lowerAscii(key)) ?? [0, 0]
    return { low: before.low | low, high: before.high | high, key, before, passed: [] }
  })
}

/** As `guard`, of the record itself, whose keys have been walked over to recognise it. */
export function guardRecord(keys: RecordKeys, names: KeyGuard): void {
  const { passed } = keys
  for (let i = 0; i < passed.length; i++) if (passed[i] === names) return
  check(keys, names)
}

/** The first time that this code meets these keys. */
function check(keys: RecordKeys, names: KeyGuard): void {
  nameLate()
  for (let at: RecordKeys | undefined = keys; at?.before; at = at.before) if (names.isOdd(at.key)) throw caseFallback
  keys.passed.push(names)
}
