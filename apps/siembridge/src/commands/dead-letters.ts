import { readdirSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { exit } from '@siembridge/core'
import { askOrDo } from '../agent/ask-or-do.ts'
import { stateFor } from '../agent/config-file.ts'
import { openLetters } from '../agent/settled-letters.ts'
import { print } from '../sink.ts'
import { holderOf } from '../state/lock.ts'
import { colour, columns, hanging } from '../terminal/style.ts'
import { timeOf } from './backfill.ts'

interface Options {
  readonly config?: string
}

// What a record holds must not reach a terminal as it is: escape sequences would be obeyed.
const visible = (text: string): string =>
  text.replace(/[\0-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '\u00b7')

/** `siembridge dead-letters list`: exit status. */
export async function listLetters({ config, json }: Options & { readonly json?: boolean }): Promise<number> {
  let count = 0
  for await (const { id, ...letter } of openLetters(await stateFor(config))) {
    count++
    if (json) {
      await print(`${JSON.stringify({ id, ...letter })}\n`)
      continue
    }
    const { at, from, name, reason, text, base64 } = letter
    const head = `${new Date(at).toISOString().slice(0, 19)}Z  ${from === 'lane' ? 'unreadable from' : 'refused by'} ${name}`
    const body = visible(text ?? `${base64 ?? ''} (base64)`).slice(0, columns() - 4)
    await print(`${colour('bold', head)}\n${hanging('    ', visible(reason))}\n    ${colour('dim', body)}\n`)
  }
  if (count === 0 && !json) await print('there are no dead letters\n')
  return exit.good
}

/** `siembridge dead-letters retry`: 0 where all of them got through, 1 where some stay. */
export async function retryLetters({ config }: Options, version: string): Promise<number> {
  const request = { ask: 'retry-dead-letters' }
  const said = String(await askOrDo({ config, version, request, progress: () => undefined, deliver: true }))
  await print(`${said}\n`)
  return said.includes(' stay,') ? exit.no : exit.good
}

/** `siembridge dead-letters purge`: exit status. */
export async function purgeLetters({ config, before }: Options & { readonly before: string }): Promise<number> {
  const state = await stateFor(config)
  const beforeMs = await timeOf(before, Date.now())
  const folder = join(state, 'dead-letters')
  const names = letterFiles(folder)
  // The agent still writes to the newest one.
  const closed = holderOf(state) ? names.slice(0, -1) : names
  const old = closed.filter((name) => statSync(join(folder, name)).mtimeMs < beforeMs)
  for (const name of old) unlinkSync(join(folder, name))
  await print(`${old.length} files of dead letters deleted, ${names.length - old.length} stay\n`)
  return exit.good
}

function letterFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.ndjson'))
      .toSorted()
  } catch {
    return []
  }
}
