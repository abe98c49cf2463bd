import type { ApplyChange } from '@siembridge/core'
import type { Plan, PlannedQid, PlannedType } from '../plan/model.ts'
import { type ConsoleApi, isCode, type JsonRow, quoted } from './api.ts'
import { paths } from './paths.ts'
import { deploy } from './deploy.ts'
import { categoryOf, type ConsoleState, expressionKey, mappingKey, tagOf } from './state.ts'

/** One change with what carries it out; without `run` a person does it. */
export interface Step {
  readonly change: ApplyChange
  readonly run?: (api: ConsoleApi) => Promise<void>
}

/** What differs between a plan and a console, in an order in which everything is there before something refers to it. */
export function stepsOf(plan: Plan, state: ConsoleState): Step[] {
  return [
    ...plan.logSourceTypes.flatMap((type) => typeSteps(type, state)),
    ...plan.qidRecords.flatMap((qid) => qidSteps(qid, state)),
    ...plan.eventMappings.flatMap((mapping) => mappingSteps(mapping, plan, state)),
    ...plan.properties.flatMap((property) => propertySteps(property, state)),
    ...plan.expressions.flatMap((expression) => expressionSteps(expression, state)),
    ...plan.logSources.flatMap((source) => sourceSteps(source, plan, state)),
    ...deploySteps(plan, state),
  ]
}

function typeSteps({ key, name, shipped, extension }: PlannedType, state: ConsoleState): Step[] {
  const steps: Step[] = []
  const known = state.types.get(key)
  const wanted = extension && state.extensions.get(extension.name)
  if (!known && !shipped)
    steps.push({
      change: { does: 'create', what: 'log source type', name },
      run: async (api) => void state.types.set(key, await madeType(api, name)),
    })
  if (!extension) return steps
  if (wanted === undefined)
    steps.push({
      change: {
        does: 'manual',
        what: 'log source extension',
        name: extension.name,
        detail: `Admin > Log Source Extensions > Add: name it so, upload ${extension.file}, and run this again; the API cannot`,
      },
    })
  else if (known?.['log_source_extension_id'] !== wanted)
    steps.push({
      change: { does: 'change', what: 'log source type', name, detail: `parsed by the extension "${extension.name}"` },
      run: async (api) => {
        const id = Number(state.types.get(key)?.['id'])
        state.types.set(key, await api.post(`${paths.types}/${id}`, { log_source_extension_id: wanted }))
      },
    })
  return steps
}

/** 422/1001: the name is in use, so somebody made it in the meantime. */
async function madeType(api: ConsoleApi, name: string): Promise<JsonRow> {
  try {
    return await api.post(paths.types, { name })
  } catch (error) {
    const [known] = isCode(error, 422, 1001) ? await api.list(paths.types, `name=${quoted(name)}`) : []
    if (known) return known
    throw error
  }
}

function qidSteps(qid: PlannedQid, state: ConsoleState): Step[] {
  const { key, type, name, severity } = qid
  const category = categoryOf(qid, state)
  const description = `${qid.description} ${tagOf(key)}`
  const known = state.qids.get(key)
  const wanted = { name, severity, description, low_level_category_id: category }
  if (!known)
    return [
      {
        change: { does: 'create', what: 'QID record', name },
        run: async (api) => {
          const row = await api.post(paths.qids, {
            ...wanted,
            log_source_type_id: Number(state.types.get(type)?.['id']),
          })
          state.qids.set(key, { id: Number(row['id']), name, severity, description, category })
        },
      },
    ]
  const differs = [
    known.name === name ? '' : `name "${known.name}"`,
    known.severity === severity ? '' : `severity ${known.severity} to ${severity}`,
    known.category === category ? '' : `category ${known.category} to ${category}`,
    known.description === description ? '' : 'description',
  ].filter((text) => text !== '')
  if (differs.length === 0) return []
  return [
    {
      change: { does: 'change', what: 'QID record', name, detail: differs.join(', ') },
      run: async (api) => {
        await api.post(`${paths.qids}/${known.id}`, wanted)
        state.qids.set(key, { ...known, name, severity, description, category })
      },
    },
  ]
}

type Mapping = Plan['eventMappings'][number]

function mappingSteps(mapping: Mapping, plan: Plan, state: ConsoleState): Step[] {
  const { type, eventId, category, qid } = mapping
  const known = state.mappings.get(mappingKey(type, eventId, category))
  const name = `${eventId} / ${category}`
  if (!known)
    return [
      {
        change: { does: 'create', what: 'event mapping', name },
        run: async (api) => {
          await madeMapping(api, mapping, state)
        },
      },
    ]
  // What IBM ships is kept: its own event is better known to rules than ours.
  if (!known.custom || known.qid === state.qids.get(qid)?.id) return []
  const record = plan.qidRecords.find(({ key }) => key === qid)
  return [
    {
      change: { does: 'change', what: 'event mapping', name, detail: `to "${record?.name ?? qid}"` },
      run: async (api) => {
        const id = Number(state.qids.get(qid)?.id)
        await api.post(`${paths.mappings}/${known.id}`, { qid_record_id: id })
        state.mappings.set(mappingKey(type, eventId, category), { ...known, qid: id })
      },
    },
  ]
}

/** 409/1008: somebody made it in the meantime; then it is pointed to our record, unless it is IBM's. */
async function madeMapping(
  api: ConsoleApi,
  { type, eventId, category, qid }: Mapping,
  state: ConsoleState,
): Promise<void> {
  const typeId = Number(state.types.get(type)?.['id'])
  const qidId = Number(state.qids.get(qid)?.id)
  try {
    await api.post(paths.mappings, {
      log_source_type_id: typeId,
      log_source_event_id: eventId,
      log_source_event_category: category,
      qid_record_id: qidId,
    })
  } catch (error) {
    if (!isCode(error, 409, 1008)) throw error
    const filter = `log_source_type_id=${typeId} and log_source_event_id=${quoted(eventId)} and log_source_event_category=${quoted(category)}`
    const [row] = await api.list(paths.mappings, filter)
    if (!row) throw error
    if (row['custom_event'] !== false && row['qid_record_id'] !== qidId)
      await api.post(`${paths.mappings}/${Number(row['id'])}`, { qid_record_id: qidId })
  }
}

function propertySteps(
  { name, description, propertyType, useForRules }: Plan['properties'][number],
  state: ConsoleState,
): Step[] {
  if (state.properties.has(name)) return []
  return [
    {
      change: { does: 'create', what: 'custom property', name },
      run: async (api) => {
        const body = { name, description, property_type: propertyType, use_for_rule_engine: useForRules }
        state.properties.set(name, String((await madeProperty(api, name, body))['identifier']))
      },
    },
  ]
}

/** 409/1004: the name is in use, so somebody made it in the meantime. */
async function madeProperty(api: ConsoleApi, name: string, body: JsonRow): Promise<JsonRow> {
  try {
    return await api.post(paths.properties, body)
  } catch (error) {
    const [known] = isCode(error, 409, 1004) ? await api.list(paths.properties, `name=${quoted(name)}`) : []
    if (known) return known
    throw error
  }
}

function expressionSteps(
  { property, type, kind, expression }: Plan['expressions'][number],
  state: ConsoleState,
): Step[] {
  const identifier = state.properties.get(property)
  if (identifier !== undefined && state.expressions.has(expressionKey(identifier, type, expression))) return []
  return [
    {
      change: { does: 'create', what: 'property expression', name: `${property} = ${expression}` },
      run: async (api) => {
        await api.post(paths[kind], {
          regex_property_identifier: state.properties.get(property) ?? '',
          enabled: true,
          expression,
          log_source_type_id: Number(state.types.get(type)?.['id']),
        })
      },
    },
  ]
}

function sourceSteps(
  { name, description, type, identifier }: Plan['logSources'][number],
  plan: Plan,
  state: ConsoleState,
): Step[] {
  if (state.sources.has(`${type}\0${identifier}`)) return []
  return [
    {
      change: { does: 'create', what: 'log source', name, detail: `identifier ${identifier}` },
      run: async (api) => {
        const row = await api.post(paths.sources, {
          name,
          description,
          type_id: Number(state.types.get(type)?.['id']),
          protocol_type_id: state.protocol,
          protocol_parameters: [{ name: 'identifier', value: identifier }],
          enabled: true,
          gateway: false,
          credibility: 5,
          target_event_collector_id: state.collector,
          // Coalescing keeps the first payload of several that look alike, and an audit log needs each.
          coalesce_events: false,
          store_event_payload: true,
        })
        state.sources.set(`${type}\0${identifier}`, row)
      },
    },
  ]
}

/** A log source receives nothing before it was deployed; also one that an earlier run made. */
function deploySteps(plan: Plan, state: ConsoleState): Step[] {
  const ours = plan.logSources.map(({ type, identifier }) => state.sources.get(`${type}\0${identifier}`))
  if (!ours.some((row) => row === undefined || row['requires_deploy'] === true)) return []
  return [
    {
      change: {
        does: 'change',
        what: 'deployment',
        name: 'deploy changes',
        detail: 'event collection goes on meanwhile',
      },
      run: deploy,
    },
  ]
}
