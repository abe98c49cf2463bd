import type { Json } from './json.ts'
import { parseJson } from './parse.ts'
import { repairJson } from './tolerant.ts'

/** JSON inside a string, repaired where it is the pseudo JSON of Azure's services; undefined where it is a plain text. */
export function readNested(text: string): Json | undefined {
  if (!/^[ \t\r\n]*[[{]/.test(text)) return undefined
  try {
    return parseJson(text)
  } catch {
    try {
      return parseJson(repairJson(text))
    } catch {
      return undefined
    }
  }
}
