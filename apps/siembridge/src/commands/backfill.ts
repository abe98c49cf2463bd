import { exit, SiembridgeError } from '@siembridge/core'
import { momentOf } from '@siembridge/core/config'
import { askOrDo } from '../agent/ask-or-do.ts'
import { print } from '../sink.ts'
import { sinceOf } from './run.ts'

export interface BackfillOptions {
  readonly config?: string
  readonly source: string
  readonly from: string
  readonly to?: string
  readonly stream?: string
}

/** A time on the command line, in milliseconds since 1970. Throws `TimeWrong`. */
export async function timeOf(text: string | undefined, nowMs: number): Promise<number> {
  const since = await sinceOf(text)
  return since ? momentOf(since, nowMs) : nowMs
}

/** `siembridge backfill`: exit status. */
export async function backfill(
  { config, source, stream, from, to }: BackfillOptions,
  version: string,
): Promise<number> {
  const nowMs = Date.now()
  const [fromMs, toMs] = [await timeOf(from, nowMs), await timeOf(to, nowMs)]
  if (fromMs >= toMs) throw new SiembridgeError('UsageWrong', `--from ${from} does not lie before --to ${to ?? 'now'}`)
  const request = { ask: 'backfill', source, from: fromMs, to: toMs, ...(stream !== undefined && { stream }) }
  const progress = (text: string): void => void process.stderr.write(`siembridge: ${text}\n`)
  await print(`${String(await askOrDo({ config, version, request, progress, deliver: true }))}\n`)
  return exit.good
}
