import { posix } from 'node:path'
import type { KitOptions, OutputFile, ParsedEvent, ParserProblem, Verifier } from '@siembridge/core'
import { inspect, type Inspected } from '@siembridge/engine/inspect'
import type { Plan } from '../plan/model.ts'
import { foreignWay } from './foreign-way.ts'
import { leefWay } from './leef-way.ts'
import { loadLsx, lsxWay } from './lsx-way.ts'
import { nativeWay } from './native-way.ts'
import { readPlan } from './read-plan.ts'
import type { WayVerifier } from './way.ts'

/** Name of a plan's file. */
export const planFile = 'apply-plan.json'

/** Loads a folder, ours or anybody's: plans, and extensions. */
export function createVerifier(files: readonly OutputFile[], options: KitOptions): Verifier {
  const maxPayload = payloadLimit(options['maxPayload'])
  const problems: ParserProblem[] = []
  const ways: WayVerifier[] = []
  const planned = new Set<string>()
  for (const file of files) {
    if (posix.basename(file.path) !== planFile) continue
    const plan = readPlan(file)
    if (Array.isArray(plan)) problems.push(...plan)
    else if (options['way'] === undefined || options['way'] === plan.way)
      ways.push(
        plan.way === 'native'
          ? nativeWay(plan, options, maxPayload)
          : wayOf(plan, file.path, files, maxPayload, planned, problems),
      )
  }
  for (const file of files) {
    if (!file.path.endsWith('.xml') || planned.has(file.path)) continue
    const { loaded, problems: found } = loadLsx(file)
    problems.push(...found)
    if (loaded && options['form'] !== undefined) ways.push(foreignWay(loaded, String(options['form']), maxPayload))
  }
  if (ways.length === 0 && problems.length === 0)
    problems.push({
      level: 'error',
      code: 'nothing-there',
      file: '.',
      message: `there is no ${planFile}, and --form does not say what extensions read`,
      help: 'Name a folder that `siembridge generate qradar` wrote, or an extension and with --form what it reads: for one of lsx-raw, --form raw.',
    })
  return { problems, record: (bytes) => eventsOf(bytes, ways) }
}

function wayOf(
  plan: Plan,
  path: string,
  files: readonly OutputFile[],
  maxPayload: number,
  planned: Set<string>,
  problems: ParserProblem[],
): WayVerifier {
  if (plan.way === 'leef') return leefWay(plan, path, maxPayload)
  const extensions = new Map()
  for (const { extension } of plan.logSourceTypes) {
    if (!extension) continue
    const at = posix.join(posix.dirname(path), extension.file)
    const file = files.find((f) => f.path === at)
    if (!file) {
      problems.push({
        level: 'error',
        code: 'plan-wrong',
        file: path,
        message: `${at} is not there`,
        help: 'Generate the folder again.',
      })
      continue
    }
    planned.add(at)
    const { loaded, problems: found } = loadLsx(file)
    problems.push(...found)
    if (loaded) extensions.set(extension.file, loaded)
  }
  return lsxWay(plan, extensions, maxPayload)
}

function payloadLimit(given: string | boolean | undefined): number {
  const limit = Number(given ?? 32_000)
  if (!Number.isInteger(limit) || (limit !== 0 && limit < 600))
    throw new RangeError(`--max-payload ${given}: bytes, from 600 on, or 0`)
  return limit
}

function eventsOf(bytes: Buffer, ways: readonly WayVerifier[]): readonly ParsedEvent[] {
  const inspected = look(bytes)
  if (typeof inspected === 'string')
    return [
      { is: 'unparsed', fields: {}, problems: [{ field: 'record', is: 'missing', reason: inspected }], ambiguous: [] },
    ]
  return inspected.views.flatMap((view) => ways.flatMap((way) => way(view, inspected) ?? []))
}

function look(bytes: Buffer): Inspected | string {
  try {
    return inspect(bytes) ?? 'no log type is known for it'
  } catch (error) {
    return `no strict JSON: ${(error as Error).message}`
  }
}
