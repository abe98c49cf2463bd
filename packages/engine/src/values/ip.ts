/**
 * What `isIPv4` and `isIPv6` of node:net say, without the time that loading it and compiling its regular expressions takes:
 * a short run would spend more on that than on its records.
 */

const dot = 46
const colon = 58

/** Four numbers below 256 without leading zeros, and nothing else. */
export function isIPv4(text: string): boolean {
  if (text.length > 15) return false
  let dots = 0
  let number = -1
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at)
    if (c === dot) {
      if (number < 0) return false
      dots++
      number = -1
    } else {
      if (c < 48 || c > 57 || number === 0) return false
      number = number < 0 ? c - 48 : number * 10 + c - 48
      if (number > 255) return false
    }
  }
  return dots === 3 && number >= 0
}

/** Eight groups, or fewer and one `::`; an IPv4 address at the end stands for two. A zone may follow. */
export function isIPv6(text: string): boolean {
  const zone = text.indexOf('%')
  if (zone < 0) return hasGroups(text)
  return /^[0-9A-Za-z.:-]+$/.test(text.slice(zone + 1)) && hasGroups(text.slice(0, zone))
}

function hasGroups(text: string): boolean {
  let groups = 0
  let gap = false
  let at = 0
  while (at < text.length) {
    const from = at
    while (isHex(text.charCodeAt(at))) at++
    const next = text.charCodeAt(at)
    if (next === dot) return isIPv4(text.slice(from)) && enough(groups + 2, gap)
    if (at - from > 4) return false
    if (at > from && ++groups > 8) return false
    if (at === text.length) break
    if (next !== colon) return false
    at++
    if (text.charCodeAt(at) === colon) {
      if (gap) return false
      gap = true
      at++
    } else if (at === text.length || at - from === 1) return false
  }
  return enough(groups, gap)
}

const enough = (groups: number, gap: boolean): boolean => (gap ? groups <= 7 : groups === 8)

const isHex = (c: number): boolean => (c >= 48 && c <= 57) || (c >= 97 && c <= 102) || (c >= 65 && c <= 70)
