import {
  all,
  boolean,
  concat,
  defineLogType,
  first,
  float,
  ip,
  keyword,
  keywords,
  literal,
  lower,
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
  httpOutcome,
  nameOf,
  type Own,
  p,
  tenantOfLog,
  timeOfLog,
} from '../envelope.ts'
import { blocked, waf, wafOutcome, wafSeverity } from '../web.ts'

const firewall = 'FrontDoorWebApplicationFirewallLog'
const probe = 'FrontDoorHealthProbeLog'

/** Classic names differ from today's in one letter's case only, and case is folded. */
const kind = table('category', { FrontDoorAccessLog: 'access', [firewall]: 'firewall', [probe]: 'health-probe' })

/** The log of probes holds failed ones, and says so in `result`, not in the status. */
const outcome = when(
  { category: firewall },
  wafOutcome,
  when(
    { category: probe },
    table(first(p('result')), { success: 'success' }, literal('failure')),
    httpOutcome(p('httpStatusCode')),
  ),
)

const own: Own = {
  'microsoft.front_door.endpoint': [p('endpoint'), keyword('Endpoint')],
  'microsoft.front_door.route': [first(p('routeName'), p('routingRuleName')), keyword('Route or routing rule')],
  'microsoft.front_door.pop': [p('pop'), keyword('Edge that answered')],
  'microsoft.front_door.cache_status': [p('cacheStatus'), keyword('HIT, MISS, PARTIAL_HIT…')],
  'microsoft.front_door.error': [p('errorInfo'), keyword('Reason of an error')],
  'microsoft.front_door.status_details': [p('httpStatusDetails'), keyword('Status in detail (classic)')],
  'microsoft.front_door.origin_url': [p('originUrl'), keyword('URL at the origin')],
  'microsoft.front_door.origin_name': [first(p('originName'), p('backendHostname')), keyword('Origin')],
  'microsoft.front_door.rules': [
    all(p('matchedRulesSetName[]'), p('rulesEngineMatchNames[]')),
    keywords('Rule sets that applied'),
  ],
  'microsoft.front_door.client_country': [p('clientCountry'), keyword('Country of the client')],
  'microsoft.front_door.domain': [p('domain'), keyword('Domain of the endpoint')],
  'microsoft.front_door.host': [p('host'), keyword('Host of the request that the firewall looked at')],
  'microsoft.front_door.socket_ip': [p('socketIp'), keyword('Address of the connection to the edge')],
  'microsoft.front_door.sni': [p('sni'), keyword('Server name in the TLS handshake')],
  'microsoft.front_door.curves': [p('securityCurves'), keyword('TLS curves')],
  'microsoft.front_door.from_client': [
    p('isReceivedFromClient'),
    boolean('The request came from the client, not from another edge'),
  ],
  'microsoft.front_door.from_shield': [p('isSentToOriginShield'), boolean('Answered by the origin shield')],
  'microsoft.front_door.time_taken': [p('timeTaken'), float('Time of the request, as the log writes it')],
  'microsoft.front_door.time_to_first_byte': [
    p('timeToFirstByte'),
    float('Time to the first byte, as the log writes it'),
  ],
  'microsoft.front_door.result': [p('result'), keyword('Result of the probe')],
  'microsoft.front_door.probe_id': [p('healthProbeId'), keyword('Probe')],
  'microsoft.front_door.probe_url': [p('probeURL'), keyword('URL that was probed')],
  'microsoft.front_door.total_latency_ms': [p('totalLatencyMilliseconds'), float('Latency of the probe, milliseconds')],
  'microsoft.front_door.connection_latency_ms': [
    p('connectionLatencyMilliseconds'),
    float('Time to connect, milliseconds'),
  ],
  'microsoft.front_door.dns_latency_us': [p('DNSLatencyMicroseconds'), float('Time to resolve the name, microseconds')],
}

/** AZDOCS front-door-diagnostics.md, both tiers; waf-front-door-monitor.md. */
export const logType = defineLogType({
  id: 'azure.front-door',
  version: 1,
  title: 'Azure Front Door: access, web application firewall, health probes',
  product: 'Azure Front Door',
  shapes: {
    diagnostic: {
      title: 'Diagnostic settings: Event Hub or Storage',
      rank: 60,
      when: { has: ['category', 'properties'], is: ['category', 'FrontDoorAccessLog', firewall, probe] },
      space: 'azure.front-door',
      key: [],
      tenant: tenantOfLog,
    },
  },
  uniqueKey: false, // trackingReference is one per request, and an edge and its parent both log it
  objects: [{ kind: 'azure-resource', id: lower('resourceId') }],
  time: timeOfLog,
  severity: when(
    { category: firewall },
    first(wafSeverity, literal('medium')),
    when({ category: probe }, literal('low'), literal('informational')),
  ),
  signature: {
    id: concat(
      literal('front-door.'),
      kind,
      first(when({ category: firewall }, concat(literal('.'), blocked)), literal('')),
    ),
    name: table(kind, {
      access: 'Web request',
      firewall: 'Web application firewall rule',
      'health-probe': 'Origin health probe failed',
    }),
    category: kind,
    known: [
      'front-door.access',
      'front-door.health-probe',
      ...['denied', 'allowed', 'info'].map((d) => `front-door.firewall.${d}`),
    ],
  },
  fields: {
    'event.kind': table('category', { [firewall]: 'alert' }, literal('event')),
    'event.category': table('category', { [firewall]: 'intrusion_detection' }, literal('web')),
    'event.type': first(
      when({ category: firewall }, blocked),
      table('category', { [probe]: 'error' }, literal('access')),
    ),
    'event.action': first(p('action'), 'operationName'),
    'event.outcome': outcome,
    'source.ip': first(ip(p('clientIp')), ip('callerIpAddress')),
    'source.port': p('clientPort'),
    'url.original': first(p('requestUri'), p('probeURL')),
    'destination.domain': first(p('hostName'), p('host'), p('originName')),
    'http.request.method': first(p('httpMethod'), p('httpVerb')),
    'http.response.status_code': p('httpStatusCode'),
    'user_agent.original': p('userAgent'),
    'rule.name': p('ruleName'),
    ...exprsOf(waf),
    ...envelopeFields,
    'destination.ip': ip(p('originIp')),
    'destination.port': when({ [p('originIp')]: '*:*' }, port(p('originIp'))),
    'source.bytes': p('requestBytes'),
    'destination.bytes': p('responseBytes'),
    'http.version': p('httpVersion'),
    'http.request.referrer': first(p('referrer'), p('referer')),
    'network.protocol': lower(p('requestProtocol')),
    'tls.version': strip(strip(p('securityProtocol'), 'TLSv'), 'TLS '),
    'tls.cipher': p('securityCipher'),
    'observer.name': nameOf('resourceId'),
    'observer.type': literal('proxy'),
    ...exprsOf(own),
    'microsoft.properties': 'properties~',
  },
  dictionary: { ...definitionsOf(waf), ...definitionsOf(own), ...envelopeDictionary },
})
