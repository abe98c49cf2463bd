import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentStatus } from '../agent/status.ts'
import { ask } from '../control/client.ts'
import { secrets } from './configuration.ts'
import type { Workplace } from './workplace.ts'

const command = join(import.meta.dirname, '../../bin/siembridge.js')

/** Everything is on this machine: a proxy would only stand in the way. */
const direct = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^https?_proxy$/i.test(name)))

/** The agent as anybody runs it: `siembridge run --config FILE`, in a process of its own. */
export class AgentProcess {
  readonly state: string
  readonly logFile: string
  readonly #config: string
  #child: ChildProcess | undefined
  #ended: Promise<unknown> | undefined

  constructor(workplace: Workplace) {
    this.#config = workplace.path('siembridge.yaml')
    this.state = workplace.path('state')
    this.logFile = workplace.path('agent.log')
    workplace.atEnd(() => this.kill())
  }

  start(): void {
    const log = openSync(this.logFile, 'a')
    const child = spawn(process.execPath, [command, 'run', '--config', this.#config], {
      stdio: ['ignore', log, log],
      env: { ...direct(process.env), ...secrets },
    })
    closeSync(log)
    this.#ended = once(child, 'exit')
    this.#child = child
  }

  /** Exit status of an agent that ended by itself: undefined while it runs. */
  get status(): number | undefined {
    return this.#child?.exitCode ?? undefined
  }

  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL')
    await this.#ended
  }

  /** Asks it to end, for which it has three quarters of a minute; its exit status. */
  async stop(): Promise<number> {
    const late = setTimeout(() => this.#child?.kill('SIGKILL'), 45_000)
    this.#child?.kill('SIGTERM')
    await this.#ended
    clearTimeout(late)
    return this.#child?.exitCode ?? 1
  }

  /** What the agent says of itself; undefined while it starts. */
  async ask(): Promise<AgentStatus | undefined> {
    return (await ask(this.state, { ask: 'status' }).catch(() => undefined)) as AgentStatus | undefined
  }
}
