import { randomUUID } from 'node:crypto'
import { noteMarker, type Entry } from '@siembridge/sync'
import type { Row } from '../client/table.ts'
import type { Desk } from './desk.ts'
import type { Work } from './plan.ts'
import { statesOf } from './states.ts'
import { intent } from './steps.ts'

/**
 * Two records under one key: two agents made them at once, or an answer came late. The oldest stays; the others are cancelled with a
 * link to it, and get another correlation id, so that nobody finds them again. `rows` are oldest first; `left` says why one could not be
 * folded yet.
 */
export async function foldDuplicates(
  rows: readonly Row[],
  work: Work,
  desk: Desk,
  signal: AbortSignal,
): Promise<{ readonly oldest?: Row; readonly left?: string }> {
  const [oldest, ...others] = rows
  if (!oldest) return {}
  for (const row of others) {
    const left = await fold(row, oldest, work, desk, signal)
    if (left !== undefined) return { oldest, left }
  }
  return { oldest }
}

async function fold(row: Row, oldest: Row, work: Work, desk: Desk, signal: AbortSignal): Promise<string | undefined> {
  const { cancel, parent } = statesOf(work.table)
  const sysId = row['sys_id'] ?? ''
  const correlation = row['correlation_id'] ?? ''
  const text = `Duplicate of ${oldest['number'] ?? ''}: it was made twice. Go on there. ${noteMarker(sysId)}`
  const fields = {
    correlation_id: `${correlation}:duplicate-${sysId.slice(0, 8)}`,
    work_notes: text,
    [parent]: oldest['sys_id'] ?? '',
  }
  // An instance may refuse to cancel without more; then the link and the other key have to do.
  const attempts = [{ ...fields, state: cancel }, fields]
  for (const attempt of attempts) {
    const write = { id: randomUUID(), table: work.table, correlation, sysId, fields: attempt }
    await desk.journal.add([intent(write, 'duplicate', work, desk.clock.now())])
    desk.waits.sent(write.id)
    const [written] = await desk.table.write([write], signal)
    const at = desk.clock.now()
    if (!written || written.is === 'later') return written?.reason ?? 'it was not sent'
    const came = written.is === 'ok' ? 'done' : 'refused'
    const outcome: Entry = {
      is: 'outcome',
      at,
      key: work.key,
      write: write.id,
      came,
      sysId,
      number: row['number'] ?? '',
    }
    await desk.journal.add([outcome])
    if (came === 'done') break
  }
  return undefined
}
