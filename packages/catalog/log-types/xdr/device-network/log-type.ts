import { defineLogType, first, keyword, literal, lower, part, table, when } from '../../../src/build.ts'
import type { Expr } from '../../../src/model.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import { container, deviceKey, envelope, envelopeFields, hostFields, streaming, timeOfRow } from '../common.ts'
import { actorFields, initiating, userOfActor } from '../process.ts'

const own: Own = {
  'microsoft.device_network.local_ip_type': ['LocalIPType', keyword('Public, Private, Loopback…')],
  'microsoft.device_network.remote_ip_type': ['RemoteIPType', keyword('Public, Private, Loopback…')],
  ...initiating,
  ...container,
  ...envelope,
}

const names = {
  ConnectionSuccess: 'Connection succeeded',
  ConnectionFailed: 'Connection failed',
  ConnectionRequest: 'Connection requested',
  ConnectionAttempt: 'Connection attempted',
  ConnectionAcknowledged: 'Connection acknowledged',
  ConnectionFound: 'Connection found',
  InboundConnectionAccepted: 'Inbound connection accepted',
  InboundConnectionAttempt: 'Inbound connection attempted',
  InboundConnectionBlocked: 'Inbound connection blocked',
  InboundInternetScanInspected: 'Scan from the internet',
  ListeningConnectionCreated: 'Port opened for listening',
  NetworkSignatureInspected: 'Network signature inspected',
  DnsConnectionInspected: 'DNS connection inspected',
  FtpConnectionInspected: 'FTP connection inspected',
  HttpConnectionInspected: 'HTTP connection inspected',
  IcmpConnectionInspected: 'ICMP connection inspected',
  NtlmAuthenticationInspected: 'NTLM authentication inspected',
  SmtpConnectionInspected: 'SMTP connection inspected',
  SshConnectionInspected: 'SSH connection inspected',
  SslConnectionInspected: 'TLS connection inspected',
}

const inbound = { ActionType: 'Inbound*' }
/** What is remote began the inbound connections, and was called by all others. */
const source = (local: string, remote: string): Expr => when(inbound, remote, local)
const destination = (local: string, remote: string): Expr => when(inbound, local, remote)

/** RemoteUrl is a URL or a bare host name. */
const remoteHost = first(
  when({ RemoteUrl: '*://*' }, part(part('RemoteUrl', '/', 2), ':', 0), part(part('RemoteUrl', '/', 0), ':', 0)),
)

/** Advanced hunting table DeviceNetworkEvents. */
export const logType = defineLogType({
  id: 'xdr.device-network',
  version: 1,
  title: 'Defender XDR streaming: network connections of devices',
  product: 'Microsoft Defender XDR',
  shapes: { streaming: streaming('DeviceNetworkEvents', deviceKey) },
  uniqueKey: false,
  objects: [{ kind: 'device', id: 'DeviceId' }],
  time: timeOfRow,
  severity: literal('informational'),
  signature: {
    id: 'ActionType',
    name: table('ActionType', names),
    category: literal('network'),
    known: Object.keys(names),
  },
  fields: {
    'event.kind': literal('event'),
    'event.category': literal('network'),
    'event.type': table(
      'ActionType',
      { ConnectionSuccess: 'allowed', InboundConnectionAccepted: 'allowed', InboundConnectionBlocked: 'denied' },
      literal('connection'),
    ),
    'event.action': 'ActionType',
    'event.outcome': table(
      'ActionType',
      {
        ConnectionSuccess: 'success',
        ConnectionAcknowledged: 'success',
        ConnectionFound: 'success',
        InboundConnectionAccepted: 'success',
        ListeningConnectionCreated: 'success',
        ConnectionFailed: 'failure',
        InboundConnectionBlocked: 'failure',
      },
      literal('unknown'),
    ),
    'source.ip': source('LocalIP', 'RemoteIP'),
    'source.port': source('LocalPort', 'RemotePort'),
    'destination.ip': destination('LocalIP', 'RemoteIP'),
    'destination.port': destination('LocalPort', 'RemotePort'),
    'destination.domain': when(inbound, 'DeviceName', remoteHost),
    'source.domain': when(inbound, remoteHost),
    'network.direction': when(inbound, literal('inbound'), literal('outbound')),
    'network.transport': table(lower('Protocol'), { tcpv4: 'tcp', tcpv6: 'tcp', udpv4: 'udp', udpv6: 'udp' }),
    'url.original': 'RemoteUrl',
    ...hostFields,
    'host.ip': 'LocalIP',
    ...userOfActor,
    ...actorFields,
    'event.id': 'ReportId',
    ...exprsOf(own),
    ...envelopeFields,
  },
  dictionary: definitionsOf(own),
})
