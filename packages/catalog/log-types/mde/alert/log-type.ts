import { defineLogType, first, keyword, literal, long, lower, table, text } from '../../../src/build.ts'

/** Microsoft's parser had 1 for true and 0 for false. */
const bit = (selector: string) => table(selector, { true: '1', false: '0' })

/**
 * Detections of the retired SIEM API of Defender for Endpoint (WDATP), as files and stores of it still hold them. Fields, and where Microsoft's
 * own parser for ArcSight put them: "Map Microsoft Defender ATP detections to your SIEM".
 */
export const logType = defineLogType({
  id: 'mde.alert',
  version: 1,
  title: 'Defender for Endpoint detections (SIEM API)',
  product: 'Microsoft Defender ATP',
  shapes: {
    siem: {
      title: 'SIEM API of Defender for Endpoint',
      rank: 71,
      when: { has: ['AlertTitle', 'AlertId', 'AlertTime'], lacks: ['serviceSource|RecordType|Timestamp'] },
      space: 'mde.alert',
      key: ['AlertId'],
      tenant: literal(''),
    },
  },
  uniqueKey: false, // a detection comes again when more of it is seen
  revision: 'LastProcessedTimeUtc',
  objects: [{ kind: 'alert', id: 'AlertId' }],
  time: first('AlertTime', 'LastProcessedTimeUtc'),
  severity: table(
    lower('Severity'),
    { informational: 'informational', low: 'low', medium: 'medium', high: 'high' },
    literal('medium'),
  ),
  signature: {
    id: 'Category',
    name: 'AlertTitle',
    category: 'Category',
    known: [
      'Backdoor',
      'Collection',
      'CommandAndControl',
      'CredentialAccess',
      'DefenseEvasion',
      'Discovery',
      'Execution',
      'Exfiltration',
      'Exploit',
      'General',
      'InitialAccess',
      'LateralMovement',
      'Malware',
      'Persistence',
      'PrivilegeEscalation',
      'Ransomware',
      'SuspiciousActivity',
      'UnwantedSoftware',
    ],
  },
  fields: {
    'event.kind': literal('alert'),
    'event.category': literal('malware'),
    'event.type': literal('indicator'),
    'event.id': 'AlertId',
    'event.url': 'LinkToWDATP',
    // As Microsoft's parser had it: cs1 the threat, cs4 the actor, cs5 the MD5.
    'threat.software.name': 'ThreatName',
    'microsoft.mde.logon_users': 'LogOnUsers',
    'microsoft.alert.detection_source': 'Source',
    'threat.group.name': 'Actor',
    'file.hash.md5': 'Md5',
    'microsoft.mde.was_executing': bit('WasExecutingWhileDetected'),
    'microsoft.mde.remediated': bit('RemediationIsSuccess'),
    'event.ingested': 'LastProcessedTimeUtc',
    'log.level': 'Severity',
    'user.name': 'UserName',
    'user.domain': 'UserDomain',
    'source.ip': 'IpAddress',
    'host.name': first('MachineName', 'ComputerDnsName'),
    'host.domain': 'MachineDomain',
    'host.ip': first('InternalIPv4List', 'InternalIPv6List'),
    'file.name': 'FileName',
    'file.path': 'FilePath',
    'file.hash.sha256': 'Sha256',
    'file.hash.sha1': 'Sha1',
    'url.original': 'Url',
    'microsoft.alert.category': 'Category',
    'host.hostname': 'ComputerDnsName',
    'microsoft.mde.link_to_mtp': 'LinkToMTP',
    'microsoft.incident.url': first('IncidentLinkToMTP', 'IncidentLinkToWDATP'),
    'microsoft.mde.description': 'AlertDescription',
  },
  dictionary: {
    'microsoft.mde.logon_users': keyword('Accounts that were signed in on the machine'),
    'microsoft.mde.was_executing': long('1 where the file ran when it was detected, else 0'),
    'microsoft.mde.remediated': long('1 where it was remediated, else 0'),
    'microsoft.mde.link_to_mtp': keyword('Page of the alert in the Defender portal'),
    'microsoft.mde.description': text('What the detection is about'),
  },
})
