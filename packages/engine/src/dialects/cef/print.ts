import { cefHeader, cefHeaderMax, cefValue, cutValue, shrinkCef, type TextMode } from '@siembridge/formats/parts'
import { escapes, escapesOf, escapesOfPieces } from '../../runtime/parts.ts'
import { lowerAscii } from '../../values/text.ts'
import { timeMs } from '../../values/time.ts'
import { joinCut } from '../lists.ts'
import type { CefItem } from './plan.ts'

/** ` key=value` as it stands in the line, or "" where nothing is left of the value. The two engines share these. */
export function cefText(key: string, value: string, max: number, mode: TextMode): string {
  const text = cefValue(cutValue(value, max, mode))
  return text === '' ? '' : ` ${key}=${text}`
}

/** No space at either end. */
export const isBare = (text: string): boolean => text.charCodeAt(0) !== 32 && text.charCodeAt(text.length - 1) !== 32

/** What is known of all texts of a record before they are looked at one by one. */
export interface RecordTexts {
  readonly mode: TextMode
  /** Bytes that a character takes at most. */
  readonly width: 1 | 3
  /** True where some text holds what CEF escapes or trims, other than `=`, or that is not known. */
  readonly hard: boolean
  /** True where some text holds a double quote, which printing a container escapes. */
  readonly quoted: boolean
  readonly equals: boolean
}

/** As `cefText` with label and all, for a text that stands in the record as it is: what the whole record lacks it lacks. */
export function cefRecord(start: string, value: string, end: string, max: number, texts: RecordTexts): string {
  const { hard, quoted, equals, width, mode } = texts
  const known = value.length * width <= max ? escapesOf(value) : escapes.any
  if (known !== escapes.any) return start + (known === escapes.equals ? equalsEscaped(value) : value) + end
  if (hard || value.length * width > max || (quoted && /^[[{]/.test(value))) {
    const text = cefValue(cutValue(value, max, mode))
    return text === '' ? '' : start + text + end
  }
  return start + (equals ? equalsEscaped(value) : value) + end
}

const equalsEscaped = (value: string): string => (value.includes('=') ? value.replaceAll('=', '\\=') : value)

/** The same for a text that is put together of pieces of such. */
export function cefPieces(
  start: string,
  value: string,
  end: string,
  max: number,
  { width, mode }: RecordTexts,
): string {
  const known = value.length * width <= max && isBare(value) ? escapesOfPieces() : escapes.any
  if (known !== escapes.any) return start + (known === escapes.equals ? equalsEscaped(value) : value) + end
  const text = cefValue(cutValue(value, max, mode))
  return text === '' ? '' : start + text + end
}

export function cefLabelled(key: string, label: string, value: string, max: number, mode: TextMode): string {
  const text = cefValue(cutValue(value, max, mode))
  return text === '' ? '' : ` ${key}=${text} ${key}Label=${label}`
}

export const cefList = (key: string, label: string, values: readonly string[], max: number, mode: TextMode): string =>
  cefLabelled(key, label, joinCut(values, max, mode), max, mode)

const labelPart = (key: string, label: string | undefined): string =>
  label === undefined ? '' : ` ${key}Label=${label}`

export const cefNumber = (key: string, label: string | undefined, value: string): string =>
  ` ${key}=${value}${labelPart(key, label)}`

export const cefTime = (key: string, label: string | undefined, value: string): string =>
  cefNumber(key, label, String(timeMs(value)))

/** IPv6 in a key that CEF:0 defines for IPv4 only goes to its own: c6a2 source, c6a3 destination, c6a1 device. */
const sixth: Readonly<Record<string, readonly [key: string, label: string]>> = {
  src: ['c6a2', 'Source IPv6 Address'],
  dst: ['c6a3', 'Destination IPv6 Address'],
  dvc: ['c6a1', 'Device IPv6 Address'],
}

export function cefAddress(key: string, value: string): string {
  if (!value.includes(':')) return ` ${key}=${value}`
  const own = sixth[key]
  return own ? ` ${own[0]}=${value} ${own[0]}Label=${own[1]}` : ''
}

const directions: Readonly<Record<string, string>> = { inbound: '0', ingress: '0', outbound: '1', egress: '1' }

/** 0 is inbound, 1 outbound; undefined for any other word. */
export const directionOf = (value: string): string | undefined => directions[lowerAscii(value)]

export function cefDirection(value: string): string {
  const direction = directionOf(value)
  return direction === undefined ? '' : ` deviceDirection=${direction}`
}

const guid = /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/

/** externalId holds 40 characters: a longer id goes there by its last GUID, and in full to cs6. */
export function cefExternalId(value: string, mode: TextMode): string {
  if (value.length <= 40 && (mode === 'latin1' || Buffer.byteLength(value) <= 40))
    return cefText('externalId', value, 40, mode)
  return cefText('externalId', shortId(value), 40, mode) + cefLabelled('cs6', 'recordId', value, 4000, mode)
}

/** The GUID at the end of an id, or the id where there is none. */
export function shortId(value: string): string {
  const end = value.slice(-36)
  return guid.test(end) ? end : value
}

export const cefId = (id: string, mode: TextMode): string => cefHeader(cutValue(id, cefHeaderMax.classId, mode))

export const cefName = (name: string, mode: TextMode): string => cefHeader(cutValue(name, cefHeaderMax.name, mode))

/** `CEF:0|Microsoft|product|version|class|name|severity|`. */
export function cefHead(
  product: string,
  version: number,
  classId: string,
  name: string,
  severity: number,
  mode: TextMode,
): string {
  return `CEF:0|Microsoft|${product}|${version}|${cefId(classId, mode)}|${cefName(name, mode)}|${severity}|`
}

/** The whole line: head, time, items, our event id; shrunk where it is over the cap (0: no cap). */
export function cefWhole(
  head: string,
  timeText: string,
  extension: string,
  eventId: string,
  cap: number,
  mode: TextMode,
): string {
  const ours = extension + ' flexString2=' + eventId + ' flexString2Label=siembridgeEventId'
  // What is first in the extension has no space before it.
  const line = head + (timeText === '' ? ours.slice(1) : timeText + ours)
  return cap === 0 || line.length * 3 <= cap ? line : shrinkCef(line, cap, mode)
}

/** One item out of the values of a view. */
export function cefItem(item: CefItem, values: readonly string[], mode: TextMode): string {
  const value = values[0] ?? ''
  switch (item.as) {
    case 'text':
      return item.label === undefined
        ? cefText(item.key, value, item.max, mode)
        : cefLabelled(item.key, item.label, value, item.max, mode)
    case 'list':
      return cefList(item.key, item.label ?? '', values, item.max, mode)
    case 'number':
      return cefNumber(item.key, item.label, value)
    case 'time':
      return cefTime(item.key, item.label, value)
    case 'address':
      return cefAddress(item.key, value)
    case 'direction':
      return cefDirection(value)
    case 'externalId':
      return cefExternalId(value, mode)
  }
}
