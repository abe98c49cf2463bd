import {
  type ApplyChange,
  type ApplyKit,
  type ApplySession,
  exit,
  type Finding,
  type KitOptions,
  SiembridgeError,
  systemClock,
} from '@siembridge/core'
import { createHttp } from '@siembridge/core/http'
import type { Secrets } from '@siembridge/core'
import { configFor } from '../agent/config-file.ts'
import type { ApplyOptions } from '../apply/apply-command.ts'
import { Progress } from '../apply/progress.ts'
import { readFolder } from '../parsers/read-folder.ts'
import { print } from '../sink.ts'
import { findingText } from '../terminal/findings.ts'
import { colour, hanging } from '../terminal/style.ts'

/** `siembridge apply NAME`: 0 where everything is as it is to be, 1 where a person has something left to do. */
export async function apply(kit: ApplyKit, folder: string, options: KitOptions & ApplyOptions): Promise<number> {
  const { secrets, close } = await secretsFor(options.config)
  const stop = new AbortController()
  const end = (): void => stop.abort(new Error('stopped by a signal'))
  process.once('SIGINT', end).once('SIGTERM', end)
  try {
    const context = { http: createHttp, secrets, clock: systemClock, signal: stop.signal }
    const session = await opened(() => kit.open(readFolder(folder), options, context))
    try {
      const { changes, findings } = await session.diff()
      await tell(changes, findings, options)
      if (options.dryRun !== true && changes.some(({ does }) => does !== 'manual'))
        await carryOut(session, changes, options)
      return await ended(changes, options)
    } finally {
      await session.close()
    }
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end)
    await close()
  }
}

async function opened<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof RangeError) throw new SiembridgeError('UsageWrong', error.message)
    throw error
  }
}

async function secretsFor(config: string | undefined): Promise<{ secrets: Secrets; close: () => Promise<void> }> {
  if (config !== undefined) {
    const { connect } = await import('../agent/ports.ts')
    return connect(await configFor(config))
  }
  const { createSecrets } = await import('@siembridge/core/secrets')
  return { secrets: createSecrets(), close: async () => {} }
}

const marks = { create: '+', change: '~', manual: '!' } as const
const colours = { create: 'green', change: 'yellow', manual: 'red' } as const

const line = ({ does, what, name, detail }: ApplyChange): string =>
  `${hanging(`${colour(colours[does], marks[does])} `, `${what} ${name}${detail === undefined ? '' : `: ${detail}`}`)}\n`

async function tell(
  changes: readonly ApplyChange[],
  findings: readonly Finding[],
  options: ApplyOptions,
): Promise<void> {
  if (options.json)
    return print(
      [...findings.map((finding) => ({ finding })), ...changes.map((change) => ({ change }))]
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    )
  const count = (does: ApplyChange['does']): number => changes.filter((change) => change.does === does).length
  const sum = `${count('create')} to make, ${count('change')} to change, ${count('manual')} for you to do, none to delete\n`
  await print(`${findings.map((finding) => findingText(finding)).join('')}${shown(changes, options).join('')}${sum}`)
}

/** Of each kind the first few, unless all are asked for: a new console lacks thousands. */
function shown(changes: readonly ApplyChange[], { all }: ApplyOptions): string[] {
  const few = 20
  return [...Map.groupBy(changes, ({ does, what }) => `${does} ${what}`).values()].flatMap((list) => {
    const more = list.length - few
    if (all || more <= 0) return list.map(line)
    return [...list.slice(0, few).map(line), `  and ${more} more of the kind; --all shows them\n`]
  })
}

/** What is done, as it comes: of each kind how many, now and then. */
async function carryOut(session: ApplySession, changes: readonly ApplyChange[], options: ApplyOptions): Promise<void> {
  const progress = new Progress(changes.filter(({ does }) => does !== 'manual'))
  try {
    await session.apply((change) => {
      const text = options.json ? `${JSON.stringify({ done: change })}\n` : progress.done(change)
      if (text !== '') process.stdout.write(text)
    })
  } finally {
    if (!options.json) await print(progress.rest())
  }
}

async function ended(changes: readonly ApplyChange[], { dryRun, json }: ApplyOptions): Promise<number> {
  const manual = changes.filter(({ does }) => does === 'manual').length
  const done = dryRun === true ? 0 : changes.length - manual
  if (json) await print(`${JSON.stringify({ sum: { changes: changes.length, done, manual } })}\n`)
  else if (dryRun !== true) await print(`${done} changes done${manual === 0 ? '' : `, ${manual} are left for you`}\n`)
  return dryRun !== true && manual > 0 ? exit.no : exit.good
}
