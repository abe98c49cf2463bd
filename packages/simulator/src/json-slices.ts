const quote = 0x22
const backslash = 0x5c
const [openBrace, closeBrace, openBracket, closeBracket, comma] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c]

/**
 * The JSON objects and arrays that stand one after the other in the bytes, each with its exact bytes. Whitespace
 * between them goes, commas too with `commas`. Undefined when something else stands between them or one never closes.
 */
export function jsonSlices(bytes: Buffer, { commas = false } = {}): Buffer[] | undefined {
  const slices: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]
    if (isBlank(byte) || (commas && byte === comma)) {
      at++
      continue
    }
    const end = byte === openBrace || byte === openBracket ? closing(bytes, at) : -1
    if (end < 0) return undefined
    slices.push(bytes.subarray(at, end))
    at = end
  }
  return slices
}

/** The elements of a JSON array of objects, each with its exact bytes. */
export function arraySlices(bytes: Buffer): Buffer[] | undefined {
  const text = trimmed(bytes)
  if (text[0] !== openBracket || text.at(-1) !== closeBracket) return undefined
  return jsonSlices(text.subarray(1, -1), { commas: true })
}

function closing(bytes: Buffer, from: number): number {
  let depth = 0
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) at = stringEnd(bytes, at)
    else if (byte === openBrace || byte === openBracket) depth++
    else if ((byte === closeBrace || byte === closeBracket) && --depth === 0) return at + 1
  }
  return -1
}

function stringEnd(bytes: Buffer, from: number): number {
  let at = from + 1
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1
  return at
}

function trimmed(bytes: Buffer): Buffer {
  let [start, end] = [0, bytes.length]
  while (start < end && isBlank(bytes[start])) start++
  while (end > start && isBlank(bytes[end - 1])) end--
  return bytes.subarray(start, end)
}

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13
}
