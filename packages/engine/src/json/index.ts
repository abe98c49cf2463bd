/** JSON that keeps the text of its numbers. */
export { isArray, isObject, type Json, JsonNumber, type JsonObject, printJson } from './json.ts'
export { JsonError, parseJson } from './parse.ts'
