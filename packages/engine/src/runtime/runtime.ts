/** What generated code calls. Every function agrees with its counterpart in `interpret/`; the differential test holds them to it. */
import { sentinels } from '@siembridge/catalog/vocabulary'
import { readNested } from '../json/nested.ts'
import { type Json, JsonNumber } from '../json/json.ts'
import { Folded, inBothForms } from '../values/folded.ts'
import { guard, type KeyGuard, nothing } from './keys.ts'
import { hasMembers, otherTexts, Part } from './parts.ts'
import { containerFallback, hasEscapedKey, hasOddNumber, nestedFallback } from './fallback.ts'

type Raw = unknown
type Members = Record<string, Raw>

// By length, then by length and first character, so that an ordinary text is told by one look or two.
const lengths = new Uint8Array(64)
const firsts = new Uint8Array(64 << 7)
const firstOf = (text: string): number => (text.length << 7) | (text.charCodeAt(0) & 127)
for (const text of sentinels) {
  lengths[text.length] = 1
  firsts[firstOf(text)] = 1
}

/** True for texts that stand for nothing. */
export const isSentinel = (text: string): boolean =>
  text.length < 64 && lengths[text.length] === 1 && firsts[firstOf(text)] === 1 && sentinels.includes(text)

/** An object to read members from. */
export const membersOf = (value: Raw): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : nothing

/** Text of a value, undefined where it is absent. */
export function textAt(value: Raw): string | undefined {
  if (typeof value === 'string') return isSentinel(value) ? undefined : value
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'object') return String(value)
  return isEmpty(value) ? undefined : containerText(value)
}

const isEmpty = (value: object): boolean => {
  if (Array.isArray(value)) return value.length === 0
  if (value instanceof Part) return !hasMembers(value)
  for (const _ in value) return false
  return true
}

export const isPresent = (value: Raw): boolean =>
  typeof value === 'string'
    ? !isSentinel(value)
    : value !== null && value !== undefined && !(typeof value === 'object' && isEmpty(value))

/** Whether a value is text that begins like this, or a container that would: its whole text is not wanted. */
export function opens(value: Raw, bracket: '{' | '['): boolean {
  if (typeof value === 'string') return value.startsWith(bracket)
  return typeof value === 'object' && value !== null && Array.isArray(value) === (bracket === '[') && !isEmpty(value)
}

/** Minified source of a container. Names that look like numbers change places in an object, so those are not for us. */
function containerText(value: object): string {
  otherTexts()
  const text = JSON.stringify(value)
  if (/"\d+":/.test(text)) throw containerFallback
  return text
}

/** Text of a container for a field of type `object`; a scalar is wrapped. */
export function containerAt(value: Raw): string | undefined {
  if (!isPresent(value)) return undefined
  if (typeof value === 'object') return containerText(value as object)
  return `{"value":${typeof value === 'string' ? JSON.stringify(value) : String(value)}}`
}

/** JSON inside a string; anything else as it is. */
export function nestedAt(value: Raw): Raw {
  if (typeof value !== 'string') return value
  if (!/^[ \t\r\n]*[[{]/.test(value)) return undefined
  otherTexts()
  if (hasOddNumber(value) || hasEscapedKey(value)) throw nestedFallback
  try {
    return JSON.parse(value)
  } catch {
    return plain(readNested(value))
  }
}

/** Out of the parser that keeps number text; what a plain number cannot hold falls back. */
function plain(value: Json | undefined): Raw {
  if (value instanceof JsonNumber) {
    if (String(Number(value.text)) !== value.text) throw nestedFallback
    return Number(value.text)
  }
  // The scanner looks for spaces at the ends of texts in double quotes only.
  if (typeof value === 'string' && /^ | $/.test(value)) throw nestedFallback
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]))
  return value
}

/** Rows of `table`. */
export const rowsOf = (rows: Readonly<Record<string, string>>): Folded<string> =>
  new Folded(inBothForms(Object.entries(rows)))

export const rowOf = (rows: Folded<string>, text: string): string | undefined => rows.get(text)

/** "" counts as nothing found. */
export const filled = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

/** Most lists are empty, and all empty lists are one. */
export const none: never[] = []
Object.freeze(none)

export function added<T>(list: T[], value: T): T[] {
  if (list === none) return [value]
  list.push(value)
  return list
}

/** As `unique`, of texts and lists of texts, most of which are empty. */
export function union(...parts: readonly (string | readonly string[] | undefined)[]): string[] {
  let found: string[] = none
  for (const part of parts)
    if (typeof part === 'string') found = added(found, part)
    else if (part !== undefined && part.length > 0) found = found === none ? [...part] : found.concat(part)
  return found.length > 1 ? unique(found) : found
}

/** Each value once, in order; undefined ones left out. */
export function unique(values: readonly (string | undefined)[]): string[] {
  if (values.length > 16) return [...new Set(values)].filter((v): v is string => v !== undefined)
  let found: string[] = none
  for (const value of values) if (value !== undefined && !found.includes(value)) found = added(found, value)
  return found
}

export function mapped(values: readonly string[], change: (text: string) => string | undefined): string[] {
  let found: string[] = none
  for (const value of values) {
    const text = change(value)
    if (text !== undefined && text !== '') found = added(found, text)
  }
  return found
}

/** The first of what `mapped` gives. */
export function firstMapped(
  values: readonly string[],
  change: (text: string) => string | undefined,
): string | undefined {
  for (const value of values) {
    const text = change(value)
    if (text !== undefined && text !== '') return text
  }
  return undefined
}

/** The value of a text as a list. */
export const listOf = (text: string | undefined): string[] => (text === undefined ? none : [text])

export const concatenated = (parts: readonly (string | undefined)[]): string | undefined => {
  let text = ''
  for (const part of parts) {
    if (part === undefined) return undefined
    text += part
  }
  return text === '' ? undefined : text
}

export const isRecord = (value: Raw): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Text of any value that is not null, sentinels included: what `[k=v]` compares. */
export const rawText = (value: Raw): string =>
  typeof value === 'string' ? value : typeof value === 'object' ? containerText(value as object) : String(value)

/** Texts of raw values that are present already. */
export function textsOf(values: readonly Raw[]): string[] {
  let texts: string[] = none
  for (const value of values) texts = added(texts, rawText(value))
  return texts
}

/** Lists by a text, for few texts: looking at all of them costs less than hashing them. */
class Rows {
  private readonly texts: string[] = []
  private readonly lists: Members[][] = []
  /** A bit for each length that there is: most texts that are asked for are not there. */
  private lengths = 0

  get(text: string): Members[] | undefined {
    if (((this.lengths >>> (text.length & 31)) & 1) === 0) return undefined
    const at = this.texts.indexOf(text)
    return at < 0 ? undefined : this.lists[at]
  }

  set(text: string, list: Members[]): void {
    this.texts.push(text)
    this.lengths |= 1 << (text.length & 31)
    this.lists.push(list)
  }
}

type ElementsBy = Pick<Rows, 'get'>
const noElements: ElementsBy = new Rows()
const few = 24

/** Code that names the member is faster than its name. */
type MemberOf = (members: Members) => Raw

let lastList: Raw
let lastKey: MemberOf | undefined
let lastElements = noElements

/** Elements of a list by the text of one of their members: a list is asked for more than once. */
export function elementsBy(list: Raw, key: MemberOf, keys: KeyGuard): ElementsBy {
  if (typeof list !== 'object' || list === null) return noElements
  if (!Array.isArray(list)) return laidOut([list], key, keys)
  if (list !== lastList || key !== lastKey) {
    lastElements = laidOut(list, key, keys)
    lastList = list
    lastKey = key
  }
  return lastElements
}

function laidOut(list: readonly Raw[], key: MemberOf, keys: KeyGuard): ElementsBy {
  const found = list.length > few ? new Map<string, Members[]>() : new Rows()
  for (const element of list) {
    const members = membersOf(element)
    if (members === nothing) continue
    guard(members, keys)
    const value = key(members)
    if (value === undefined || value === null) continue
    const text = rawText(value)
    const known = found.get(text)
    if (known) known.push(members)
    else found.set(text, [members])
  }
  return found
}

export const containersOf = (values: readonly Raw[]): string[] => mapped(values as string[], containerAt)
