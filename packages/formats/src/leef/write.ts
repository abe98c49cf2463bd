import { cutValue } from '../cef/cut.ts'
import { leefHeader, leefKey, leefValue } from './escape.ts'
import { leefKeys } from './keys.ts'
import { shrinkLeef } from './shrink.ts'
import type { TextMode } from '../text-mode.ts'

/** The LEEF header. `version` defaults to 2.0; `eventId` is the first key of QRadar's event mapping. */
export interface LeefHeader {
  readonly version?: '1.0' | '2.0'
  readonly vendor: string
  readonly product: string
  readonly deviceVersion: string
  readonly eventId: string
}

/** `mode` (default `utf8`): how the strings hold their text. `maxBytes`: shrink the line to this many bytes. */
export interface LeefWriteOptions {
  readonly mode?: TextMode
  readonly maxBytes?: number
}

/** One attribute. */
export type LeefPair = readonly [key: string, value: string]

/**
 * One LEEF line without line end. Attributes are separated by TAB, which 2.0 always names (`x09`): a tolerant parser
 * would assume it, a strict one would not. Predefined keys are cut to their length; empty attributes are omitted.
 * Keys must be unique.
 */
export function leefLine(header: LeefHeader, pairs: readonly LeefPair[], options: LeefWriteOptions = {}): string {
  const mode = options.mode ?? 'utf8'
  const line = headerText(header) + leefAttributes(pairs, mode)
  return options.maxBytes === undefined ? line : shrinkLeef(line, options.maxBytes, mode)
}

function headerText(header: LeefHeader): string {
  const version = header.version ?? '2.0'
  const fields = [header.vendor, header.product, header.deviceVersion, header.eventId].map(leefHeader)
  return `LEEF:${version}|${fields.join('|')}|${version === '2.0' ? 'x09|' : ''}`
}

function leefAttributes(pairs: readonly LeefPair[], mode: TextMode): string {
  const written = new Map<string, string>()
  for (const [key, value] of pairs) {
    const max = leefKeys[key]?.max
    const text = leefValue(max === undefined ? value : cutValue(value, max, mode))
    if (text !== '') written.set(leefKey(key), text)
  }
  return Array.from(written, ([key, text]) => `${key}=${text}`).join('\t')
}
