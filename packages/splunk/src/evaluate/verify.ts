import type { FieldProblem, OutputFile, ParsedEvent, Verifier } from '@siembridge/core'
import type { EventView } from '@siembridge/engine'
import { inspect } from '@siembridge/engine/inspect'
import { flatLine, sourcetypesOf } from '@siembridge/engine/plans'
import { cimProblems } from '../cim/check.ts'
import { type DataModel, dataModels } from '../cim/models.ts'
import { indexTime } from './index-time.ts'
import type { Knowledge } from './knowledge.ts'
import { loadKnowledge } from './load.ts'
import { type FoundEvent, searchTime } from './search-time.ts'

/** Runs knowledge objects over records in the flat form, and holds what comes out against the data models. */
export function verifyKnowledge(files: readonly OutputFile[]): Verifier {
  const { problems, ...knowledge } = loadKnowledge(files)
  return { problems, record: (bytes) => recordEvents(bytes, knowledge) }
}

function recordEvents(bytes: Buffer, knowledge: Knowledge): ParsedEvent[] {
  let inspected: ReturnType<typeof inspect>
  try {
    inspected = inspect(bytes)
  } catch (error) {
    return [nothing(`not strict JSON: ${(error as Error).message}`)]
  }
  if (!inspected) return [nothing('no log type is known for it')]
  const { views, candidate } = inspected
  return views.map((view) => eventOf(view, flatLine(view, candidate), knowledge))
}

const nothing = (reason: string): ParsedEvent => ({
  is: 'unparsed',
  fields: {},
  problems: [{ field: '_raw', is: 'missing', reason }],
  ambiguous: [],
})

function eventOf(view: EventView, raw: string, knowledge: Knowledge): ParsedEvent {
  const sourcetype = sourcetypesOf(view.type).own
  const props = knowledge.sourcetypes.get(sourcetype)
  if (!props)
    return {
      is: 'unknown',
      type: view.type,
      fields: { sourcetype },
      problems: [{ field: 'sourcetype', is: 'missing', expected: sourcetype, reason: 'props.conf has no such stanza' }],
      ambiguous: [],
    }
  const event = searchTime({ raw, sourcetype }, knowledge)
  const models = modelsOf(event)
  const shown = new Set([...models.flatMap((model) => [...model.required, ...model.optional]), ...always])
  return {
    is: view.signature.id === view.type ? 'generic' : 'parsed',
    parser: sourcetype,
    type: view.type,
    fields: {
      sourcetype,
      ...(event.eventTypes.length > 0 && { eventtype: event.eventTypes.join(', '), tag: [...event.tags].join(', ') }),
      ...textsOf(event, shown),
    },
    problems: [...cimFields(view, models, event), ...timeProblems(view, raw, knowledge), ...cutProblems(event, shown)],
    ambiguous: [],
  }
}

/** Fields that are worth seeing where no data model takes the event. */
const always = ['src', 'dest', 'user', 'app', 'action', 'vendor_product', 'signature', 'signature_id', 'severity']

/** Data models whose tags an event has, as a search of the data model would choose it. */
export const modelsOf = ({ eventTypes }: FoundEvent): DataModel[] =>
  dataModels.filter(({ id }) => eventTypes.some((name) => name.endsWith(`_${id}`) && !longer(name, id)))

/** `…_account_change` ends with `_change` too. */
const longer = (name: string, id: string): boolean =>
  dataModels.some((model) => model.id.endsWith(`_${id}`) && name.endsWith(`_${model.id}`))

const textsOf = ({ fields }: FoundEvent, shown: ReadonlySet<string>): Record<string, string> =>
  Object.fromEntries(
    [...shown].flatMap((name) => (fields.has(name) ? [[name, fields.get(name)?.join(', ') ?? '']] : [])),
  )

const cimFields = (view: EventView, models: readonly DataModel[], event: FoundEvent): FieldProblem[] =>
  models
    .flatMap((model) => cimProblems(view.type, model, event.fields))
    .map(({ field, is, got, reason }) => ({
      field,
      is: is === 'missing' ? 'missing' : 'wrong',
      ...(got !== undefined && { got }),
      reason,
    }))

/** The time that parsing finds in the line is the event's own, so that it does not matter which way it came. */
function timeProblems(view: EventView, raw: string, knowledge: Knowledge): FieldProblem[] {
  const { timeMs, cut } = indexTime(raw, knowledge.sourcetypes.get(sourcetypesOf(view.type).own))
  const wanted = view.time === undefined ? undefined : Date.parse(`${view.time.slice(0, 23)}Z`.replace('ZZ', 'Z'))
  return [
    ...(timeMs === wanted
      ? []
      : [{ field: '_time', is: 'wrong' as const, expected: String(wanted), got: String(timeMs) }]),
    ...(cut > 0 ? [{ field: '_raw', is: 'cut' as const, reason: `TRUNCATE takes ${cut} bytes` }] : []),
  ]
}

const cutProblems = ({ cut }: FoundEvent, shown: ReadonlySet<string>): FieldProblem[] =>
  cut
    .filter((name) => shown.has(name))
    .map((field) => ({
      field,
      is: 'cut',
      reason: 'it ends behind the limits of automatic extraction ([kv] of limits.conf)',
    }))
