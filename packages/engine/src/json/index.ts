/** Strict JSON that keeps the text of numbers and the order of members. */
export { isArray, isObject, JsonNumber, printJson } from './json.ts'
export { JsonError, parseJson } from './parse.ts'
export type { Json, JsonObject } from './json.ts'
