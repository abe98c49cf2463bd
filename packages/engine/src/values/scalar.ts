/** Numbers and truth values out of text. Each gives the canonical text, or undefined where the text is no such value. */

const integer = /^-?(?:0|[1-9]\d{0,18})$/
const padded = /^([+-]?)0*(\d{1,19})$/
const decimal = /^-?(?:0|[1-9]\d{0,24})(?:\.\d{1,25})?(?:[eE][+-]?\d{1,3})?$/

/** A whole number that fits 64 bits. */
export function longOf(text: string): string | undefined {
  if (integer.test(text)) return text.length < 19 || fits(text) ? text : undefined
  const found = padded.exec(text.replace(/^ +| +$/g, ''))
  if (!found?.[2]) return undefined
  const plain = (found[1] === '-' && found[2] !== '0' ? '-' : '') + found[2]
  return fits(plain) ? plain : undefined
}

const fits = (text: string): boolean => BigInt.asIntN(64, BigInt(text)) === BigInt(text)

/** A decimal number, as it is written. */
export const floatOf = (text: string): string | undefined => (decimal.test(text) ? text : undefined)

export function booleanOf(text: string): string | undefined {
  if (text === 'true' || text === 'false') return text
  if (text === 'True' || text === 'TRUE') return 'true'
  return text === 'False' || text === 'FALSE' ? 'false' : undefined
}

/** Operation `number`: decimal as it is, hexadecimal (`0x1e49a`) in decimal. */
export function numberOf(text: string): string | undefined {
  if (/^0[xX][0-9a-fA-F]{1,16}$/.test(text)) return BigInt(text).toString()
  return floatOf(text) ?? longOf(text)
}
