import {
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
  when,
} from '../../../src/build.ts'
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
import { blocked, waf, wafSeverity, webOutcome } from '../web.ts'

const firewall = ['ApplicationGatewayFirewallLog']
const performance = 'ApplicationGatewayPerformanceLog'

const kind = table('category', {
  ApplicationGatewayAccessLog: 'access',
  ApplicationGatewayFirewallLog: 'firewall',
  ApplicationGatewayPerformanceLog: 'performance',
})

const own: Own = {
  'microsoft.application_gateway.instance': [p('instanceId'), keyword('Instance of the gateway')],
  'microsoft.application_gateway.listener': [first('listenerName', p('listenerName')), keyword('Listener')],
  'microsoft.application_gateway.rule': [first('ruleName', p('ruleName')), keyword('Routing rule')],
  'microsoft.application_gateway.backend_pool': [
    first('backendPoolName', p('backendPoolName')),
    keyword('Backend pool'),
  ],
  'microsoft.application_gateway.backend_setting': [
    first('backendSettingName', p('backendSettingName')),
    keyword('Backend setting'),
  ],
  'microsoft.application_gateway.server': [p('serverRouted'), keyword('Backend that the request went to')],
  'microsoft.application_gateway.server_status': [p('serverStatus'), long('HTTP status of the backend')],
  'microsoft.application_gateway.server_latency': [p('serverResponseLatency'), float('Time of the backend, seconds')],
  'microsoft.application_gateway.time_taken': [
    p('timeTaken'),
    float('Time of the request: seconds (v2), milliseconds (v1)'),
  ],
  'microsoft.application_gateway.client_response_time': [
    p('clientResponseTime'),
    float('From first to last byte to the client, seconds'),
  ],
  'microsoft.application_gateway.waf_time': [p('WAFEvaluationTime'), float('Time of the firewall, seconds')],
  'microsoft.application_gateway.error': [p('error_info'), keyword('Reason of a 4xx or 5xx')],
  'microsoft.application_gateway.host': [p('host'), keyword('Host that the backend was asked for')],
  'microsoft.application_gateway.request_query': [p('requestQuery'), keyword('Query, or routing facts (v1)')],
  'microsoft.application_gateway.content_type': [p('contentType'), keyword('Content type')],
  'microsoft.application_gateway.tls_enabled': [p('sslEnabled'), keyword('on or off: TLS to the client')],
  'microsoft.application_gateway.client_certificate.verified': [
    p('sslClientVerify'),
    keyword('SUCCESS, FAILED or NONE'),
  ],
  'microsoft.application_gateway.client_certificate.fingerprint': [
    p('sslClientCertificateFingerprint'),
    keyword('SHA-1 of the certificate of the client'),
  ],
  'microsoft.application_gateway.client_certificate.issuer': [
    p('sslClientCertificateIssuerName'),
    keyword('Issuer of the certificate of the client'),
  ],
  'microsoft.application_gateway.upstream_port': [
    p('upstreamSourcePort'),
    keyword('Port of the gateway towards the backend'),
  ],
  'microsoft.application_gateway.connection_serial': [p('connectionSerialNumber'), keyword('Number of the connection')],
  'microsoft.application_gateway.connection_requests': [
    p('noOfConnectionRequests'),
    long('Requests on the connection'),
  ],
  'microsoft.waf.site': [p('site'), keyword('Site that the firewall guards')],
  'microsoft.waf.policy_scope': [p('policyScope'), keyword('Global, Listener or Location')],
  'microsoft.waf.policy_scope_name': [p('policyScopeName'), keyword('Name of the scope')],
  'microsoft.waf.engine': [p('engine'), keyword('Engine of the firewall')],
  'microsoft.waf.file': [p('details.file'), keyword('File of the rule')],
  'microsoft.waf.line': [p('details.line'), keyword('Line of the rule')],
  'microsoft.application_gateway.healthy_hosts': [p('healthyHostCount'), long('Healthy hosts')],
  'microsoft.application_gateway.unhealthy_hosts': [p('unHealthyHostCount'), long('Unhealthy hosts')],
  'microsoft.application_gateway.requests': [p('requestCount'), long('Requests')],
  'microsoft.application_gateway.failed_requests': [p('failedRequestCount'), long('Failed requests')],
  'microsoft.application_gateway.latency_ms': [p('latency'), float('Average latency, milliseconds')],
  'microsoft.application_gateway.throughput': [p('throughput'), float('Bytes a second')],
}

/** AZDOCS application-gateway-diagnostics.md. */
export const logType = defineLogType({
  id: 'azure.application-gateway',
  version: 1,
  title: 'Azure Application Gateway: access, web application firewall, performance',
  product: 'Azure Application Gateway',
  shapes: {
    diagnostic: {
      title: 'Diagnostic settings: Event Hub or Storage',
      rank: 60,
      when: {
        has: ['category', 'properties'],
        is: [
          'category',
          'ApplicationGatewayAccessLog',
          'ApplicationGatewayFirewallLog',
          'ApplicationGatewayPerformanceLog',
        ],
      },
      space: 'azure.application-gateway',
      key: [],
      tenant: tenantOfLog,
    },
  },
  uniqueKey: false, // one transactionId has many firewall records
  objects: [{ kind: 'azure-resource', id: lower('resourceId') }],
  time: timeOfLog,
  severity: when({ category: firewall }, first(wafSeverity, literal('medium')), literal('informational')),
  signature: {
    id: concat(
      literal('application-gateway.'),
      kind,
      first(when({ category: firewall }, concat(literal('.'), blocked)), literal('')),
    ),
    name: table(kind, {
      access: 'Web request',
      firewall: 'Web application firewall rule',
      performance: 'Application Gateway performance',
    }),
    category: kind,
    known: [
      'application-gateway.access',
      'application-gateway.performance',
      ...['denied', 'allowed', 'info'].map((d) => `application-gateway.firewall.${d}`),
    ],
  },
  fields: {
    'event.kind': table(
      'category',
      { [performance]: 'metric', ApplicationGatewayFirewallLog: 'alert' },
      literal('event'),
    ),
    'event.category': table('category', { ApplicationGatewayFirewallLog: 'intrusion_detection' }, literal('web')),
    'event.type': first(
      when({ category: firewall }, blocked),
      table('category', { [performance]: 'info' }, literal('access')),
    ),
    'event.action': first(p('action'), 'operationName'),
    'event.outcome': webOutcome(firewall, p('httpStatus')),
    'source.ip': first(ip(p('clientIP')), ip('callerIpAddress')),
    'source.port': first(p('clientPort'), when({ [p('clientIP')]: '*:*' }, port(p('clientIP')))),
    'destination.domain': first(p('originalHost'), p('host'), part(p('hostname'), ':', 0)),
    'http.request.method': p('httpMethod'),
    'url.original': first(p('originalRequestUriWithArgs'), p('requestUri')),
    'url.path': part(p('requestUri'), '?', 0),
    'url.query': part(p('requestUri'), '?', 1),
    'http.response.status_code': p('httpStatus'),
    'user_agent.original': p('userAgent'),
    'rule.id': p('ruleId'),
    'rule.name': p('message'),
    'rule.ruleset': p('ruleSetType'),
    'rule.version': p('ruleSetVersion'),
    'rule.category': p('ruleGroup'),
    ...exprsOf(waf),
    ...envelopeFields,
    'destination.ip': ip(p('serverRouted')),
    'destination.port': when({ [p('serverRouted')]: '*:*' }, port(p('serverRouted'))),
    'source.bytes': p('receivedBytes'),
    'destination.bytes': p('sentBytes'),
    'http.version': strip(p('httpVersion'), 'HTTP/'),
    'tls.version': strip(p('sslProtocol'), 'TLSv'),
    'tls.cipher': p('sslCipher'),
    'observer.name': nameOf('resourceId'),
    'observer.type': literal('proxy'),
    'microsoft.waf.hostname': p('hostname'),
    ...exprsOf(own),
    'microsoft.properties': 'properties~',
  },
  dictionary: {
    ...definitionsOf(waf),
    ...definitionsOf(own),
    'microsoft.waf.hostname': keyword('Host of the request, with port'),
    ...envelopeDictionary,
  },
})
