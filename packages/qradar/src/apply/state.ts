import { type Finding, SiembridgeError } from '@siembridge/core'
import type { Plan, PlannedQid } from '../plan/model.ts'
import { type ConsoleApi, type JsonRow, quoted } from './api.ts'
import { paths } from './paths.ts'

/** A QID record as it is on the console. */
export interface KnownQid {
  readonly id: number
  readonly name: string
  readonly severity: number
  readonly description: string
  readonly category: number
}

/** What the console has of what a plan wants. Things that are made are added as they come. */
export interface ConsoleState {
  /** Ids of low-level categories by name. */
  readonly categories: ReadonlyMap<string, number>
  readonly protocol: number
  readonly collector: number
  /** By key of the plan. */
  readonly types: Map<string, JsonRow>
  readonly extensions: ReadonlyMap<string, number>
  readonly qids: Map<string, KnownQid>
  /** By {@link mappingKey}. */
  readonly mappings: Map<string, { readonly id: number; readonly qid: number; readonly custom: boolean }>
  /** Identifiers by name. */
  readonly properties: Map<string, string>
  readonly expressions: Set<string>
  readonly sources: Map<string, JsonRow>
  readonly findings: readonly Finding[]
}

export const mappingKey = (type: string, eventId: string, category: string): string =>
  `${type}\0${eventId}\0${category}`
export const expressionKey = (property: string, type: string, expression: string): string =>
  `${property}\0${type}\0${expression}`

/** How a record is found again: names are not unique. */
export const tagOf = (key: string): string => `[siembridge:${key}]`

const keyIn = (description: string): string | undefined => /\[siembridge:(.+)\]$/.exec(description)?.[1]

/** Looks at everything that a plan speaks of. */
export async function readConsole(api: ConsoleApi, plan: Plan, collector: string | undefined): Promise<ConsoleState> {
  const findings: Finding[] = []
  const categories = new Map((await api.list(paths.categories)).map((row) => [String(row['name']), Number(row['id'])]))
  const protocol = await protocolOf(api)
  const collectorId = await collectorOf(api, collector)
  const types = await typesOf(api, plan, findings)
  const extensions = new Map((await api.list(paths.extensions)).map((row) => [String(row['name']), Number(row['id'])]))
  const known = new Map([...types].map(([key, row]) => [Number(row['id']), key]))
  return {
    categories,
    protocol,
    collector: collectorId,
    types,
    extensions,
    qids: await qidsOf(api, plan),
    mappings: await mappingsOf(api, known),
    properties: new Map(
      (await api.list(paths.properties, 'name ilike "SB %"')).map((row) => [
        String(row['name']),
        String(row['identifier']),
      ]),
    ),
    expressions: await expressionsOf(api, plan, known),
    sources: await sourcesOf(api, known),
    findings,
  }
}

async function protocolOf(api: ConsoleApi): Promise<number> {
  const [row] = await api.list(paths.protocols, 'name="Syslog"')
  if (!row) throw new SiembridgeError('ApplyMissing', 'the protocol Syslog')
  return Number(row['id'])
}

async function collectorOf(api: ConsoleApi, wanted: string | undefined): Promise<number> {
  const rows = await api.list(paths.collectors)
  const row = wanted === undefined ? rows[0] : rows.find(({ name }) => String(name).includes(wanted))
  if (row) return Number(row['id'])
  const names = rows.map(({ name }) => String(name)).join(', ')
  throw new SiembridgeError(
    'ApplyMissing',
    wanted === undefined ? 'an event collector' : `an event collector named "${wanted}" (there are: ${names})`,
  )
}

async function typesOf(api: ConsoleApi, plan: Plan, findings: Finding[]): Promise<Map<string, JsonRow>> {
  const rows = await api.list(paths.types)
  const found = new Map<string, JsonRow>()
  for (const { key, name, shipped, idHint } of plan.logSourceTypes) {
    const byName = rows.find((row) => row['name'] === name)
    const row = byName ?? (shipped ? rows.find((r) => r['id'] === idHint) : undefined)
    if (row) found.set(key, row)
    else if (shipped) throw new SiembridgeError('ApplyMissing', `the log source type "${name}"`)
    if (row && !byName)
      findings.push({
        subject: `log source type "${name}"`,
        is: 'warning',
        says: `is called "${String(row['name'])}" here; it was found by its id ${idHint}`,
        help: 'look whether that is the same product under another name',
      })
  }
  return found
}

/** Records of ours, by the key in their description. Their names begin with those of the products. */
async function qidsOf(api: ConsoleApi, plan: Plan): Promise<Map<string, KnownQid>> {
  const found = new Map<string, KnownQid>()
  for (const prefix of new Set(plan.qidRecords.map(({ name }) => name.split(':')[0] ?? name)))
    for (const row of await api.list(paths.qids, `name ilike ${quoted(`${prefix}:%`)}`)) {
      const description = typeof row['description'] === 'string' ? row['description'] : ''
      const key = keyIn(description)
      if (key === undefined || found.has(key)) continue
      found.set(key, {
        id: Number(row['id']),
        name: String(row['name']),
        severity: Number(row['severity']),
        description,
        category: Number(row['low_level_category_id']),
      })
    }
  return found
}

async function mappingsOf(api: ConsoleApi, types: ReadonlyMap<number, string>): Promise<ConsoleState['mappings']> {
  const found: ConsoleState['mappings'] = new Map()
  for (const [id, key] of types)
    for (const row of await api.list(paths.mappings, `log_source_type_id=${id}`))
      found.set(mappingKey(key, String(row['log_source_event_id']), String(row['log_source_event_category'])), {
        id: Number(row['id']),
        qid: Number(row['qid_record_id']),
        custom: row['custom_event'] !== false,
      })
  return found
}

async function expressionsOf(api: ConsoleApi, plan: Plan, types: ReadonlyMap<number, string>): Promise<Set<string>> {
  const found = new Set<string>()
  for (const kind of new Set(plan.expressions.map((e) => e.kind)))
    for (const [id, key] of types)
      for (const row of await api.list(paths[kind], `log_source_type_id=${id}`))
        found.add(expressionKey(String(row['regex_property_identifier']), key, String(row['expression'])))
  return found
}

async function sourcesOf(api: ConsoleApi, types: ReadonlyMap<number, string>): Promise<Map<string, JsonRow>> {
  const found = new Map<string, JsonRow>()
  for (const [id, key] of types)
    for (const row of await api.list(paths.sources, `type_id=${id}`)) found.set(`${key}\0${identifierOf(row)}`, row)
  return found
}

function identifierOf(row: JsonRow): string {
  const parameters = (row['protocol_parameters'] ?? []) as readonly JsonRow[]
  const value = parameters.find(({ name }) => name === 'identifier')?.['value']
  return typeof value === 'string' ? value : ''
}

/** The first of a record's categories that the console has. */
export function categoryOf(
  { categories, name }: PlannedQid,
  { categories: known }: Pick<ConsoleState, 'categories'>,
): number {
  for (const category of categories) {
    const id = known.get(category)
    if (id !== undefined) return id
  }
  throw new SiembridgeError('ApplyMissing', `none of the low-level categories ${categories.join(', ')}, for "${name}"`)
}
