import { all, concat, first, ip, literal, lower, strip, table, when } from '../build.ts'
import type { EntityClass, EntityKind, EntityTable, Expr } from '../model.ts'
import { azureResource, cloudKinds } from './graph-cloud.ts'
import { mailKinds } from './graph-mail.ts'

type Fields = Readonly<Record<string, Expr>>

/** fileDetails: the folder is called filePath, and the name stands beside it. */
const path = (at: string): Expr =>
  first(
    when(
      { [`${at}.filePath`]: '*/*' },
      concat(strip(`${at}.filePath`, '', '/'), literal('/'), `${at}.fileName`),
      concat(strip(`${at}.filePath`, '', '\\'), literal('\\'), `${at}.fileName`),
    ),
    `${at}.fileName`,
  )

const hashes = (of: string, at: string): Fields => ({
  [`${of}.hash.sha256`]: `${at}.sha256`,
  [`${of}.hash.sha1`]: `${at}.sha1`,
  [`${of}.hash.md5`]: `${at}.md5`,
})

const fileFields = (at: string): Fields => ({
  'file.name': `${at}.fileName`,
  'file.path': path(at),
  'file.directory': `${at}.filePath`,
  'file.size': `${at}.fileSize`,
  ...hashes('file', at),
  'file.code_signature.subject_name': first(`${at}.signer`, `${at}.filePublisher`),
  'file.code_signature.issuer': `${at}.issuer`,
})

const imageFields = (of: string, at: string): Fields => ({
  [`${of}.executable`]: path(at),
  [`${of}.name`]: `${at}.fileName`,
  ...hashes(of, at),
})

/** userAccount: the UPN, or the account with its domain. */
const accountName = (at: string): Expr =>
  first(
    `${at}.userPrincipalName`,
    concat(`${at}.domainName`, literal('\\'), `${at}.accountName`),
    `${at}.accountName`,
    `${at}.displayName`,
  )
const accountId = (at: string): Expr => first(`${at}.azureAdUserId`, `${at}.userSid`, `${at}.activeDirectoryObjectGuid`)
const accountFields = (of: string, at: string): Fields => ({
  [`${of}.name`]: accountName(at),
  [`${of}.id`]: accountId(at),
  [`${of}.full_name`]: `${at}.displayName`,
})

const deviceName = (prefix = ''): Expr => first(`${prefix}deviceDnsName`, `${prefix}hostName`)

/** An address is an ipEvidence of its own wherever another evidence holds one. */
const addressAt = (at: string): string => `${at}.ipAddress`

const named = (kind: EntityClass, id: Expr, name: Expr, fields: Fields): EntityKind => ({
  class: kind,
  id,
  name,
  fields,
})

const hosts: Readonly<Record<string, EntityKind>> = {
  deviceEvidence: named('host', first('mdeDeviceId', 'azureAdDeviceId'), deviceName(), {
    'host.name': deviceName(),
    'host.hostname': 'hostName',
    'host.id': 'mdeDeviceId',
    'device.id': 'azureAdDeviceId',
    'host.domain': first('ntDomain', 'dnsDomain'),
    'host.ip': all('lastIpAddress', 'lastExternalIpAddress', 'ipInterfaces[]'),
    'host.os.platform': 'osPlatform',
    'host.os.version': 'version',
    'host.os.full': concat('osPlatform', literal(' '), first('version', literal('')), literal(' '), 'osBuild'),
    'host.risk.static_level': 'riskScore',
    'cloud.instance.id': 'vmMetadata.vmId',
    'cloud.provider': table(lower('vmMetadata.cloudProvider'), { unknown: '', unknownfuturevalue: '' }),
    ...azureResource('vmMetadata.resourceId'),
    'cloud.account.id': 'vmMetadata.subscriptionId',
  }),
  ioTDeviceEvidence: named('host', 'deviceId', first('deviceName', 'deviceId'), {
    'host.id': 'deviceId',
    'host.name': 'deviceName',
    'host.type': first('deviceSubType', 'deviceType'),
    'host.ip': all(addressAt('ipAddress'), addressAt('nics[].ipAddress')),
    'host.mac': all('macAddress', 'nics[].macAddress'),
    'host.os.full': 'operatingSystem',
    'device.manufacturer': 'manufacturer',
    'device.model.name': 'model',
    'device.serial_number': 'serialNumber',
    'observer.name': 'sensor',
    'network.protocol': 'protocols[]',
    ...azureResource('ioTHub.resourceId'),
  }),
}

const users: Readonly<Record<string, EntityKind>> = {
  userEvidence: named('user', accountId('userAccount'), accountName('userAccount'), {
    ...accountFields('user', 'userAccount'),
    'user.domain': 'userAccount.domainName',
  }),
  gitHubUserEvidence: named('user', 'userId', first('login', 'name'), {
    'user.name': 'login',
    'user.id': 'userId',
    'user.full_name': 'name',
    'user.email': 'email',
  }),
  cloudLogonSessionEvidence: named('session', 'sessionId', 'sessionId', {
    'microsoft.session_id': 'sessionId',
    ...accountFields('user', 'account.userAccount'),
    'user_agent.original': 'userAgent',
    'user_agent.name': 'browser',
    'user_agent.os.name': 'operatingSystem',
    'host.name': 'deviceName',
    'network.protocol': lower('protocol'),
  }),
  cloudLogonRequestEvidence: named('session', 'requestId', 'requestId', { 'microsoft.request_id': 'requestId' }),
  hostLogonSessionEvidence: named('session', 'sessionId', 'sessionId', {
    'process.session_leader.entity_id': 'sessionId',
    ...accountFields('user', 'account.userAccount'),
    'host.name': deviceName('host.'),
    'host.id': 'host.mdeDeviceId',
  }),
  securityGroupEvidence: named(
    'group',
    first('securityGroupId', 'activeDirectoryObjectGuid', 'sid'),
    first('displayName', 'friendlyName', 'distinguishedName'),
    {
      'group.id': first('securityGroupId', 'activeDirectoryObjectGuid', 'sid'),
      'group.name': first('displayName', 'friendlyName', 'distinguishedName'),
    },
  ),
  activeDirectoryDomainEvidence: named('group', 'activeDirectoryDomainName', 'activeDirectoryDomainName', {
    'group.domain': 'activeDirectoryDomainName',
  }),
}

const endpoint: Readonly<Record<string, EntityKind>> = {
  fileEvidence: named(
    'file',
    first('fileDetails.sha256', 'fileDetails.sha1', path('fileDetails')),
    'fileDetails.fileName',
    {
      ...fileFields('fileDetails'),
      'host.id': 'mdeDeviceId',
    },
  ),
  fileHashEvidence: named('file', 'value', 'value', {
    'file.hash.sha256': when({ algorithm: 'sha256' }, 'value'),
    'file.hash.sha1': when({ algorithm: 'sha1' }, 'value'),
    'file.hash.md5': when({ algorithm: 'md5' }, 'value'),
  }),
  processEvidence: named('process', 'processId', first('imageFile.fileName', 'processCommandLine', 'processId'), {
    'process.command_line': 'processCommandLine',
    'process.pid': 'processId',
    'process.start': 'processCreationDateTime',
    ...imageFields('process', 'imageFile'),
    'process.parent.pid': 'parentProcessId',
    'process.parent.start': 'parentProcessCreationDateTime',
    ...imageFields('process.parent', 'parentProcessImageFile'),
    'process.user.name': accountName('userAccount'),
    'process.user.id': accountId('userAccount'),
    'host.id': 'mdeDeviceId',
  }),
  registryKeyEvidence: named('registry', 'registryKey', 'registryKey', {
    'registry.hive': 'registryHive',
    'registry.key': 'registryKey',
    'registry.path': concat('registryHive', literal('\\'), 'registryKey'),
  }),
  registryValueEvidence: named('registry', 'registryKey', 'registryValueName', {
    'registry.hive': 'registryHive',
    'registry.key': 'registryKey',
    'registry.path': concat('registryHive', literal('\\'), 'registryKey', literal('\\'), 'registryValueName'),
    'registry.value': 'registryValueName',
    'registry.data.strings': 'registryValue',
    'registry.data.type': 'registryValueType',
    'host.id': 'mdeDeviceId',
  }),
  malwareEvidence: named('malware', 'name', 'name', {
    'threat.software.name': 'name',
    'threat.indicator.name': 'name',
    'rule.category': 'category',
    'file.name': 'files[].fileDetails.fileName',
    'file.path': path('files[].fileDetails'),
    ...hashes('file', 'files[].fileDetails'),
    'process.name': 'processes[].imageFile.fileName',
    'process.pid': 'processes[].processId',
    'process.command_line': 'processes[].processCommandLine',
  }),
}

const network: Readonly<Record<string, EntityKind>> = {
  ipEvidence: named('ip', 'ipAddress', 'ipAddress', {
    'source.ip': ip('ipAddress'),
    'source.geo.country_iso_code': 'countryLetterCode',
    'source.geo.country_name': 'location.countryName',
    'source.geo.region_name': 'location.state',
    'source.geo.city_name': 'location.city',
    'source.geo.location.lat': 'location.latitude',
    'source.geo.location.lon': 'location.longitude',
  }),
  urlEvidence: named('url', 'url', 'url', { 'url.original': 'url' }),
  dnsEvidence: named('network', 'domainName', 'domainName', {
    'dns.question.name': 'domainName',
    'dns.resolved_ip': addressAt('ipAddresses[]'),
    'source.ip': addressAt('hostIpAddress'),
    'destination.ip': addressAt('dnsServerIp'),
  }),
  networkConnectionEvidence: named(
    'network',
    concat(addressAt('sourceAddress'), literal(' > '), addressAt('destinationAddress')),
    concat(addressAt('sourceAddress'), literal(' > '), addressAt('destinationAddress')),
    {
      'source.ip': addressAt('sourceAddress'),
      'source.port': 'sourcePort',
      'destination.ip': addressAt('destinationAddress'),
      'destination.port': 'destinationPort',
      'network.transport': lower('protocol'),
    },
  ),
  nicEvidence: named('network', 'macAddress', 'macAddress', {
    'host.mac': 'macAddress',
    'host.ip': addressAt('ipAddress'),
    'network.vlan.id': 'vlans[]',
  }),
}

/**
 * Evidence of Graph's alerts_v2, told apart by `@odata.type` (sources-graph §1.3: all 48 kinds of v1.0). Exports that
 * cannot have `@` in a key write `at_sign_odata_type`. An unknown kind stays an entity without fields of its own.
 */
export const graphEntities: EntityTable = {
  id: 'graph',
  kind: strip(first('"@odata.type"', 'at_sign_odata_type'), '#microsoft.graph.security.'),
  roles: all('roles[]', 'detailedRoles[]'),
  verdict: 'verdict',
  kinds: { ...hosts, ...users, ...endpoint, ...network, ...mailKinds, ...cloudKinds },
}
