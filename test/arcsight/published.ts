/** A line of a mapping that Microsoft (or, for flow logs, the author of a parser) published. */
export interface Published {
  readonly type: string
  /** Member of the record, as the published table calls it. */
  readonly source: string
  /** ArcSight event field in the published table. */
  readonly published: string
  /** Normalised field of ours that holds it. */
  readonly field: string
  /** Why it goes elsewhere with us; nothing where it goes to the same field. */
  readonly why?: string
}

type Row = readonly [source: string, published: string, field: string, why?: string]

const of = (type: string, rows: readonly Row[]): readonly Published[] =>
  rows.map(([source, published, field, why]) => ({ type, source, published, field, ...(why !== undefined && { why }) }))

const portal = 'links to a portal have one place for all log types, flexString1'
const client = 'the address of the client is the source, as in every log type; dvc is a host'

/** Defender for Cloud Apps, "Generic SIEM integration". */
const agent: readonly Row[] = [
  ['externalId', 'externalId', 'event.id'],
  ['start', 'startTime', 'event.start'],
  ['end', 'endTime', 'event.end'],
  ['msg', 'message', 'message'],
  ['suser', 'sourceUserName', 'user.name'],
  ['destinationServiceName', 'destinationServiceName', 'service.name'],
  ['cs1', 'deviceCustomString1', 'event.url', portal],
  ['cs2', 'deviceCustomString2', 'microsoft.mdca.app_ids'],
  ['cs4', 'deviceCustomString4', 'microsoft.mdca.policy_ids'],
]

const sensor: readonly Row[] = [
  ['start', 'startTime', 'event.start'],
  ['app', 'applicationProtocol', 'network.protocol'],
  ['suser', 'sourceUserName', 'user.name'],
  ['shost', 'sourceHostName', 'source.domain'],
  ['dhost', 'destinationHostName', 'destination.domain'],
  ['outcome', 'eventOutcome', 'event.outcome'],
  ['msg', 'message', 'message'],
  [
    'cnt',
    'baseEventCount',
    'microsoft.sensor.count',
    'a line is one event to us; how often the sensor saw it goes to a custom number',
  ],
  [
    'externalId',
    'externalId',
    'event.code',
    'it is the kind of the alert, not its id: it makes the class id (mdi.2024), and stands in a custom text',
  ],
  ['cs1', 'deviceCustomString1', 'event.url', portal],
]

const machine = 'the machine that was attacked is the device of the event, not its source'

export const published: readonly Published[] = [
  ...of('mdca.activity', [
    ...agent,
    ['cs3', 'deviceCustomString3', 'microsoft.mdca.target_objects'],
    ['requestClientApplication', 'requestClientApplication', 'user_agent.original'],
    ['dvc', 'deviceAddress', 'source.ip', client],
    ['c6a1', 'deviceCustomIPv6Address1', 'source.ip', client],
  ]),
  ...of('mdca.alert', [
    ...agent,
    ['cs3', 'deviceCustomString3', 'microsoft.mdca.related_audits'],
    ['cn1', 'deviceCustomNumber1', 'microsoft.mdca.risk_score'],
    ['src', 'sourceAddress', 'source.ip'],
    ['c6a1', 'deviceCustomIPv6Address1', 'source.ip', client],
  ]),
  ...of('ata.alert', sensor),
  ...of('mdi.alert', [
    ...sensor,
    [
      'cs2',
      'deviceCustomString2',
      'microsoft.sensor.trigger',
      'the first custom texts hold kind and name of the alert',
    ],
    [
      'cs3',
      'deviceCustomString3',
      'microsoft.sensor.source_fqdn',
      'the first custom texts hold kind and name of the alert',
    ],
  ]),
  // "Map Microsoft Defender ATP detections to your SIEM".
  ...of('mde.alert', [
    ['AlertTitle', 'name', 'sb_signature_name'],
    ['Severity', 'deviceSeverity', 'log.level'],
    ['Category', 'deviceEventCategory', 'sb_category'],
    ['AlertTime', 'deviceReceiptTime', 'sb_time'],
    [
      'Source',
      'sourceServiceName',
      'microsoft.alert.detection_source',
      'what detected it is not the service that acted',
    ],
    ['MachineName', 'sourceHostName', 'host.name', machine],
    ['FileName', 'fileName', 'file.name'],
    ['FilePath', 'filePath', 'file.path'],
    ['UserDomain', 'sourceNtDomain', 'user.domain'],
    ['UserName', 'sourceUserName', 'user.name'],
    ['Sha1', 'fileHash', 'file.hash.sha1', 'fileHash holds the SHA-256'],
    [
      'Sha256',
      'deviceCustomString6',
      'file.hash.sha256',
      'it has the field for hashes; the sixth custom text is kept for long ids',
    ],
    ['Md5', 'deviceCustomString5', 'file.hash.md5'],
    ['ThreatName', 'deviceCustomString1', 'threat.software.name'],
    ['IpAddress', 'sourceAddress', 'source.ip'],
    ['Url', 'requestUrl', 'url.original'],
    ['RemediationIsSuccess', 'deviceCustomNumber2', 'microsoft.mde.remediated'],
    ['WasExecutingWhileDetected', 'deviceCustomNumber1', 'microsoft.mde.was_executing'],
    ['AlertId', 'externalId', 'event.id'],
    ['LinkToWDATP', 'flexString1', 'event.url'],
    ['MachineDomain', 'sourceDnsDomain', 'host.domain', machine],
    ['Actor', 'deviceCustomString4', 'threat.group.name'],
    ['LogOnUsers', 'sourceUserId', 'microsoft.mde.logon_users', 'several names are no id of a user'],
  ]),
  // Azure Network Watcher NSG flow logs connector (Microsoft), and a published parser of them for syslog.
  ...of('azure.nsg-flow', [
    ['resourceId', 'deviceExternalId', 'microsoft.resource.id', 'the id of the host has that field in every log type'],
    ['rule', 'deviceCustomString1', 'rule.name'],
    ['mac', 'destinationMacAddress', 'microsoft.flow.mac', 'which side the interface is on, only the direction tells'],
    ['column 0', 'deviceReceiptTime', 'sb_time'],
    ['column 1', 'sourceAddress', 'source.ip'],
    ['column 2', 'destinationAddress', 'destination.ip'],
    ['column 3', 'sourcePort', 'source.port'],
    ['column 4', 'destinationPort', 'destination.port'],
    ['column 5', 'transportProtocol', 'network.transport'],
    ['column 6', 'deviceDirection', 'network.direction'],
    ['column 7', 'deviceAction', 'event.action'],
    ['column 8', 'deviceCustomString2', 'microsoft.flow.state', 'the address of the interface comes before it'],
    ['column 9', 'deviceCustomNumber1', 'source.packets'],
    ['column 11', 'deviceCustomNumber2', 'destination.packets'],
    ['column 10', 'bytesIn', 'source.bytes'],
    ['column 12', 'bytesOut', 'destination.bytes'],
  ]),
]
