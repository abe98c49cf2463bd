import {
  boolean,
  concat,
  defineLogType,
  first,
  float,
  ip,
  keyword,
  literal,
  long,
  lower,
  part,
  port,
  strip,
  table,
  text,
  when,
} from '../../../src/build.ts'
import type { Expr } from '../../../src/model.ts'
import {
  definitionsOf,
  envelopeDictionary,
  envelopeFields,
  exprsOf,
  nameOf,
  type Own,
  p,
  tenantOfLog,
  timeOfLog,
} from '../envelope.ts'
import { message } from './messages.ts'

const either = (path: string, piece: string): Expr => first(p(path), message(piece))

const applicationRule = ['AzureFirewallApplicationRule', 'AZFWApplicationRule', 'AZFWApplicationRuleAggregation']
const natRule = ['AZFWNatRule', 'AZFWNatRuleAggregation']
const dns = ['AzureFirewallDnsProxy', 'AZFWDnsQuery']

/** Which engine of the firewall speaks; the legacy network category carries those of three. */
const engine = when(
  { [p('msg')]: '*ThreatIntel:*' },
  literal('threat-intel'),
  when(
    { [p('msg')]: '*Signature:*IDS:*' },
    literal('idps'),
    when(
      { [p('msg')]: "*was DNAT'ed to*" },
      literal('nat'),
      table('category', {
        AzureFirewallNetworkRule: 'network',
        AZFWNetworkRule: 'network',
        AZFWNetworkRuleAggregation: 'network',
        AzureFirewallApplicationRule: 'application',
        AZFWApplicationRule: 'application',
        AZFWApplicationRuleAggregation: 'application',
        AZFWNatRule: 'nat',
        AZFWNatRuleAggregation: 'nat',
        AZFWThreatIntel: 'threat-intel',
        AZFWIdpsSignature: 'idps',
        AzureFirewallDnsProxy: 'dns',
        AZFWDnsQuery: 'dns',
        AZFWFqdnResolveFailure: 'fqdn-failure',
        AZFWInternalFqdnResolutionFailure: 'fqdn-failure',
        AZFWFatFlow: 'fat-flow',
        AZFWFlowTrace: 'flow-trace',
      }),
    ),
  ),
)

/** Messages end the action with one dot or two. */
const action = first(
  p('Action'),
  strip(message('action'), '', '.'),
  when({ category: natRule }, literal('DNAT'), when({ [p('msg')]: "*was DNAT'ed to*" }, literal('DNAT'))),
)
const verdict = table(
  action,
  {
    Allow: 'allow',
    Deny: 'deny',
    Drop: 'deny',
    Reject: 'deny',
    Reset: 'deny',
    'alert and deny': 'deny',
    Alert: 'alert',
    DNAT: 'allow',
  },
  literal('none'),
)
const decision = first(verdict, literal('none'))

const protocol = first(p('Protocol'), message('proto'), message('transport'))

/**
 * IDPS counts 1 as the worst (learn.microsoft.com/azure/firewall/premium-features); a known bad peer is always grave.
 */
const grade = table(
  either('Severity', 'priority'),
  { 1: 'high', 2: 'medium', 3: 'low', High: 'high', Medium: 'medium', Low: 'low' },
  literal('medium'),
)
const severity = first(
  when({ category: 'AZFWIdpsSignature' }, grade, when({ [p('msg')]: '*Signature:*IDS:*' }, grade)),
  when({ category: 'AZFWThreatIntel' }, literal('high'), when({ [p('msg')]: '*ThreatIntel:*' }, literal('high'))),
  table(decision, { deny: 'low' }, literal('informational')),
)

const own: Own = {
  'microsoft.firewall.engine': [
    engine,
    keyword('network, application, nat, threat-intel, idps, dns, fqdn-failure, fat-flow or flow-trace'),
  ],
  'microsoft.firewall.policy': [either('Policy', 'policy'), keyword('Firewall policy')],
  'microsoft.firewall.rule_collection_group': [
    either('RuleCollectionGroup', 'group'),
    keyword('Rule collection group'),
  ],
  'microsoft.firewall.web_category': [either('WebCategory', 'web'), keyword('Category of the web site')],
  'microsoft.firewall.icmp_type': [message('icmp'), keyword('ICMP type')],
  'microsoft.firewall.tls_inspected': [p('IsTlsInspected'), boolean('TLS was opened')],
  'microsoft.firewall.explicit_proxy': [
    p('IsExplicitProxyRequest'),
    boolean('The client spoke to the firewall as a proxy'),
  ],
  'microsoft.firewall.idps_severity': [
    either('Severity', 'priority'),
    keyword('Severity of the signature: 1 is the worst'),
  ],
  'microsoft.firewall.flag': [p('Flag'), keyword('TCP flag of the traced packet')],
  'microsoft.firewall.flow_rate': [p('FlowRate'), float('Rate of the flow, Mbit/s')],
  'microsoft.firewall.server': [p('ServerIp'), keyword('DNS server that was asked')],
  'microsoft.firewall.server_port': [p('ServerPort'), keyword('Port of the DNS server')],
  'microsoft.firewall.dns.flags': [either('ResponseFlags', 'flags'), keyword('Flags of the answer')],
  'microsoft.firewall.dns.dnssec': [either('DnssecOkBit', 'dnssec'), boolean('The client asked for DNSSEC')],
  'microsoft.firewall.dns.buffer_size': [
    first(p('EDNS0BufferSize'), p('DnssecBufferSize'), message('buffer')),
    long('EDNS buffer, bytes'),
  ],
  'microsoft.firewall.dns.seconds': [either('RequestDurationSecs', 'seconds'), float('Time to answer, seconds')],
  'microsoft.firewall.count': [
    first(p('ApplicationRuleCount'), p('NetworkRuleCount'), p('NatRuleCount')),
    long('Hits within the interval of the aggregation'),
  ],
  'microsoft.firewall.message': [p('msg'), text('Message of a legacy category')],
}

/**
 * Structured categories (learn.microsoft.com/azure/firewall/monitor-firewall-reference) and the free text before them.
 */
export const logType = defineLogType({
  id: 'azure.firewall',
  version: 1,
  title: 'Azure Firewall',
  product: 'Azure Firewall',
  shapes: {
    structured: {
      title: 'Diagnostic settings, structured categories',
      rank: 60,
      when: {
        has: ['category', 'properties'],
        is: [
          'category',
          'AZFWNetworkRule',
          'AZFWApplicationRule',
          'AZFWNatRule',
          'AZFWThreatIntel',
          'AZFWIdpsSignature',
          'AZFWDnsQuery',
          'AZFWFqdnResolveFailure',
          'AZFWInternalFqdnResolutionFailure',
          'AZFWFatFlow',
          'AZFWFlowTrace',
          'AZFWApplicationRuleAggregation',
          'AZFWNetworkRuleAggregation',
          'AZFWNatRuleAggregation',
        ],
      },
      space: 'azure.firewall',
      key: [],
      tenant: tenantOfLog,
    },
    legacy: {
      title: 'Diagnostic settings, categories with a message',
      rank: 60,
      when: {
        has: ['category', 'properties'],
        is: ['category', 'AzureFirewallNetworkRule', 'AzureFirewallApplicationRule', 'AzureFirewallDnsProxy'],
      },
      space: 'azure.firewall',
      key: [],
      tenant: tenantOfLog,
    },
  },
  uniqueKey: false, // firewall records have no id
  objects: [{ kind: 'azure-resource', id: lower('resourceId') }],
  time: timeOfLog,
  severity,
  signature: {
    id: concat(literal('firewall.'), engine, literal('.'), decision),
    name: concat(
      table(engine, {
        network: 'Firewall network rule',
        application: 'Firewall application rule',
        nat: 'Firewall address translation',
        'threat-intel': 'Firewall threat intelligence',
        idps: 'Firewall intrusion signature',
        dns: 'Firewall DNS query',
        'fqdn-failure': 'Firewall could not resolve a name',
        'fat-flow': 'Firewall top flow',
        'flow-trace': 'Firewall flow trace',
      }),
      first(table(decision, { allow: ': allowed', deny: ': denied', alert: ': alert', none: '' }), literal('')),
    ),
    category: engine,
    known: [
      ...['network', 'application', 'nat', 'threat-intel', 'idps'].flatMap((e) =>
        ['allow', 'deny', 'alert', 'none'].map((d) => `firewall.${e}.${d}`),
      ),
      ...['dns', 'fqdn-failure', 'fat-flow', 'flow-trace'].map((e) => `firewall.${e}.none`),
    ],
  },
  fields: {
    'event.kind': table(engine, { 'threat-intel': 'alert', idps: 'alert' }, literal('event')),
    'event.category': table(
      engine,
      { 'threat-intel': 'intrusion_detection', idps: 'intrusion_detection' },
      literal('network'),
    ),
    'event.type': table(
      decision,
      { allow: 'allowed', deny: 'denied' },
      when({ category: dns }, literal('protocol'), literal('info')),
    ),
    'event.action': action,
    'event.outcome': when(
      { category: dns },
      first(table(either('ResponseCode', 'rcode'), { NOERROR: 'success' }, literal('failure')), literal('failure')),
      table(decision, { allow: 'success', deny: 'failure' }, literal('unknown')),
    ),
    'source.ip': first(p('SourceIp'), ip(strip(message('src'), '', ':'))),
    'source.port': first(p('SourcePort'), port(message('src'))),
    'destination.ip': first(p('DestinationIp'), ip(strip(message('dst'), '', ':'))),
    'destination.port': first(p('DestinationPort'), port(message('dst')), part(message('dst'), ':', -1)),
    'destination.domain': first(
      p('Fqdn'),
      when(
        { category: applicationRule },
        part(message('dst'), ':', 0),
        when({ [p('msg')]: '*. Url: *' }, part(message('dst'), ':', 0)),
      ),
    ),
    'network.transport': lower(
      table(protocol, { HTTP: 'tcp', HTTPS: 'tcp', MSSQL: 'tcp', ICMPv4: 'icmp', ICMPv6: 'ipv6-icmp' }),
    ),
    'network.protocol': when({ category: applicationRule }, lower(protocol), when({ category: dns }, literal('dns'))),
    'rule.name': first(
      either('Rule', 'rule'),
      message('ids'),
      p('Description'),
      message('threat'),
      p('ThreatDescription'),
    ),
    'rule.ruleset': either('RuleCollection', 'collection'),
    'rule.id': either('SignatureId', 'signature'),
    'rule.category': first(p('Category'), message('classification')),
    'rule.description': first(p('ThreatDescription'), p('Description'), message('threat')),
    'destination.nat.ip': first(p('TranslatedIp'), ip(message('nat'))),
    'destination.nat.port': first(p('TranslatedPort'), port(message('nat'))),
    'url.original': either('TargetUrl', 'url'),
    'dns.question.name': strip(either('QueryName', 'qname'), '', '.'),
    'dns.question.type': either('QueryType', 'qtype'),
    'dns.question.class': either('QueryClass', 'qclass'),
    'dns.response_code': either('ResponseCode', 'rcode'),
    'dns.id': either('QueryId', 'dnsId'),
    'source.bytes': either('RequestSize', 'size'),
    'destination.bytes': either('ResponseSize', 'answer'),
    'error.code': either('ErrorNumber', 'errno'),
    'error.message': first(p('ErrorMessage'), p('Error'), message('error')),
    ...envelopeFields,
    'event.reason': first(p('ActionReason'), message('reason'), 'resultDescription'),
    'observer.name': nameOf('resourceId'),
    'observer.type': literal('firewall'),
    'observer.vendor': literal('Microsoft'),
    'observer.product': literal('Azure Firewall'),
    ...exprsOf(own),
    'microsoft.properties': 'properties~',
  },
  dictionary: { ...definitionsOf(own), ...envelopeDictionary },
})
