import { concat, first, keyword, literal, long, lower, table } from '../../src/build.ts'
import type { Expr, Field, LogType, Shape } from '../../src/model.ts'

const ext = (key: string): Expr => `cef.ext.${key}`

/** Advanced Threat Analytics and Defender for Identity write one form of CEF; `externalId` is the permanent id of the kind of alert. */
export const sensorShape = (product: string, title: string, space: string): Shape => ({
  title,
  rank: 70,
  when: { has: ['cef'], is: ['cef.product', product] },
  space,
  // No id of the alert itself: a record is its own key.
  key: [],
  tenant: literal(''),
})

/** 3 is low, 5 medium, 10 high (Defender for Identity SIEM log reference). */
export const sensorSeverity = table('cef.severity', { 3: 'low', 5: 'medium', 10: 'high' }, literal('informational'))

export const sensorTime = ext('start')

/** Ids and titles; the two products give some ids to different things. */
export const sensorSignature = (prefix: string, titles: Readonly<Record<string, string>>): LogType['signature'] => ({
  id: concat(literal(`${prefix}.`), ext('externalId')),
  name: first(table(ext('externalId'), titles, 'cef.name'), 'cef.name'),
  category: first(ext('app'), literal('alert')),
  known: Object.keys(titles).map((id) => `${prefix}.${id}`),
})

export const sensorFields: LogType['fields'] = {
  'event.kind': literal('alert'),
  'event.category': literal('threat'),
  'event.type': literal('indicator'),
  'event.action': 'cef.classId',
  'event.code': ext('externalId'),
  'event.outcome': table(lower(ext('outcome')), { success: 'success', failure: 'failure' }, literal('unknown')),
  'event.start': ext('start'),
  message: ext('msg'),
  'user.name': ext('suser'),
  'source.domain': ext('shost'),
  'destination.domain': ext('dhost'),
  'network.protocol': ext('app'),
  'event.url': ext('cs1'),
  'rule.name': 'cef.name',
  'microsoft.sensor.count': ext('cnt'),
  'microsoft.sensor.version': 'cef.deviceVersion',
}

export const sensorDictionary: Readonly<Record<string, Field>> = {
  'microsoft.sensor.count': long('How often it was seen'),
  'microsoft.sensor.version': keyword('Version of the sensor'),
}
