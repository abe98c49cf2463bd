import { concat, defineLogType, first, keyword, literal, lower, table, time, when } from '../../../src/build.ts'
import { definitionsOf, exprsOf, nameOf, type Own, resourceFields } from '../envelope.ts'
import { column, direction, flowFields, flowSeverity, state } from '../flow.ts'

/** Protocol numbers of IANA that meet in a virtual network. */
const transports = {
  1: 'icmp',
  2: 'igmp',
  4: 'ipv4',
  6: 'tcp',
  17: 'udp',
  41: 'ipv6',
  47: 'gre',
  50: 'esp',
  51: 'ah',
  58: 'ipv6-icmp',
  89: 'ospf',
  132: 'sctp',
}

const decision = table(column(7), { D: 'deny' }, literal('allow'))

const own: Own = {
  'microsoft.flow.rule': ['^flowGroups.rule', keyword('Security rule that decided')],
  'microsoft.flow.state': [state(7), keyword('begin, continue, end; absent in version 1')],
  'microsoft.flow.encryption': [column(8), keyword('X: encrypted; NX and why not')],
  'microsoft.flow.acl_id': ['^flows.aclID', keyword('Security group or admin rules that decided')],
  'microsoft.flow.log_id': ['^.flowLogResourceID', keyword('Flow log')],
  'microsoft.flow.log_guid': ['^.flowLogGUID', keyword('Flow log, as a GUID')],
  'microsoft.flow.version': ['^.flowLogVersion', keyword('Version of the tuples')],
}

/**
 * AZDOCS network-watcher vnet-flow-logs-overview.md, version 4: one event a tuple. Counts of C and E are since the
 * last.
 */
export const logType = defineLogType({
  id: 'azure.vnet-flow',
  version: 1,
  title: 'Virtual network flow logs',
  product: 'Azure Network Watcher',
  shapes: {
    storage: {
      title: 'Storage: insights-logs-flowlogflowevent',
      rank: 60,
      when: { has: ['flowRecords'], is: ['category', 'FlowLogFlowEvent'] },
      each: 'flowRecords.flows[].flowGroups[].flowTuples[]',
      space: 'azure.vnet-flow',
      key: [],
      tenant: '^.tenantId',
    },
  },
  uniqueKey: false, // tuples have no id: the record's bytes and the place of the tuple are its key
  objects: [{ kind: 'azure-resource', id: lower('^.targetResourceID') }],
  time: first(time(column(0), 'ms'), '^.time'),
  severity: flowSeverity(decision),
  signature: {
    id: concat(literal('vnet-flow.'), decision),
    name: table(decision, { allow: 'Network flow allowed', deny: 'Network flow denied' }),
    category: literal('network'),
    known: ['vnet-flow.allow', 'vnet-flow.deny'],
  },
  fields: {
    ...flowFields,
    'event.type': table(column(7), { D: 'denied', B: 'start', E: 'end' }, literal('connection')),
    'event.action': decision,
    'event.outcome': table(decision, { allow: 'success', deny: 'failure' }),
    'source.ip': column(1),
    'source.port': column(3),
    'destination.ip': column(2),
    'destination.port': column(4),
    'network.transport': table(column(5), transports),
    'network.direction': direction(6),
    'rule.name': '^flowGroups.rule',
    'source.bytes': column(10),
    'source.packets': column(9),
    'destination.bytes': column(12),
    'destination.packets': column(11),
    'network.iana_number': column(5),
    'host.mac': '^.macAddress',
    'network.name': when({ '^.targetResourceID': '*/virtualnetworks/*' }, nameOf('^.targetResourceID')),
    'observer.name': nameOf('^.flowLogResourceID'),
    ...resourceFields('^.targetResourceID'),
    'microsoft.category': '^.category',
    'microsoft.operation': '^.operationName',
    'event.created': '^.time',
    'cloud.provider': literal('azure'),
    'organization.id': '^.tenantId',
    ...exprsOf(own),
  },
  dictionary: definitionsOf(own),
})
