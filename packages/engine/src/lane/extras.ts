import type { Format } from '../formats.ts'

/** What a route adds to each event: texts by key. */
export type Extras = readonly (readonly [key: string, value: string])[]

/** Keys that CEF, LEEF and JSON all take as they are. */
const safeKey = (key: string): string => key.replace(/[^A-Za-z0-9_]/g, '_')

const cefValue = (value: string): string => value.replace(/[\\=]/g, '\\$&').replace(/[\r\n]+/g, ' ')
const members = (extras: Extras): string =>
  extras.map(([key, value]) => `,${JSON.stringify(safeKey(key))}:${JSON.stringify(value)}`).join('')

/** A line with extras at its end, in the syntax of its format. */
const adders: Readonly<Record<Format, (line: string, extras: Extras) => string>> = {
  cef: (line, extras) => extras.reduce((l, [key, value]) => `${l} ${safeKey(key)}=${cefValue(value)}`, line),
  'mcas-agent': (line, extras) => adders.cef(line, extras),
  leef: (line, extras) =>
    extras.reduce((l, [key, value]) => `${l}\t${safeKey(key)}=${value.replace(/[\t\r\n]+/g, ' ')}`, line),
  flat: (line, extras) => `${line.slice(0, -1)}${members(extras)}}`,
  // `siembridge` is the last member, an object.
  ecs: (line, extras) => `${line.slice(0, -2)}${members(extras)}}}`,
  // `sb` is the last member, an object.
  'raw+': (line, extras) => `${line.slice(0, -2)}${members(extras)}}}`,
  // `fields` is the last member, an object: indexed fields.
  hec: (line, extras) => `${line.slice(0, -2)}${members(extras)}}}`,
  'hec-flat': (line, extras) => adders.hec(line, extras),
}

export const withExtras = (line: string, format: Format, extras: Extras): string =>
  extras.length === 0 ? line : adders[format](line, extras)

/** Bytes that extras take at most, so that a line with them still fits. */
export const extraBytes = (format: Format, extras: Extras): number =>
  Buffer.byteLength(withExtras('{}{}', format, extras)) - 4 + 16
