import { dictionaryOf, type Field, logTypes } from '@siembridge/catalog'
import { compileTests, type Reader, type Values } from './compile.ts'
import { parseFilter } from './parse.ts'

export { FilterError } from './error.ts'
export type { Reader, Values }

let known: ReadonlyMap<string, Field> | undefined
const dictionary = (): ReadonlyMap<string, Field> => (known ??= dictionaryOf(logTypes))

/** A filter over events of any form; `reader` tells how a field's values are had. Throws FilterError. */
export function createFilter<T>(text: string, reader: Reader<T>): (event: T) => boolean {
  return compileTests(parseFilter(text, dictionary()), reader)
}

/** Every normalised field that events can have. */
export const fieldsOfEvents = (): ReadonlySet<string> => new Set(dictionary().keys())
