/**
 * The delimiter that the sixth field of a LEEF 2.0 header names: one char, or its code as `x` or `0x` and one to
 * four hex digits. An empty field means TAB.
 *
 * @returns undefined when the field names none; `=` cannot be one, as it ends a key
 */
export function readDelimiter(field: string): string | undefined {
  if (field === '') return '\t'
  const hex = /^0?x([0-9A-Fa-f]{1,4})$/.exec(field)?.[1]
  const delimiter = hex === undefined ? field : String.fromCharCode(Number.parseInt(hex, 16))
  return Array.from(delimiter).length === 1 && delimiter !== '=' ? delimiter : undefined
}
