import { exit } from '@siembridge/core'
import { askOrDo } from '../agent/ask-or-do.ts'
import { stateFor } from '../agent/config-file.ts'
import { lastStatus } from '../agent/known.ts'
import type { AgentStatus } from '../agent/status.ts'
import { ask } from '../control/client.ts'
import { print } from '../sink.ts'
import { holderOf } from '../state/lock.ts'
import { grid } from '../terminal/grid.ts'
import { colour, span } from '../terminal/style.ts'
import { timeOf } from './backfill.ts'

async function positions(config: string | undefined): Promise<AgentStatus | undefined> {
  const folder = await stateFor(config)
  return holderOf(folder) ? ((await ask(folder, { ask: 'status' })) as AgentStatus) : lastStatus(folder)
}

/** `siembridge checkpoint show|export`: exit status. */
export async function checkpoint(what: 'show' | 'export', { config }: { readonly config?: string }): Promise<number> {
  const status = await positions(config)
  const rows = (status?.sources ?? []).flatMap(({ name: source, streams }) =>
    streams.map((stream) => ({ source, ...stream })),
  )
  if (what === 'export') {
    const exported = rows.map(({ source, stream, position, collectedToMs }) => ({
      source,
      stream,
      collectedToMs,
      position,
    }))
    await print(
      `${JSON.stringify({ at: status && new Date(status.writtenMs).toISOString(), positions: exported }, null, 2)}\n`,
    )
    return exit.good
  }
  if (!status || rows.length === 0) await print('no stream has a position yet\n')
  else {
    const nowMs = Date.now()
    const lines = rows.map(({ source, stream, position, collectedToMs }) => [
      source,
      stream,
      collectedToMs === undefined ? '' : `up to ${span(nowMs - collectedToMs)} ago`,
      colour('dim', (position ?? 'none').slice(0, 60)),
    ])
    await print(`${grid(lines, '')}\n`)
  }
  return exit.good
}

/** `siembridge checkpoint rewind`: exit status. */
export async function rewindCommand(
  source: string,
  { config, to, stream }: { readonly config?: string; readonly to: string; readonly stream?: string },
  version: string,
): Promise<number> {
  const request = { ask: 'rewind', source, to: await timeOf(to, Date.now()), ...(stream !== undefined && { stream }) }
  await print(`${String(await askOrDo({ config, version, request, progress: () => undefined }))}\n`)
  return exit.good
}
