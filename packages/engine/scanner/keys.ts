// Records of one source have few orders of keys, so the next key is nearly always the one that stood there last time: one comparison.
// Keys hang on those before them in their object; the first of a nested object hangs on the key (or list) that holds it.
import { mostNodes, nodes, nodeSize, result, texts, textsEnd } from './layout'

// Node: text, length, number of its name, next key, other key in this place, first key of what it holds, key before.
const textAt: usize = 0
const lengthAt: usize = 4
export const nameAt: usize = 8
export const nextAt: usize = 12
const otherAt: usize = 16
export const heldAt: usize = 20
const beforeAt: usize = 24

const mostOthers = 64
const longestKey: usize = 128

/** Not named yet: whoever calls gives it the number of its name and reads the record again. */
const unnamed = -2
/** Stands twice in its object. */
export const twice = -3

let textsUsed: usize = texts
store<i32>(result, 2, 4)

/** The node of the key at `p` (behind its quote), which hangs on `link`; 0 for one that cannot be learned. */
@inline
export function keyNode(p: usize, link: usize, before: usize): usize {
  const node: usize = load<u32>(link)
  return node != 0 && isKey(p, node) ? node : otherNode(p, link, before)
}

@inline
export function keyLength(node: usize): usize {
  return load<u32>(node, lengthAt)
}

@inline
function isKey(p: usize, node: usize): bool {
  const length = load<u32>(node, lengthAt)
  if (load<u8>(p + length) != 0x22) return false
  const text = load<u32>(node, textAt)
  if (length > 16) return isLongKey(p, text, length)
  const same: u32 = i8x16.bitmask(i8x16.eq(v128.load(p), v128.load(text)))
  return (~same & ((1 << length) - 1)) == 0
}

function isLongKey(p: usize, text: usize, length: usize): bool {
  const last = length - 16
  for (let at: usize = 0; at < last; at += 16) if (!same16(p + at, text + at)) return false
  return same16(p + last, text + last)
}

@inline
function same16(a: usize, b: usize): bool {
  return i8x16.all_true(i8x16.eq(v128.load(a), v128.load(b)))
}

function otherNode(p: usize, link: usize, before: usize): usize {
  let place = link
  for (let others = 0; others < mostOthers; others++) {
    const node: usize = load<u32>(place)
    if (node == 0) return learn(p, place, before)
    if (isKey(p, node)) return node
    place = node + otherAt
  }
  return 0
}

function learn(p: usize, place: usize, before: usize): usize {
  const length = plainLength(p)
  const count = load<i32>(result, 4)
  if (length > longestKey || count >= mostNodes || textsUsed + length + 16 > textsEnd) return 0
  const node = nodes + <usize>count * nodeSize
  store<i32>(result, count + 1, 4)
  store<u32>(node, <u32>textsUsed, textAt)
  store<u32>(node, <u32>length, lengthAt)
  store<i32>(node, isTwice(p, length, before) ? twice : unnamed, nameAt)
  store<u32>(node, <u32>before, beforeAt)
  memory.copy(textsUsed, p, length)
  textsUsed += (length + 31) & ~15
  store<u32>(place, <u32>node)
  return node
}

/** Length of a key of plain ASCII with nothing that any format escapes; more than any key has for others. */
function plainLength(p: usize): usize {
  let at = p
  for (; at - p <= longestKey; at++) {
    const c = load<u8>(at)
    if (c == 0x22) return at > p && load<u8>(p) != 0x20 && load<u8>(at - 1) != 0x20 ? at - p : longestKey + 1
    if (c < 0x20 || c > 0x7e || c == 0x5c || c == 0x3d || c == 0x25 || c == 0x7c) break
  }
  return longestKey + 1
}

function isTwice(p: usize, length: usize, before: usize): bool {
  for (let node = before; node != 0; node = load<u32>(node, beforeAt)) {
    if (load<u32>(node, lengthAt) == <u32>length && memory.compare(p, load<u32>(node, textAt), length) == 0) return true
  }
  return false
}
