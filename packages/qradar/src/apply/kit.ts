import { posix } from 'node:path'
import {
  type ApplyContext,
  type ApplyKit,
  type ApplySession,
  type ApplyChange,
  type KitOptions,
  type OutputFile,
  SiembridgeError,
} from '@siembridge/core'
import { type Plan, ways } from '../plan/model.ts'
import { planFile } from '../verify/verifier.ts'
import { readPlan } from '../verify/read-plan.ts'
import { ConsoleApi, ConsoleError } from './api.ts'
import { readConsole } from './state.ts'
import { type Step, stepsOf } from './steps.ts'

/** Sets event parsing up on a QRadar console over its REST API. */
export const qradarApply: ApplyKit = {
  name: 'qradar',
  title: 'IBM QRadar: log source types and sources, QID records, event mappings, custom properties',
  options: [
    { flags: '--console <url>', help: 'address of the console: https://HOST', mandatory: true },
    {
      flags: '--token <reference>',
      help: 'authorized service token, as a reference: env:NAME, file:/path or keyvault:https://…',
      mandatory: true,
    },
    { flags: '--way <way>', help: 'which plan of a folder that holds several', choices: ways },
    { flags: '--ca <file>', help: 'authority (PEM) that signed the console’s certificate' },
    {
      flags: '--collector <name>',
      help: 'event collector of the log sources, or a part of its name; the first unless given',
    },
    { flags: '--deadline <seconds>', help: 'longest time that one answer may take', preset: '60' },
  ],
  open,
}

async function open(files: readonly OutputFile[], options: KitOptions, context: ApplyContext): Promise<ApplySession> {
  const plan = planOf(files, options['way'])
  const url = consoleUrl(String(options['console']))
  const deadlineMs = Number(options['deadline']) * 1000
  if (!(deadlineMs > 0)) throw new RangeError(`--deadline ${String(options['deadline'])}: a number of seconds`)
  const token = await context.secrets.read(String(options['token']))
  const ca = options['ca'] === undefined ? undefined : await context.secrets.read(`file:${String(options['ca'])}`)
  const http = context.http(ca === undefined ? {} : { ca })
  const api = new ConsoleApi({ url, token, http, clock: context.clock, signal: context.signal, deadlineMs })
  const collector = options['collector'] === undefined ? undefined : String(options['collector'])
  let steps: readonly Step[] = []
  return {
    diff: async () => {
      try {
        await api.chooseVersion()
        const state = await readConsole(api, plan, collector)
        steps = stepsOf(plan, state)
        return { changes: steps.map(({ change }) => change), findings: state.findings }
      } catch (error) {
        throw error instanceof ConsoleError ? new SiembridgeError('ApplyRejected', error.message) : error
      }
    },
    apply: (done) => carryOut(steps, api, context.signal, done),
    close: () => http.close(),
  }
}

async function carryOut(
  steps: readonly Step[],
  api: ConsoleApi,
  signal: AbortSignal,
  done: (change: ApplyChange) => void,
): Promise<void> {
  const doable = steps.filter(({ run }) => run !== undefined)
  let count = 0
  for (const { change, run } of doable) {
    try {
      signal.throwIfAborted()
      await run?.(api)
    } catch (error) {
      const failed = `${count} of ${doable.length} changes are done; the next, ${change.does} ${change.what} "${change.name}", failed`
      throw new SiembridgeError('ApplyBroken', failed, (error as Error).message.split('\n')[0])
    }
    count++
    done(change)
  }
}

function planOf(files: readonly OutputFile[], way: string | boolean | undefined): Plan {
  const found = files.filter(({ path }) => posix.basename(path) === planFile || files.length === 1)
  if (found.length === 0) throw new SiembridgeError('PlanWrong', `there is no ${planFile}`)
  const plans = found.map((file) => ({ file, read: readPlan(file) }))
  const wrong = plans.flatMap(({ read }) => (Array.isArray(read) ? read : []))[0]
  if (wrong) throw new SiembridgeError('PlanWrong', `${wrong.file}: ${wrong.message}`)
  const fitting = plans.filter(({ read }) => !Array.isArray(read) && (way === undefined || read.way === way))
  const [first, ...others] = fitting
  if (!first || Array.isArray(first.read))
    throw new SiembridgeError('PlanWrong', `no plan is of the way "${String(way)}"`)
  if (others.length > 0) {
    const paths = fitting.map(({ file }) => file.path).join(', ')
    throw new RangeError(`there are several plans (${paths}): name one folder of them, or choose with --way`)
  }
  return first.read
}

function consoleUrl(given: string): string {
  const url = URL.parse(given)
  if (!url || url.protocol !== 'https:' || url.username !== '' || !['', '/', '/api', '/api/'].includes(url.pathname))
    throw new RangeError(
      `--console "${given}": https://HOST, without a path; the token goes over it, so plain http is not taken`,
    )
  return url.origin
}
