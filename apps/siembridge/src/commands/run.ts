import { exit, type Logger, SiembridgeError } from '@siembridge/core'
import type { Config, Since } from '@siembridge/core/config'
import { Agent } from '../agent/agent.ts'
import { configFor, readConfig } from '../agent/config-file.ts'
import { keepRecent } from '../agent/log-ring.ts'
import { watchFile } from '../agent/watch-config.ts'

export interface RunOptions {
  readonly config?: string
  readonly since?: string
  readonly once?: boolean
  readonly json?: boolean
}

/** `siembridge run`: the agent, until it is told to stop; exit status. */
export async function run(options: RunOptions, version: string): Promise<number> {
  // What the agent writes is for nobody else: state, status, socket.
  process.umask(0o077)
  const text = readConfig(options.config)
  const config = await configFor(text.file)
  const { createLogger } = await import('@siembridge/core/logging')
  const log = createLogger({ level: config.log.level, json: options.json ?? config.log.json })
  const recent = keepRecent(log)
  const since = await sinceOf(options.since)
  const agent = await Agent.start({ text, config, log, recent, version, since, once: options.once ?? false })
  const status = await untilEnd(agent, options.once ?? false, log, () => introduce(log, config, version))
  log.info('stopped; everything that was taken is delivered or kept')
  return status
}

/** One line for each thing, so that a log says what was running. */
function introduce(log: Logger, { file, state, http, sources, targets, routes }: Config, version: string): void {
  log.info(`version ${version}, configuration ${file}, state ${state}`)
  for (const { name, kind, tenant } of sources)
    log.info(`source ${name}: ${kind}${tenant === undefined ? '' : ` of tenant ${tenant}`}`)
  for (const { name, kind, format } of targets) log.info(`target ${name}: ${kind}, ${format}`)
  for (const { name, from, to, filter } of routes)
    log.info(
      `route ${name}: ${from?.join(', ') ?? 'all sources'} to ${to.join(', ')}${filter === undefined ? '' : `, where ${filter}`}`,
    )
  if (http) log.info(`health and metrics: http://${http.listen.host}:${http.listen.port}/readyz and /metrics`)
}

export async function sinceOf(text: string | undefined): Promise<Since | undefined> {
  if (text === undefined) return undefined
  const { parseSince } = await import('@siembridge/core/config')
  const since = parseSince(text)
  if (!since) throw new SiembridgeError('TimeWrong', text)
  return since
}

/** Waits for a signal, or where the run is bounded for its end. The first signal ends gracefully, the second one at once. */
async function untilEnd(agent: Agent, once: boolean, log: Logger, ready: () => void): Promise<number> {
  const asked = new AbortController()
  const stop = (name: NodeJS.Signals): void => {
    if (asked.signal.aborted) {
      log.warn(`${name} again: ending at once; what was on its way can come again`)
      process.exit(exit.no)
    }
    log.info(`${name}: stopping; once more ends at once`)
    asked.abort(exit.good)
  }
  const reload = (): void =>
    void agent.reload().then(
      (said) => log.debug(said),
      () => undefined,
    )
  const ends = [guard(log, () => asked.abort(exit.no)), on('SIGTERM', stop), on('SIGINT', stop), on('SIGHUP', reload)]
  // Whoever reads that it runs may send a signal at once.
  ready()
  if (!once) ends.push(watchFile(agent.config.file, reload))
  // Nothing else keeps the process alive while everything waits for sockets that are not there.
  const alive = setInterval(() => undefined, 1 << 30)
  try {
    const signalled = new Promise<number>((resolve) =>
      asked.signal.addEventListener('abort', () => resolve(Number(asked.signal.reason))),
    )
    return await Promise.race([signalled, ...(once ? [agent.untilDone()] : [])])
  } finally {
    await agent.stop()
    clearInterval(alive)
    for (const end of ends) end()
  }
}

/** A fault of ours, or of a library, does not end the agent where it can go on. What is on the disk is whole at any time. */
function guard(log: Logger, end: () => void): () => void {
  const text = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
  const rejected = (error: unknown): void => void log.error(`a fault in siembridge itself: ${text(error)}`)
  const thrown = (error: unknown): void => {
    log.error(`a fault in siembridge itself, it stops: ${text(error)}`)
    end()
  }
  process.on('unhandledRejection', rejected)
  process.on('uncaughtException', thrown)
  return () => {
    process.off('unhandledRejection', rejected)
    process.off('uncaughtException', thrown)
  }
}

function on(signal: NodeJS.Signals, act: (name: NodeJS.Signals) => void): () => void {
  process.on(signal, act)
  return () => void process.off(signal, act)
}
