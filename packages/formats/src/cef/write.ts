import { cutValue } from './cut.ts'
import { cefHeader, cefValue } from './escape.ts'
import { cefHeaderMax, cefKeys, labelledKey } from './keys.ts'
import { shrinkCef } from './shrink.ts'
import type { TextMode } from '../text-mode.ts'

/** The seven header fields; CEF writes them in this order after `CEF:0`. */
export interface CefHeader {
  readonly vendor: string
  readonly product: string
  readonly version: string
  readonly classId: string
  readonly name: string
  /** An integer, 0 (lowest) to 10. */
  readonly severity: number
}

/** `mode` (default `utf8`): how the strings hold their text. `maxBytes`: shrink the line to this many bytes. */
export interface CefWriteOptions {
  readonly mode?: TextMode
  readonly maxBytes?: number
}

/** One extension pair, not escaped. */
export type CefPair = readonly [key: string, value: string]

/**
 * One CEF:0 line without line end. Values are cut to their column's length, escaped and joined by single spaces;
 * a pair with nothing left, and the label of such a pair, are omitted. Keys must be unique and a custom field must
 * come with its label; the writer does not invent either.
 *
 * @throws RangeError when a key is not letters and digits, or the severity not an integer from 0 to 10
 */
export function cefLine(header: CefHeader, pairs: readonly CefPair[], options: CefWriteOptions = {}): string {
  const mode = options.mode ?? 'utf8'
  const extension = cefExtension(pairs, mode)
  const line = `${headerText(header, mode)}${extension}`
  return options.maxBytes === undefined ? line : shrinkCef(line, options.maxBytes, mode)
}

function headerText(header: CefHeader, mode: TextMode): string {
  const { severity } = header
  if (!Number.isInteger(severity) || severity < 0 || severity > 10) {
    throw new RangeError(`CEF severity must be an integer from 0 to 10, not ${severity}`)
  }
  const names = ['vendor', 'product', 'version', 'classId', 'name'] as const
  const fields = names.map((name) => cefHeader(cutValue(header[name], cefHeaderMax[name], mode)))
  return `CEF:0|${fields.join('|')}|${severity}|`
}

function cefExtension(pairs: readonly CefPair[], mode: TextMode): string {
  const written = new Map<string, string>()
  for (const [key, value] of pairs) {
    if (!/^[A-Za-z0-9]+$/.test(key)) throw new RangeError(`CEF key must be letters and digits, not "${key}"`)
    const max = cefKeys[key]?.max
    const text = cefValue(max === undefined ? value : cutValue(value, max, mode))
    if (text !== '') written.set(key, text)
  }
  return Array.from(written)
    .filter(([key]) => !isOrphanLabel(key, written))
    .map(([key, text]) => `${key}=${text}`)
    .join(' ')
}

function isOrphanLabel(key: string, written: ReadonlyMap<string, string>): boolean {
  const owner = cefKeys[key] && labelledKey(key)
  return owner !== undefined && !written.has(owner)
}
