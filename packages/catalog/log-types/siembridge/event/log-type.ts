import { concat, defineLogType, first, keyword, literal, long, table, text, date } from '../../../src/build.ts'

const actions = [
  'heartbeat',
  'source-silent',
  'gap',
  'authentication-failed',
  'secret-expires',
  'buffer-full',
  'configuration-changed',
  'state-corrupt',
  'late-records',
  'target-lost',
  'target-recovered',
  'dead-letter',
  'started',
  'stopped',
  'test',
]

/** What fails, so that a SIEM can tell it from what goes well without knowing the actions. */
const failures = Object.fromEntries(
  ['source-silent', 'gap', 'authentication-failed', 'buffer-full', 'state-corrupt', 'target-lost', 'dead-letter'].map(
    (action) => [action, 'failure'],
  ),
)

/** What the bridge tells of itself. */
export const logType = defineLogType({
  id: 'siembridge.event',
  version: 1,
  title: 'Own events of SIEMbridge',
  product: 'SIEMbridge',
  shapes: {
    own: {
      title: 'Made by the agent',
      when: { has: ['siembridge'], is: ['siembridge.action', '*'] },
      root: 'siembridge',
      space: 'siembridge.event',
      key: ['id'],
      tenant: 'details.tenant_id',
    },
  },
  uniqueKey: true,
  time: 'time',
  severity: 'severity',
  signature: {
    id: 'action',
    name: concat(literal('SIEMbridge: '), 'action'),
    category: literal('siembridge'),
    known: actions,
  },
  fields: {
    'event.kind': literal('event'),
    'event.category': literal('host'),
    'event.type': literal('info'),
    'event.action': 'action',
    'event.outcome': table('action', failures, literal('success')),
    message: 'message',
    'host.name': 'host',
    'microsoft.siembridge.source': 'details.source',
    'microsoft.siembridge.stream': 'details.stream',
    'microsoft.siembridge.target': 'details.target',
    'microsoft.siembridge.route': 'details.route',
    'microsoft.siembridge.tenant': 'details.tenant',
    'error.code': first('details.error', 'details.code'),
    'microsoft.siembridge.window_start': first('details.from', 'details.start'),
    'microsoft.siembridge.window_end': first('details.to', 'details.end'),
    'microsoft.siembridge.expires': 'details.expires',
    'microsoft.siembridge.days': 'details.days',
    'microsoft.siembridge.hours': 'details.hours',
    'microsoft.siembridge.seconds': 'details.seconds',
    'microsoft.siembridge.records': 'details.records',
    'microsoft.siembridge.changes': 'details.changes',
    'microsoft.siembridge.version': 'version',
    'event.id': 'id',
  },
  dictionary: {
    'microsoft.siembridge.source': keyword('Source of the bridge that it is about'),
    'microsoft.siembridge.stream': keyword('Stream of that source'),
    'microsoft.siembridge.target': keyword('Target of the bridge that it is about'),
    'microsoft.siembridge.route': keyword('Route of the bridge that it is about'),
    'microsoft.siembridge.tenant': keyword('Tenant by its name in the configuration'),
    'microsoft.siembridge.window_start': date('Begin of the time that it is about'),
    'microsoft.siembridge.window_end': date('End of the time that it is about'),
    'microsoft.siembridge.expires': date('When a credential ends'),
    'microsoft.siembridge.days': long('Days until it ends'),
    'microsoft.siembridge.hours': long('Hours without a record'),
    'microsoft.siembridge.seconds': long('Seconds that it lasted'),
    'microsoft.siembridge.records': long('Number of records that it is about'),
    'microsoft.siembridge.changes': text('What changed in the configuration'),
    'microsoft.siembridge.version': keyword('Version of the bridge'),
  },
})
