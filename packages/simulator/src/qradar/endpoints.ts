import { randomUUID } from 'node:crypto'
import { type ConsoleAnswer, failed, fine, made } from './answers.ts'
import type { ConsoleTables, Row, TableName } from './rows.ts'
import { firstCustomQid, firstCustomType } from './seed.ts'

type Body = Readonly<Record<string, unknown>>

/** One collection: where it is, and what may be done with it ("IBM QRadar RESTful API", 26.0). */
export interface Endpoint {
  readonly table: TableName
  readonly create?: (body: Body, tables: ConsoleTables) => ConsoleAnswer
  readonly change?: (row: Row, body: Body, tables: ConsoleTables) => ConsoleAnswer
}

const sources = '/config/event_sources/log_source_management'
const properties = '/config/event_sources/custom_properties'

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''
const isSeverity = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 10

function createType(body: Body, tables: ConsoleTables): ConsoleAnswer {
  const { name, log_source_extension_id: extension = null } = body
  if (!isText(name)) return failed(422, 1002, 'The name of the log source type is empty')
  if (name.length > 241) return failed(422, 1003, 'The name is longer than 241 characters')
  if (tables.rows('log_source_types').some((row) => row['name'] === name))
    return failed(422, 1001, 'The name is in use')
  if (extension !== null && !tables.row('log_source_extensions', Number(extension)))
    return failed(422, 1006, 'No such extension')
  const row = {
    name,
    internal: false,
    custom: true,
    default_protocol_id: 0,
    log_source_extension_id: extension,
    uuid: randomUUID(),
  }
  return made(
    tables.add(
      'log_source_types',
      { ...row, protocol_types: [{ protocol_id: 0, documented: false }] },
      firstCustomType,
    ),
  )
}

function changeType(row: Row, body: Body, tables: ConsoleTables): ConsoleAnswer {
  if (row['custom'] !== true && ('name' in body || 'protocol_types' in body))
    return failed(422, 1001, 'The name of a type that the system provides cannot be changed')
  const extension = body['log_source_extension_id']
  if (extension !== undefined && extension !== null && !tables.row('log_source_extensions', Number(extension)))
    return failed(422, 1006, 'No such extension')
  return fine(tables.change('log_source_types', row.id, body))
}

function createQid(body: Body, tables: ConsoleTables): ConsoleAnswer {
  const { log_source_type_id: type, name, description = '', low_level_category_id: category } = body
  const known = tables.row('low_level_categories', Number(category))
  const severity = body['severity'] ?? Math.max(1, Number(known?.['severity'] ?? 1))
  if (!tables.row('log_source_types', Number(type))) return failed(422, 1005, 'No log source type has the id')
  if (!isText(name) || name.length > 255) return failed(422, 1005, 'The name is empty or longer than 255 characters')
  if (!known) return failed(422, 1005, 'No low level category has the id')
  if (!isSeverity(severity)) return failed(422, 1005, 'The severity is not between 1 and 10')
  const qid = firstCustomQid + tables.rows('qid_records').length
  const row = {
    log_source_type_id: type,
    name,
    description,
    severity,
    low_level_category_id: category,
    uuid: randomUUID(),
  }
  return made(tables.add('qid_records', { ...row, qid }, firstCustomQid))
}

function changeQid(row: Row, body: Body, tables: ConsoleTables): ConsoleAnswer {
  if (row['uuid'] === 'system') return failed(409, 1008, 'The QID record is provided by the system')
  if ('severity' in body && !isSeverity(body['severity']))
    return failed(422, 1005, 'The severity is not between 1 and 10')
  const category = body['low_level_category_id']
  if (category !== undefined && !tables.row('low_level_categories', Number(category)))
    return failed(422, 1005, 'No low level category has the id')
  return fine(tables.change('qid_records', row.id, body))
}

function createMapping(body: Body, tables: ConsoleTables): ConsoleAnswer {
  const {
    log_source_type_id: type,
    log_source_event_id: event,
    log_source_event_category: category,
    qid_record_id: qid,
  } = body
  if (type === undefined || !isText(event) || typeof category !== 'string' || qid === undefined)
    return failed(
      422,
      1005,
      'All of log_source_type_id, log_source_event_id, log_source_event_category, qid_record_id are required',
    )
  if (!tables.row('log_source_types', Number(type))) return failed(422, 1005, 'No log source type has the id')
  if (!tables.row('qid_records', Number(qid))) return failed(422, 1005, 'No QID record has the id')
  const same = (row: Row): boolean =>
    row['log_source_type_id'] === type &&
    row['log_source_event_id'] === event &&
    row['log_source_event_category'] === category
  if (tables.rows('dsm_event_mappings').some(same)) return failed(409, 1008, 'There is a mapping of these already')
  return made(tables.add('dsm_event_mappings', { ...body, custom_event: true, uuid: randomUUID() }))
}

function changeMapping(row: Row, body: Body, tables: ConsoleTables): ConsoleAnswer {
  const other = Object.keys(body).find((key) => key !== 'qid_record_id')
  if (other !== undefined) return failed(422, 1005, `${other} cannot be changed`)
  if (!tables.row('qid_records', Number(body['qid_record_id']))) return failed(422, 1005, 'No QID record has the id')
  return fine(tables.change('dsm_event_mappings', row.id, { ...body, custom_event: true }))
}

interface Parameter {
  readonly name?: unknown
  readonly value?: unknown
}

export const identifierOf = (row: Body): string => {
  const parameters = (row['protocol_parameters'] ?? []) as readonly Parameter[]
  const value = parameters.find(({ name }) => name === 'identifier')?.value
  return typeof value === 'string' ? value : ''
}

function createSource(body: Body, tables: ConsoleTables): ConsoleAnswer {
  const { name, type_id: type, protocol_type_id: protocol, target_event_collector_id: collector } = body
  if (!isText(name) || name.length > 255) return failed(422, 1001, 'The name is empty or longer than 255 characters')
  if (!tables.row('log_source_types', Number(type))) return failed(422, 1004, 'No log source type has the id')
  if (!tables.row('protocol_types', Number(protocol))) return failed(422, 1005, 'No protocol type has the id')
  if (identifierOf(body) === '') return failed(422, 1006, 'The protocol parameter identifier is required')
  if (collector !== undefined && !tables.row('event_collectors', Number(collector)))
    return failed(422, 1007, 'No event collector has the id')
  const same = (row: Row): boolean =>
    row['type_id'] === type && row['protocol_type_id'] === protocol && identifierOf(row) === identifierOf(body)
  if (tables.rows('log_sources').some(same)) return failed(409, 1002, 'Type, protocol and identifier are in use')
  return made(tables.add('log_sources', { enabled: true, ...body, requires_deploy: true }, 62))
}

function createProperty(body: Body, tables: ConsoleTables): ConsoleAnswer {
  const { name, property_type: type } = body
  if (!isText(name)) return failed(422, 1005, 'The name is empty')
  if (!['string', 'numeric', 'ip', 'port', 'time'].includes(String(type)))
    return failed(422, 1005, 'No such property type')
  if (type === 'time' && !(isText(body['datetime_format']) && isText(body['locale'])))
    return failed(422, 1005, 'A time needs datetime_format and locale')
  if (tables.rows('regex_properties').some((row) => row['name'] === name))
    return failed(409, 1004, 'The name is in use')
  const preset = { description: '', use_for_rule_engine: false, username: 'API_token: SIEMbridge' }
  return made(tables.add('regex_properties', { ...preset, ...body, identifier: randomUUID() }))
}

const createExpression =
  (table: TableName) =>
  (body: Body, tables: ConsoleTables): ConsoleAnswer => {
    const { regex_property_identifier: property, expression, log_source_type_id: type } = body
    if (!tables.rows('regex_properties').some((row) => row['identifier'] === property))
      return failed(422, 1005, 'No property has the identifier')
    if (!isText(expression)) return failed(422, 1005, 'The expression is empty')
    if (!tables.row('log_source_types', Number(type))) return failed(422, 1005, 'No log source type has the id')
    return made(tables.add(table, { enabled: true, ...body, identifier: randomUUID() }))
  }

const changeAny =
  (table: TableName) =>
  (row: Row, body: Body, tables: ConsoleTables): ConsoleAnswer =>
    fine(tables.change(table, row.id, body))

/** Every endpoint by its path below `/api`. */
export const endpoints: Readonly<Record<string, Endpoint>> = {
  '/data_classification/low_level_categories': { table: 'low_level_categories' },
  '/data_classification/qid_records': { table: 'qid_records', create: createQid, change: changeQid },
  '/data_classification/dsm_event_mappings': {
    table: 'dsm_event_mappings',
    create: createMapping,
    change: changeMapping,
  },
  [`${sources}/log_source_types`]: { table: 'log_source_types', create: createType, change: changeType },
  [`${sources}/log_source_extensions`]: { table: 'log_source_extensions' },
  [`${sources}/log_sources`]: { table: 'log_sources', create: createSource, change: changeAny('log_sources') },
  [`${sources}/protocol_types`]: { table: 'protocol_types' },
  [`${sources}/event_collectors`]: { table: 'event_collectors' },
  [`${properties}/regex_properties`]: {
    table: 'regex_properties',
    create: createProperty,
    change: changeAny('regex_properties'),
  },
  [`${properties}/property_json_expressions`]: {
    table: 'property_json_expressions',
    create: createExpression('property_json_expressions'),
    change: changeAny('property_json_expressions'),
  },
  [`${properties}/property_leef_expressions`]: {
    table: 'property_leef_expressions',
    create: createExpression('property_leef_expressions'),
    change: changeAny('property_leef_expressions'),
  },
}
