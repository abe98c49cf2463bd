// AssemblyScript, compiled by `generate/scanner.ts`: one pass over a record's bytes, thirty-two at a time, for everything that has to be
// known before `JSON.parse` (see `runtime/scan.ts`, which has the same in JavaScript). Only few bytes are looked at one by one.

// The record stands here; spaces before and behind it let every load go over its ends.
const start: usize = 64

const notUtf8 = 1
const unicodeEscape = 2
const maySign = 4
const oddNumber = 8
const deep = 16
export const equals = 32
export const quoted = 64
export const hard = 128
export const beyondAscii = 256

let flags: i32 = 0
/** Everything before this is known to be UTF-8. */
let validTo: usize = 0

@inline
function eq(v: v128, c: i32): v128 {
  return i8x16.eq(v, i8x16.splat(<i8>c))
}

@inline
function or(a: v128, b: v128): v128 {
  return v128.or(a, b)
}

@inline
function mask(a: v128, b: v128): u32 {
  return (<u32>i8x16.bitmask(a)) | ((<u32>i8x16.bitmask(b)) << 16)
}

/** Digits and minus. */
@inline
function numeral(v: v128): v128 {
  return or(i8x16.lt_u(i8x16.sub(v, i8x16.splat(0x30)), i8x16.splat(10)), eq(v, 0x2d))
}

/** What can stand before a number: `:`, `,`, `[` and white space. */
@inline
function opening(v: v128): v128 {
  return or(or(eq(v, 0x3a), eq(v, 0x2c)), or(eq(v, 0x5b), i8x16.le_u(v, i8x16.splat(0x20))))
}

/** Rare bytes, each with a question of its own: `\`, `=`, `%`, `|`, DEL, and everything beyond ASCII. */
@inline
function rare(v: v128): v128 {
  return or(or(eq(v, 0x5c), eq(v, 0x3d)), or(eq(v, 0x25), or(eq(v, 0x7c), i8x16.gt_u(v, i8x16.splat(0x7e)))))
}

@inline
function bracket(v: v128): v128 {
  return eq(or(v, i8x16.splat(0x20)), 0x7b)
}

export function scan(length: i32, mostOpenings: i32): i32 {
  const end = start + length
  v128.store(start - 16, i8x16.splat(0x20))
  v128.store(end, i8x16.splat(0x20))
  v128.store(end, i8x16.splat(0x20), 16)
  flags = 0
  validTo = start
  let openings = 0
  // The last byte of the pair of blocks before: bit 0.
  let spaceBefore: u32 = 1
  let quoteBefore: u32 = 0
  let openBefore: u32 = 1
  for (let at = start; at < end; at += 32) {
    const a = v128.load(at)
    const b = v128.load(at, 16)
    const spaces = mask(eq(a, 0x20), eq(b, 0x20))
    const quotes = mask(eq(a, 0x22), eq(b, 0x22))
    const opens = mask(opening(a), opening(b))
    const numbers = mask(numeral(a), numeral(b)) & ((opens << 1) | openBefore)
    // A space inside a quote, at an end.
    if ((quotes & ((spaces << 1) | spaceBefore)) | (spaces & ((quotes << 1) | quoteBefore))) flags |= hard
    spaceBefore = spaces >>> 31
    quoteBefore = quotes >>> 31
    openBefore = opens >>> 31
    openings += popcnt(mask(bracket(a), bracket(b)))
    if (numbers) eachNumber(at, numbers)
    const rareA = rare(a)
    const rareB = rare(b)
    if (v128.any_true(or(rareA, rareB))) eachRare(at, mask(rareA, rareB))
  }
  if (openings > mostOpenings) flags |= deep
  return flags
}

function eachRare(at: usize, bits: u32): void {
  for (; bits; bits &= bits - 1) {
    const p = at + ctz(bits)
    const c = load<u8>(p)
    if (c > 0x7f) {
      flags |= beyondAscii
      if (p >= validTo) validTo = p + sequenceOr(p)
    } else {
      if (c == 0x5c) {
        const next = load<u8>(p, 1)
        if (next == 0x75) flags |= unicodeEscape
        // JSON inside a string: a space before the end of one of its texts.
        flags |= next != 0x22 ? hard : load<u8>(p - 1) == 0x20 ? quoted | hard : quoted
      } else if (c == 0x3d) flags |= equals
      else if (c != 0x25) flags |= hard
      if ((c == 0x3d || c == 0x25) && isSign(p)) flags |= maySign
    }
  }
}

/** `sig=` or `sig%3`. */
export function isSign(p: usize): bool {
  return load<u8>(p - 3) == 0x73 && load<u8>(p - 2) == 0x69 && load<u8>(p - 1) == 0x67 && (load<u8>(p) == 0x3d || load<u8>(p, 1) == 0x33)
}

/** Length of the UTF-8 sequence at a byte beyond ASCII; 0 where it is none. */
export function sequence(p: usize): usize {
  const a = load<u8>(p)
  const b = load<u8>(p, 1)
  if (a >= 0xc2 && a <= 0xdf && isTail(b)) return 2
  if (a >= 0xe0 && a <= 0xef && isTail(b) && isTail(load<u8>(p, 2)) && !(a == 0xe0 && b < 0xa0) && !(a == 0xed && b > 0x9f)) return 3
  const three = isTail(b) && isTail(load<u8>(p, 2)) && isTail(load<u8>(p, 3))
  if (a >= 0xf0 && a <= 0xf4 && three && !(a == 0xf0 && b < 0x90) && !(a == 0xf4 && b > 0x8f)) return 4
  return 0
}

function sequenceOr(p: usize): usize {
  const length = sequence(p)
  if (length == 0) flags |= notUtf8
  return length
}

@inline
function isTail(b: u8): bool {
  return (b & 0xc0) == 0x80
}

function eachNumber(at: usize, bits: u32): void {
  for (; bits; bits &= bits - 1) {
    const p = at + ctz(bits)
    if (isValue(p) && isOdd(p)) flags |= oddNumber
  }
}

/** Behind a member's name or in a list; what only looks like one inside a string costs time, no more. */
function isValue(p: usize): bool {
  let q = spacesBefore(p)
  const c = load<u8>(q - 1)
  if (c == 0x2c || c == 0x5b) return true
  if (c != 0x3a) return false
  q = spacesBefore(q - 1)
  return load<u8>(q - 1) == 0x22
}

function spacesBefore(p: usize): usize {
  while (p > start && load<u8>(p - 1) <= 0x20) p--
  return p
}

/** A number that JavaScript prints in another way than it stands there, or may. */
export function isOdd(p: usize): bool {
  const minus = load<u8>(p) == 0x2d
  if (minus) p++
  const whole = digitsEnd(p)
  const end = load<u8>(whole) == 0x2e ? digitsEnd(whole + 1) : whole
  const e = load<u8>(end) | 0x20
  if (e == 0x65 || end - p > 16 || whole - p > 15) return true
  const zero = whole - p == 1 && load<u8>(p) == 0x30
  if (end == whole) return minus && zero
  return load<u8>(end - 1) == 0x30 || (zero && load<u32>(p + 2) == 0x30303030 && load<u8>(p + 6) == 0x30)
}

function digitsEnd(p: usize): usize {
  while (load<u8>(p) >= 0x30 && load<u8>(p) <= 0x39) p++
  return p
}
