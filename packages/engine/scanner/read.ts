// A whole record as a tape: what stands where, for values to be made of those parts only that somebody asks for. It takes what is
// strict JSON beyond doubt and needs no second look; the rest (-1) goes the long way: `scan.ts`, `JSON.parse`, interpreter.
import { heldAt, keyLength, keyNode, nameAt, nextAt, twice } from './keys'
import { mostLevels, nodeSize, nodes, result, slots, stack, start, tape, tapeEnd } from './layout'
import { beyondAscii, equals, isOdd } from './scan'
import { begin, escaped, held, own, stringEnd } from './strings'

// Kinds of values.
const plainText = 1
const equalsText = 2
const oddText = 3
const escapedText = 4
const shortInteger = 5
const anyNumber = 6
const yes = 7
const no = 8
const nothing = 9
const aList = 10
const anObject = 11
/** Added to the kind of a value of the record itself. */
const top = 16

/** The next free entry. */
let entry: usize = 0
/** Levels that are open, and what is known of the innermost: its entry, whether it has keys, and where the next key hangs. */
let level: i32 = 0
let box: usize = 0
let isObject: bool = false
let link: usize = 0
/** The key read last in an object; in a list, the key that holds it. */
let node: usize = 0

/** Bits of what the record's strings hold, or -1. */
export function read(length: i32): i32 {
  const end = start + length
  v128.store(end, i8x16.splat(0))
  v128.store(end, i8x16.splat(0), 16)
  entry = tape
  level = 0
  node = nodes + nodeSize
  begin()
  let p = space(start)
  if (load<u8>(p) != 0x7b) return -1
  p = open(p, -1, true)
  while (p != 0 && level > 0) p = member(p)
  if (p == 0 || space(p) != end) return -1
  store<i32>(result, <i32>(entry >> 2))
  return held
}

/** Behind the white space of JSON. */
@inline
function space(p: usize): usize {
  return load<u8>(p) > 0x20 ? p : spaces(p)
}

function spaces(p: usize): usize {
  while (true) {
    const c = load<u8>(p)
    if (c != 0x20 && c != 0x09 && c != 0x0a && c != 0x0d) return p
    p++
  }
}

/** One member or element and what stands behind it; each of these gives 0 for what is none. */
function member(p: usize): usize {
  let name = -1
  if (isObject) {
    p = key(p)
    if (p == 0) return 0
    name = load<i32>(node, nameAt)
  }
  if (entry + 32 > tapeEnd) return 0
  const levels = level
  p = value(p, name)
  return p == 0 || level > levels ? p : behind(p)
}

@inline
function key(p: usize): usize {
  if (load<u8>(p) != 0x22) return 0
  const found = keyNode(p + 1, link, load<u32>(box, 20))
  if (found == 0 || load<i32>(found, nameAt) == twice) return 0
  node = found
  link = found + nextAt
  store<u32>(box, <u32>found, 20)
  p = space(p + keyLength(found) + 2)
  return load<u8>(p) == 0x3a ? space(p + 1) : 0
}

function value(p: usize, name: i32): usize {
  const c = load<u8>(p)
  if (c == 0x22) return quotedText(p + 1, name)
  if (c == 0x7b) return open(p, name, true)
  if (c == 0x5b) return open(p, name, false)
  if (c == 0x2d || (c >= 0x30 && c <= 0x39)) return numeral(p, name)
  return word(p, name)
}

@inline
function put(kind: i32, a: usize, b: usize, name: i32): void {
  store<i32>(entry, level == 1 ? kind + top : kind)
  store<u32>(entry, <u32>a, 4)
  store<u32>(entry, <u32>b, 8)
  store<i32>(entry, name, 12)
  if (name >= 0 && level == 1) store<u32>(slots + (<usize>name << 2), <u32>(entry >> 2))
  entry += 16
}

@inline
function quotedText(p: usize, name: i32): usize {
  const end = stringEnd(p)
  if (end == 0) return 0
  const odd = own & ~beyondAscii
  put(escaped ? escapedText : odd == 0 ? plainText : odd == equals ? equalsText : oddText, p - start, end - start, name)
  return end + 1
}

/** A number that JavaScript prints as it stands here. */
function numeral(p: usize, name: i32): usize {
  const minus = load<u8>(p) == 0x2d
  const whole = minus ? p + 1 : p
  let end = whole
  let n: i32 = 0
  for (let c = load<u8>(end); c >= 0x30 && c <= 0x39; c = load<u8>(++end)) n = n * 10 + c - 0x30
  if (end == whole || (load<u8>(whole) == 0x30 && end - whole > 1) || isOdd(p)) return 0
  if (load<u8>(end) == 0x2e) {
    const fraction = ++end
    while (load<u8>(end) >= 0x30 && load<u8>(end) <= 0x39) end++
    if (end == fraction) return 0
    put(anyNumber, p - start, end - start, name)
  } else if (end - whole > 9) put(anyNumber, p - start, end - start, name)
  else put(shortInteger, minus ? -n : n, 0, name)
  return end
}

function word(p: usize, name: i32): usize {
  const letters = load<u32>(p)
  if (letters == 0x65757274) put(yes, 0, 0, name)
  else if (letters == 0x6c6c756e) put(nothing, 0, 0, name)
  else if (letters == 0x736c6166 && load<u8>(p, 4) == 0x65) {
    put(no, 0, 0, name)
    return p + 5
  } else return 0
  return p + 4
}

/** The inside of a list or an object; behind it where there is nothing inside. */
function open(p: usize, name: i32, keys: bool): usize {
  if (level == mostLevels) return 0
  push()
  const holder = node
  put(keys ? anObject : aList, p - start, 0, name)
  level++
  box = entry - 16
  // The second entry of a container: where it ends, its last key, and no name.
  store<i32>(entry, 0, 4)
  store<i32>(entry, -1, 12)
  entry += 16
  isObject = keys
  link = holder + heldAt
  p = space(p + 1)
  return load<u8>(p) == (keys ? 0x7d : 0x5d) ? close(p) : p
}

@inline
function push(): void {
  const place = stack + (<usize>level << 4)
  store<u32>(place, <u32>box)
  store<u32>(place, <u32>node, 4)
  store<u32>(place, <u32>link, 8)
  store<u32>(place, isObject, 12)
}

function close(p: usize): usize {
  store<u32>(box, <u32>(p + 1 - start), 8)
  store<u32>(box, <u32>(entry >> 2), 16)
  level--
  const place = stack + (<usize>level << 4)
  box = load<u32>(place)
  node = load<u32>(place, 4)
  link = load<u32>(place, 8)
  isObject = load<u32>(place, 12) != 0
  return p + 1
}

/** Behind a value: to the next one, and out of everything that ends here. */
function behind(p: usize): usize {
  while (level > 0) {
    p = space(p)
    const c = load<u8>(p)
    if (c == 0x2c) return space(p + 1)
    if (c != (isObject ? 0x7d : 0x5d)) return 0
    p = close(p)
  }
  return p
}
