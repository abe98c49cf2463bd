import { all, concat, first, literal, lower, part, table, when } from '../../../src/build.ts'
import type { Expr } from '../../../src/model.ts'
import { levelSeverity } from '../envelope.ts'
import { operationNames } from './operations.ts'

const places = ['properties~.eventProperties~', 'properties~']

/**
 * Property of an activity record, wherever it stands: REST has `properties`, event hubs `properties.eventProperties`,
 * and administrative records write straight into `properties` (AZDOCS activity-log-schema.md). Each may be JSON in a
 * string.
 */
export const property = (path: string): Expr => first(...places.map((place) => `${place}.${path}`))

/** As `property`, every value. */
export const properties = (path: string): Expr => all(...places.map((place) => `${place}.${path}`))

/** Values of a list that may be JSON in a string, or of a plain text. */
export const listed = (name: string): Expr =>
  all(...places.map((place) => when({ [`${place}.${name}`]: '[*' }, `${place}.${name}~[]`, `${place}.${name}`)))

/**
 * `then` where the operation is one of these (`*` allowed): a string from event hubs, `{value, localizedValue}` from
 * REST.
 */
export const onOperation = (names: readonly string[], then: Expr, otherwise?: Expr): Expr =>
  when({ 'operationName.value': names }, then, when({ operationName: names }, then, otherwise))

export const operation: Expr = first('operationName.value', 'operationName')

/**
 * Old records say `Write`, `Delete` or `Action`, and keep the category in `properties.eventCategory`, or are
 * Administrative.
 */
export const category: Expr = first(
  'category.value',
  'properties~.eventCategory',
  table('category', { Write: 'Administrative', Delete: 'Administrative', Action: 'Administrative' }),
  literal('Administrative'),
)

/** Words of both doors, made one: event hubs say Success, Start, Accept, Failure where REST says Succeeded, Started… */
export const status: Expr = table(
  first('status.value', 'resultType', part('resultSignature', '.', 0), 'status.localizedValue'),
  {
    Success: 'Succeeded',
    Succeeded: 'Succeeded',
    Start: 'Started',
    Started: 'Started',
    Accept: 'Accepted',
    Accepted: 'Accepted',
    Failure: 'Failed',
    Failed: 'Failed',
    Activated: 'Active',
    'In Progress': 'InProgress',
    Cancelled: 'Canceled',
  },
)

/**
 * Started and Accepted are not over yet; Active and Resolved speak of an alert, not of an operation. A denying policy
 * reports its own evaluation, not the request, which failed.
 */
export const outcome: Expr = onOperation(
  ['microsoft.authorization/policies/deny/*'],
  literal('failure'),
  table(
    status,
    { Succeeded: 'success', Failed: 'failure', Canceled: 'failure', TimedOut: 'failure' },
    literal('unknown'),
  ),
)

/** HTTP status out of the word, `<result>.<word>` or number that the doors write. */
const words: Readonly<Record<string, string>> = {
  OK: '200',
  Created: '201',
  Accepted: '202',
  NoContent: '204',
  BadRequest: '400',
  Unauthorized: '401',
  Forbidden: '403',
  NotFound: '404',
  MethodNotAllowed: '405',
  Conflict: '409',
  PreconditionFailed: '412',
  TooManyRequests: '429',
  InternalServerError: '500',
  ServiceUnavailable: '503',
}
export const httpStatus: Expr = first(
  table(property('statusCode'), words),
  table(part('resultSignature', '.', -1), words),
  table('subStatus.value', words),
)

/** Security alerts come with the level Informational whatever they are; their own severity stands in the properties. */
const level: Expr = first(levelSeverity('level'), literal('informational'))
const alertSeverity: Expr = first(
  table(property('severity'), {
    Informational: 'informational',
    Low: 'low',
    Medium: 'medium',
    High: 'high',
    Critical: 'critical',
  }),
  literal('medium'),
)
export const severity: Expr = when(
  { 'category.value': 'Security' },
  alertSeverity,
  when(
    { category: 'Security' },
    alertSeverity,
    when({ 'properties~.eventCategory': 'Security' }, alertSeverity, level),
  ),
)

const categories: Readonly<Record<string, string>> = {
  Administrative: 'Azure administrative operation',
  ServiceHealth: 'Azure service health',
  ResourceHealth: 'Azure resource health',
  Alert: 'Azure Monitor alert',
  Autoscale: 'Azure autoscale',
  Security: 'Defender for Cloud alert in the activity log',
  Recommendation: 'Azure Advisor recommendation',
  Policy: 'Azure Policy decision',
}

const operations = Object.fromEntries(Object.keys(operationNames).map((name) => [name, name]))
const categoryId = concat(literal('activity.'), lower(category))

export const signature = {
  id: table(lower(operation), operations, categoryId),
  name: table(operation, operationNames, table(category, categories, literal('Azure activity'))),
  category: lower(category),
  known: [...Object.keys(operationNames), ...Object.keys(categories).map((name) => `activity.${name.toLowerCase()}`)],
}
