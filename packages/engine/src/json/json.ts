/** A JSON number with the text it had in the record: 64-bit ids and `1.0` survive. */
export class JsonNumber {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type JsonObject = ReadonlyMap<string, Json>
export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject

export const isObject = (value: Json | undefined): value is JsonObject => value instanceof Map
export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** Minified text: no white space, strings as `JSON.stringify` escapes them, numbers as they stood in the source. */
export function printJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof JsonNumber) return value.text
  if (isArray(value)) return `[${value.map(printJson).join(',')}]`
  return `{${[...value].map(([key, member]) => `${JSON.stringify(key)}:${printJson(member)}`).join(',')}}`
}
