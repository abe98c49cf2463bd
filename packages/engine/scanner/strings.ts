// A string from behind its opening quote to its closing one, and what is known of its text.
import { beyondAscii, equals, hard, isSign, quoted, sequence } from './scan'

/** What the strings of this record hold: the bits of `scan.ts`. */
export let held: i32 = 0
/** The same of the string that was read last, and whether it has an escape. */
export let own: i32 = 0
export let escaped: bool = false

export function begin(): void {
  held = 0
}

/** Where the closing quote stands; 0 for what is no string, or none that may be read here. */
export function stringEnd(from: usize): usize {
  escaped = false
  own = 0
  let p = from
  while (true) {
    const v = v128.load(p)
    const quotes: u32 = i8x16.bitmask(i8x16.eq(v, i8x16.splat(0x22)))
    const odd: u32 = i8x16.bitmask(unusual(v)) & (quotes - 1) & ~quotes
    if (odd) {
      const next = lookAt(p + ctz(odd))
      if (next == 0) return 0
      p = next
    } else if (quotes) return closed(from, p + ctz(quotes))
    else p += 16
  }
}

/** A space at an end is trimmed by some formats. */
@inline
function closed(from: usize, end: usize): usize {
  if (load<u8>(from) == 0x20 || load<u8>(end - 1) == 0x20) own |= hard
  held |= own
  return end
}

/** Controls and everything beyond ASCII (signed below a space), DEL, `%`, `=`, `|` and `\` (which differ in one bit). */
@inline
function unusual(v: v128): v128 {
  const signed = i8x16.lt_s(v, i8x16.splat(0x20))
  const bars = i8x16.eq(v128.or(v, i8x16.splat(0x20)), i8x16.splat(0x7c))
  const others = v128.or(i8x16.eq(v, i8x16.splat(0x25)), i8x16.eq(v, i8x16.splat(0x3d)))
  return v128.or(v128.or(signed, i8x16.eq(v, i8x16.splat(0x7f))), v128.or(bars, others))
}

/** Behind one unusual byte or what begins with it; 0 where it may not stand in a string, or asks for more than this. */
function lookAt(p: usize): usize {
  const c = load<u8>(p)
  if (c == 0x5c) return escape(p)
  if (c > 0x7f) return beyond(p)
  if (c < 0x20) return 0
  if ((c == 0x3d || c == 0x25) && isSign(p)) return 0
  if (c == 0x3d) own |= equals
  else if (c != 0x25) own |= hard
  return p + 1
}

function escape(p: usize): usize {
  escaped = true
  const c = load<u8>(p, 1)
  if (c != 0x22) own |= hard
  // JSON inside a string: a space at an end of one of its texts.
  else own |= load<u8>(p - 1) == 0x20 || load<u8>(p, 2) == 0x20 ? quoted | hard : quoted
  const known = c == 0x22 || c == 0x5c || c == 0x2f || c == 0x62 || c == 0x66 || c == 0x6e || c == 0x72 || c == 0x74
  return known ? p + 2 : 0
}

/** A run of characters beyond ASCII; 0 where it is not UTF-8. */
function beyond(p: usize): usize {
  own |= beyondAscii
  while (load<u8>(p) > 0x7f) {
    const length = sequence(p)
    if (length == 0) return 0
    p += length
  }
  return p
}
