import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type DeadLetter, nodeDisk, readDeadLetters } from '@siembridge/core/pipeline'
import { readJson, writeJson } from '../state/json-file.ts'

/** Name by which a letter can be told: letters have none of their own. */
export const letterId = (letter: DeadLetter): string =>
  createHash('sha256').update(JSON.stringify(letter)).digest('hex').slice(0, 16)

const folderOf = (state: string): string => join(state, 'dead-letters')
const fileOf = (state: string): string => join(folderOf(state), 'retried.json')

const retried = (state: string): Set<string> => {
  const ids = readJson(fileOf(state))
  return new Set(Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [])
}

/** Dead letters that were not retried with success, oldest first. */
export async function* openLetters(state: string): AsyncGenerator<DeadLetter & { readonly id: string }> {
  const done = retried(state)
  for await (const letter of readDeadLetters(nodeDisk, folderOf(state))) {
    const id = letterId(letter)
    if (!done.has(id)) yield { ...letter, id }
  }
}

/** These letters are no longer shown or retried. The files with them belong to the pipeline. */
export function settleLetters(state: string, ids: readonly string[]): void {
  if (ids.length > 0) writeJson(fileOf(state), [...retried(state), ...ids], true)
}
