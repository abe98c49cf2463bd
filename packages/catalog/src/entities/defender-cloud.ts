import { all, concat, first, ip, literal, lower, number, strip, when } from '../build.ts'
import type { EntityKind, EntityTable, Expr } from '../model.ts'

/** Hash of one algorithm; products write it in two ways. */
const hash = (at: string, ...names: readonly string[]): Expr =>
  first(...names.map((name) => `${at}[Algorithm=${name}].Value`))
const hashes = (of: string, at: string): Record<string, Expr> => ({
  [`${of}.hash.sha256`]: hash(at, 'SHA256', 'Sha256', 'sha256'),
  [`${of}.hash.sha1`]: hash(at, 'SHA1', 'Sha1', 'sha1'),
  [`${of}.hash.md5`]: hash(at, 'MD5', 'Md5', 'md5'),
})

/** Folder and name as one path, in the manner of the folder. */
const path = (prefix = ''): Expr =>
  when(
    { [`${prefix}Directory`]: ['*/*'] },
    concat(`${prefix}Directory`, literal('/'), `${prefix}Name`),
    concat(strip(`${prefix}Directory`, '', '\\'), literal('\\'), `${prefix}Name`),
  )

const account = (prefix = ''): Expr =>
  first(
    concat(`${prefix}Name`, literal('@'), `${prefix}UPNSuffix`),
    concat(`${prefix}NTDomain`, literal('\\'), `${prefix}Name`),
    `${prefix}Name`,
    `${prefix}DisplayName`,
  )

const geo = (of: string, at: string): Record<string, Expr> => ({
  [`${of}.geo.country_iso_code`]: `${at}.CountryCode`,
  [`${of}.geo.country_name`]: `${at}.CountryName`,
  [`${of}.geo.region_name`]: `${at}.State`,
  [`${of}.geo.city_name`]: `${at}.City`,
  [`${of}.geo.location.lat`]: `${at}.Latitude`,
  [`${of}.geo.location.lon`]: `${at}.Longitude`,
  [`${of}.as.number`]: `${at}.Asn`,
  [`${of}.as.organization.name`]: first(`${at}.Organization`, `${at}.Carrier`),
})

const kubernetes = (type: string): EntityKind => ({
  class: 'resource',
  name: 'Name',
  fields: {
    'orchestrator.type': literal('kubernetes'),
    'orchestrator.resource.type': literal(type),
    'orchestrator.resource.name': 'Name',
    'orchestrator.namespace': first('Namespace.Name', 'Pod.Namespace.Name'),
    'orchestrator.cluster.name': first('Cluster.Name', 'Namespace.Cluster.Name', 'Cluster.CloudResource.ResourceName'),
  },
})

/** Kinds that live in a cluster, and mostly in a namespace. */
const inCluster =
  'pod service deployment daemonset statefulset replicaset job cronjob node secret configmap role cluster-role role-binding service-account'.split(
    ' ',
  )

/** A resource of another cloud. */
const cloud = (provider: string, accountAt: string, idAt: Expr): EntityKind => ({
  class: 'resource',
  id: idAt,
  name: first('ResourceName', idAt),
  fields: {
    'cloud.provider': literal(provider),
    'cloud.account.id': accountAt,
    'cloud.project.id': 'ProjectId',
    'cloud.region': first('Region', 'Location'),
    'microsoft.resource.name': first('ResourceName', idAt),
    'microsoft.resource.type': 'ResourceType',
  },
})

const azureResource: EntityKind = {
  class: 'resource',
  id: 'ResourceId',
  name: first('ResourceName', 'ResourceId'),
  fields: {
    'microsoft.resource.id': 'ResourceId',
    'microsoft.resource.name': 'ResourceName',
    'microsoft.resource.type': 'ResourceType',
    'cloud.account.id': 'SubscriptionId',
  },
}

/**
 * Entities of Defender for Cloud's alerts, PascalCase or camelCase by the door they come through (sources: Entity
 * types). Json.NET's `$ref` stands for an entity that came before; it has no kind of its own.
 */
export const defenderCloudEntities: EntityTable = {
  id: 'defender-cloud',
  kind: 'Type|type',
  kinds: {
    ip: {
      class: 'ip',
      id: 'Address',
      name: 'Address',
      fields: {
        'source.ip': ip('Address'),
        ...geo('source', 'Location'),
        'threat.indicator.name': 'ThreatIntelligence[].ThreatName',
      },
    },
    host: {
      class: 'host',
      id: first('AzureID', 'OMSAgentID', 'HostName'),
      name: first('HostName', 'NetBiosName'),
      fields: {
        'host.name': first('HostName', 'NetBiosName'),
        'host.hostname': 'NetBiosName',
        'host.domain': first('DnsDomain', 'NTDomain'),
        'host.id': 'OMSAgentID',
        'host.os.platform': 'OSFamily',
        'host.os.full': 'OSVersion',
        'cloud.instance.id': 'AzureID',
        'host.ip': all('IpInterfaces[].Address', 'PrivateIpAddress', 'PublicIpAddress'),
      },
    },
    account: {
      class: 'user',
      id: first('AadUserId', 'Sid', 'PUID', 'ObjectGuid'),
      name: account(),
      fields: {
        'user.name': account(),
        'user.full_name': 'DisplayName',
        'user.domain': first('NTDomain', 'UPNSuffix', 'DnsDomain'),
        'user.id': first('AadUserId', 'Sid', 'PUID', 'ObjectGuid'),
        'process.session_leader.entity_id': 'LogonId',
      },
    },
    process: {
      class: 'process',
      id: 'ProcessId',
      name: first('ImageFile.Name', 'CommandLine', 'ProcessId'),
      fields: {
        'process.command_line': 'CommandLine',
        'process.executable': first(path('ImageFile.'), 'ImageFile.Name'),
        'process.name': 'ImageFile.Name',
        'process.pid': number('ProcessId'),
        'process.start': 'CreationTimeUtc',
        'process.elevation': 'ElevationToken',
        ...hashes('process', 'ImageFile.FileHashes'),
        'process.parent.pid': number('ParentProcess.ProcessId'),
        'process.parent.command_line': 'ParentProcess.CommandLine',
        'process.parent.executable': first(path('ParentProcess.ImageFile.'), 'ParentProcess.ImageFile.Name'),
        'process.user.name': account('Account.'),
        'process.user.id': first('Account.Sid', 'Account.AadUserId'),
        'host.name': 'Host.HostName',
      },
    },
    file: {
      class: 'file',
      id: first(path(), 'Name'),
      name: 'Name',
      fields: {
        'file.path': first(path(), 'Name'),
        'file.name': 'Name',
        'file.directory': 'Directory',
        ...hashes('file', 'FileHashes'),
        'host.name': 'Host.HostName',
      },
    },
    filehash: {
      class: 'file',
      id: 'Value',
      name: 'Value',
      fields: {
        'file.hash.sha256': when({ Algorithm: 'SHA256' }, 'Value'),
        'file.hash.sha1': when({ Algorithm: 'SHA1' }, 'Value'),
        'file.hash.md5': when({ Algorithm: 'MD5' }, 'Value'),
      },
    },
    malware: {
      class: 'malware',
      name: 'Name',
      fields: {
        'threat.software.name': 'Name',
        'threat.indicator.name': 'Name',
        'rule.category': 'Category',
        'file.name': 'Files[].Name',
      },
    },
    dns: {
      class: 'network',
      id: 'DomainName',
      name: 'DomainName',
      fields: {
        'dns.question.name': 'DomainName',
        // The schema spells it with one d.
        'dns.resolved_ip': all('IpAdresses[].Address', 'IpAddresses[].Address'),
        'source.ip': ip('HostIpAddress.Address'),
        'destination.domain': 'DomainName',
      },
    },
    url: { class: 'url', id: 'Url', name: 'Url', fields: { 'url.original': 'Url' } },
    'network-connection': {
      class: 'network',
      fields: {
        'source.ip': ip('SourceAddress.Address'),
        'source.port': 'SourcePort',
        'destination.ip': ip('DestinationAddress.Address'),
        'destination.port': 'DestinationPort',
        'network.transport': lower('Protocol'),
      },
    },
    container: {
      class: 'resource',
      id: first('ContainerId', 'Name'),
      name: first('Name', 'ContainerId'),
      fields: {
        'container.id': 'ContainerId',
        'container.name': 'Name',
        'container.image.name': 'Image.ImageId',
        'orchestrator.resource.name': 'Pod.Name',
      },
    },
    'container-image': {
      class: 'resource',
      id: 'ImageId',
      name: 'ImageId',
      fields: { 'container.image.name': 'ImageId' },
    },
    'container-registry': { class: 'resource', name: 'Registry', fields: { 'microsoft.resource.name': 'Registry' } },
    'K8s-cluster': {
      class: 'resource',
      name: first('Name', 'CloudResource.ResourceName', 'CloudResource.ResourceId'),
      fields: {
        'orchestrator.type': literal('kubernetes'),
        'orchestrator.cluster.name': first('Name', 'CloudResource.ResourceName', 'CloudResource.ResourceId'),
        'orchestrator.cluster.version': 'Version',
      },
    },
    'K8s-namespace': {
      class: 'resource',
      name: 'Name',
      fields: {
        'orchestrator.type': literal('kubernetes'),
        'orchestrator.namespace': 'Name',
        'orchestrator.cluster.name': 'Cluster.Name',
      },
    },
    ...Object.fromEntries(inCluster.map((name) => [`K8s-${name}`, kubernetes(name)])),
    blob: {
      class: 'file',
      id: first('Url', 'Name'),
      name: 'Name',
      fields: {
        'file.name': 'Name',
        'file.path': first('Url', 'Name'),
        'url.original': 'Url',
        'microsoft.resource.id': 'BlobContainer.StorageResource.ResourceId',
        ...hashes('file', 'FileHashes'),
      },
    },
    'blob-container': {
      class: 'resource',
      name: 'Name',
      fields: { 'microsoft.resource.name': 'Name', 'microsoft.resource.id': 'StorageResource.ResourceId' },
    },
    'azure-resource': azureResource,
    azureresource: azureResource,
    'gcp-resource': cloud('gcp', 'ProjectNumber', 'ResourceId'),
    'amazon-resource': cloud('aws', 'AccountId', first('AmazonResourceId', 'ResourceId')),
    'aws-resource': cloud('aws', 'AccountId', first('AmazonResourceId', 'ResourceId')),
    'cloud-application': {
      class: 'application',
      id: first('AppId', 'SaasId'),
      name: first('Name', 'InstanceName'),
      fields: { 'microsoft.app.id': first('AppId', 'SaasId'), 'microsoft.app.name': first('Name', 'InstanceName') },
    },
    mailbox: {
      class: 'mailbox',
      id: 'MailboxPrimaryAddress',
      name: first('Upn', 'MailboxPrimaryAddress'),
      fields: { 'user.email': 'MailboxPrimaryAddress', 'user.name': 'Upn', 'user.full_name': 'DisplayName' },
    },
    'mail-message': {
      class: 'message',
      id: first('NetworkMessageId', 'InternetMessageId'),
      name: first('Subject', 'InternetMessageId'),
      fields: {
        'email.subject': 'Subject',
        'email.from.address': 'P2Sender',
        'email.sender.address': first('P1Sender', 'Sender'),
        'email.to.address': 'Recipient',
        'email.message_id': 'InternetMessageId',
        'email.local_id': 'NetworkMessageId',
        'email.origination_timestamp': 'ReceivedDate',
        'source.ip': ip('SenderIP'),
        'url.original': 'Urls[]',
      },
    },
    'security-group': {
      class: 'group',
      id: first('ObjectGuid', 'SID', 'DistinguishedName'),
      name: 'DistinguishedName',
      fields: { 'group.id': first('ObjectGuid', 'SID'), 'group.name': 'DistinguishedName' },
    },
    'registry-key': { class: 'registry', name: 'Key', fields: { 'registry.hive': 'Hive', 'registry.key': 'Key' } },
    'registry-value': {
      class: 'registry',
      name: 'Name',
      fields: {
        'registry.value': 'Name',
        'registry.data.strings': 'Value',
        'registry.data.type': 'ValueType',
        'registry.key': 'Key.Key',
        'registry.hive': 'Key.Hive',
      },
    },
    'host-logon-session': {
      class: 'session',
      id: 'SessionId',
      name: 'SessionId',
      fields: {
        'process.session_leader.entity_id': 'SessionId',
        'user.name': account('Account.'),
        'host.name': 'Host.HostName',
      },
    },
    'iot-device': {
      class: 'host',
      id: 'DeviceId',
      name: first('DeviceName', 'DeviceId'),
      fields: {
        'host.id': 'DeviceId',
        'host.name': 'DeviceName',
        'host.os.full': 'OperatingSystem',
        'device.manufacturer': 'Manufacturer',
        'device.model.name': 'Model',
      },
    },
  },
}
