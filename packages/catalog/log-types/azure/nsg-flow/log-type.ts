import { all, concat, defineLogType, first, keyword, literal, lower, table, time } from '../../../src/build.ts'
import { definitionsOf, exprsOf, nameOf, type Own, resourceFields } from '../envelope.ts'
import { column, direction, flowFields, flowSeverity, state } from '../flow.ts'

const decision = table(column(7), { A: 'allow', D: 'deny' })

const own: Own = {
  'microsoft.flow.rule': ['^rules.rule', keyword('Security rule that decided')],
  'microsoft.flow.state': [state(8), keyword('begin, continue, end; absent in version 1')],
  'microsoft.flow.mac': ['^flows.mac', keyword('MAC address of the network interface')],
  'microsoft.flow.system_id': ['^.systemId', keyword('Network security group, as a GUID')],
  'microsoft.flow.version': ['^.properties.Version', keyword('Version of the tuples')],
}

/** AZDOCS network-watcher nsg-flow-logs-overview.md, versions 1 and 2: one event a tuple. */
export const logType = defineLogType({
  id: 'azure.nsg-flow',
  version: 1,
  title: 'Network security group flow logs',
  product: 'Azure Network Watcher',
  shapes: {
    storage: {
      title: 'Storage: insights-logs-networksecuritygroupflowevent',
      rank: 60,
      when: { has: ['category', 'properties'], is: ['category', 'NetworkSecurityGroupFlowEvent'] },
      // Both lists are called `flows`: the alias gives the outer one a name of its own, so that `^` can tell them
      // apart.
      each: 'properties.rules|flows[].flows[].flowTuples[]',
      space: 'azure.nsg-flow',
      key: [],
      tenant: '^.tenantId',
    },
  },
  uniqueKey: false, // tuples have no id: the record's bytes and the place of the tuple are its key
  objects: [{ kind: 'azure-resource', id: lower('^.resourceId') }],
  time: first(time(column(0), 's'), '^.time'),
  severity: flowSeverity(decision),
  signature: {
    id: concat(literal('nsg-flow.'), decision),
    name: table(decision, { allow: 'Network flow allowed', deny: 'Network flow denied' }),
    category: literal('network'),
    known: ['nsg-flow.allow', 'nsg-flow.deny'],
  },
  fields: {
    ...flowFields,
    'event.type': table(decision, { allow: 'allowed', deny: 'denied' }, literal('connection')),
    'event.action': decision,
    'event.outcome': table(decision, { allow: 'success', deny: 'failure' }, literal('unknown')),
    'source.ip': column(1),
    'source.port': column(3),
    'destination.ip': column(2),
    'destination.port': column(4),
    'network.transport': table(column(5), { T: 'tcp', U: 'udp' }),
    'network.direction': direction(6),
    'rule.name': '^rules.rule',
    'source.bytes': column(10),
    'source.packets': column(9),
    'destination.bytes': column(12),
    'destination.packets': column(11),
    'host.mac': all('^flows.mac', '^.macAddress'),
    'observer.name': nameOf('^.resourceId'),
    'observer.type': literal('firewall'),
    ...resourceFields('^.resourceId'),
    'microsoft.category': '^.category',
    'microsoft.operation': '^.operationName',
    'event.created': '^.time',
    'cloud.provider': literal('azure'),
    'organization.id': '^.tenantId',
    ...exprsOf(own),
  },
  dictionary: definitionsOf(own),
})
