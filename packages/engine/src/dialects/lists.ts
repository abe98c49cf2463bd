import { byteLength, type TextMode } from '@siembridge/formats/parts'

/** Values as one text, `, ` between them, cut between two of them where it grows too long: `a, b (+3)`. */
export function joinCut(values: readonly string[], maxBytes: number, mode: TextMode): string {
  if (values.length === 1) return values[0] ?? ''
  const whole = values.join(', ')
  if (whole.length * (mode === 'latin1' ? 1 : 3) <= maxBytes || byteLength(whole, mode) <= maxBytes) return whole
  let kept = values[0] ?? ''
  let count = 1
  const room = maxBytes - ` (+${values.length})`.length
  for (const value of values.slice(1)) {
    const longer = `${kept}, ${value}`
    if (byteLength(longer, mode) > room) break
    kept = longer
    count++
  }
  return `${kept} (+${values.length - count})`
}
