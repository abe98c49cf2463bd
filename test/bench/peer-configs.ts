/**
 * What rsyslog and syslog-ng are asked to do: read a file of JSON records, parse each, choose one of six templates by the type and
 * write CEF-like lines. The templates copy fields only: no escaping, no times in milliseconds, no empty pairs left out, for
 * neither program has those.
 */
interface Mapping {
  readonly kind: string
  /** A member that only this type has, and its value where that matters. */
  readonly has: string
  readonly is?: string
  readonly name: string
  readonly fields: readonly (readonly [key: string, path: string])[]
}

const mappings: readonly Mapping[] = [
  {
    kind: 'exchange',
    has: 'Workload',
    is: 'Exchange',
    name: 'Operation',
    fields: [
      ['rt', 'CreationTime'],
      ['cat', 'Workload'],
      ['act', 'Operation'],
      ['outcome', 'ResultStatus'],
      ['suser', 'UserId'],
      ['src', 'ClientIP'],
      ['cs1', 'ObjectId'],
      ['cs2', 'OrganizationName'],
      ['cs3', 'OriginatingServer'],
      ['cs4', 'UserKey'],
      ['cs5', 'AppId'],
      ['cn1', 'RecordType'],
      ['spriv', 'UserType'],
      ['dvchost', 'DeviceId'],
      ['externalId', 'Id'],
    ],
  },
  {
    kind: 'sharepoint',
    has: 'ListItemUniqueId',
    name: 'Operation',
    fields: [
      ['rt', 'CreationTime'],
      ['cat', 'Workload'],
      ['act', 'Operation'],
      ['suser', 'UserId'],
      ['src', 'ClientIP'],
      ['request', 'ObjectId'],
      ['fname', 'SourceFileName'],
      ['filePath', 'SourceRelativeUrl'],
      ['fileType', 'ItemType'],
      ['requestClientApplication', 'UserAgent'],
      ['cs1', 'SiteUrl'],
      ['cs2', 'ApplicationDisplayName'],
      ['cs3', 'GeoLocation'],
      ['cs4', 'MachineId'],
      ['cn1', 'RecordType'],
      ['externalId', 'Id'],
    ],
  },
  {
    kind: 'alert',
    has: 'providerAlertId',
    name: 'title',
    fields: [
      ['rt', 'createdDateTime'],
      ['cat', 'category'],
      ['msg', 'description'],
      ['reason', 'recommendedActions'],
      ['deviceSeverity', 'severity'],
      ['start', 'firstActivityDateTime'],
      ['end', 'lastActivityDateTime'],
      ['cs1', 'incidentId'],
      ['cs2', 'detectionSource'],
      ['cs3', 'productName'],
      ['cs4', 'detectorId'],
      ['cs5', 'status'],
      ['flexString1', 'alertWebUrl'],
      ['destinationServiceName', 'serviceSource'],
      ['externalId', 'id'],
    ],
  },
  {
    kind: 'audit',
    has: 'activityDisplayName',
    name: 'activityDisplayName',
    fields: [
      ['rt', 'activityDateTime'],
      ['cat', 'category'],
      ['act', 'activityDisplayName'],
      ['outcome', 'result'],
      ['reason', 'resultReason'],
      ['suser', 'initiatedBy.user.userPrincipalName'],
      ['suid', 'initiatedBy.user.id'],
      ['src', 'initiatedBy.user.ipAddress'],
      ['spriv', 'initiatedBy.user.userType'],
      ['cs1', 'operationType'],
      ['cs2', 'correlationId'],
      ['cs3', 'initiatedBy.user.displayName'],
      ['cs4', 'initiatedBy.user.homeTenantName'],
      ['destinationServiceName', 'loggedByService'],
      ['externalId', 'id'],
    ],
  },
  {
    kind: 'activity',
    has: 'operationName',
    name: 'operationName',
    fields: [
      ['rt', 'time'],
      ['cat', 'category'],
      ['act', 'operationName'],
      ['outcome', 'resultType'],
      ['reason', 'resultSignature'],
      ['suser', 'identity.claims.name'],
      ['spriv', 'identity.authorization.evidence.role'],
      ['src', 'callerIpAddress'],
      ['cs1', 'resourceId'],
      ['cs2', 'correlationId'],
      ['cs3', 'properties.message'],
      ['cs4', 'properties.hierarchy'],
      ['cs5', 'tenantId'],
      ['deviceSeverity', 'level'],
      ['cn1', 'durationMs'],
      ['externalId', 'properties.serviceRequestId'],
    ],
  },
  {
    kind: 'signin',
    has: 'signInIdentifier',
    name: 'appDisplayName',
    fields: [
      ['rt', 'createdDateTime'],
      ['cat', 'clientAppUsed'],
      ['reason', 'status.failureReason'],
      ['cn1', 'status.errorCode'],
      ['suser', 'userPrincipalName'],
      ['suid', 'userId'],
      ['src', 'ipAddress'],
      ['requestClientApplication', 'userAgent'],
      ['destinationServiceName', 'resourceDisplayName'],
      ['sourceServiceName', 'appDisplayName'],
      ['cs1', 'userDisplayName'],
      ['cs2', 'location.city'],
      ['cs3', 'correlationId'],
      ['cs4', 'deviceDetail.operatingSystem'],
      ['cs5', 'conditionalAccessStatus'],
      ['dvchost', 'deviceDetail.displayName'],
      ['slat', 'location.geoCoordinates.latitude'],
      ['slong', 'location.geoCoordinates.longitude'],
      ['externalId', 'id'],
    ],
  },
]

// CEF wants a label beside each custom field.
const label = (key: string, path: string): string =>
  /^(?:cs|cn|flexString)\d$/.test(key) ? ` ${key}Label=${path.replaceAll('.', '')}` : ''

const head = (m: Mapping): string => `CEF:0|Microsoft|${m.kind}|1|${m.kind}|`

export function rsyslogConfig(input: string, output: string, state: string): string {
  const property = (path: string): string => `$!${path.replaceAll('.', '!')}`
  const text = (value: string): string => `  constant(value="${value}")`
  const field = (path: string): string => `  property(name="${property(path)}")`
  const template = (m: Mapping): string =>
    [
      `template(name="${m.kind}" type="list") {`,
      text(head(m)),
      field(m.name),
      text('|5|'),
      ...m.fields.flatMap(([key, path], at) => [
        text(`${at === 0 ? '' : ' '}${key}=`),
        field(path),
        ...(label(key, path) === '' ? [] : [text(label(key, path))]),
      ]),
      text('\\n'),
      '}',
    ].join('\n')
  const test = (m: Mapping): string =>
    m.is === undefined ? `exists(${property(m.has)})` : `${property(m.has)} == "${m.is}"`
  const file = (m: Mapping): string =>
    `action(type="omfile" file="${output}" template="${m.kind}" ioBufferSize="256k" flushOnTXEnd="off" asyncWriting="off")`
  return `global(workDirectory="${state}" maxMessageSize="64k")
module(load="imfile")
module(load="mmjsonparse")
main_queue(queue.type="FixedArray" queue.size="50000" queue.dequeueBatchSize="4096" queue.workerThreads="1")
${mappings.map(template).join('\n')}
ruleset(name="convert" queue.type="FixedArray" queue.size="50000" queue.dequeueBatchSize="4096" queue.workerThreads="1") {
  action(type="mmjsonparse" cookie="")
  ${mappings.map((m) => `if ${test(m)} then { ${file(m)} stop }`).join('\n  ')}
}
input(type="imfile" file="${input}" tag="t" ruleset="convert" freshStartTail="off")
`
}

export function syslogNgConfig(input: string, output: string): string {
  const macro = (path: string): string => `\${.json.${path}}`
  const line = (m: Mapping): string =>
    `${head(m)}${macro(m.name)}|5|${m.fields.map(([key, path]) => `${key}=${macro(path)}${label(key, path)}`).join(' ')}\\n`
  const test = (m: Mapping): string =>
    m.is === undefined ? `"${macro(m.has)}" ne ""` : `"${macro(m.has)}" eq "${m.is}"`
  const branch = (m: Mapping): string =>
    `if (${test(m)}) { destination { file("${output}" template("${line(m)}") flush-lines(1000) log-fifo-size(100000) persist-name("${m.kind}")); }; }`
  return `@version: 3.35
options { log-msg-size(65536); stats-freq(0); threaded(yes); };
log {
  source { file("${input}" flags(no-parse) follow-freq(0.05) log-fetch-limit(10000) log-iw-size(40000)); };
  parser { json-parser(prefix(".json.")); };
  ${mappings.map(branch).join(' el')};
  flags(flow-control);
};
`
}
