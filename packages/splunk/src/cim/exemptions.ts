import type { ModelId } from './models.ts'

/** Required fields of a data model that a log type cannot give, not always at least: CIM shows `unknown` there. */
export interface Exemption {
  readonly type: string
  readonly model: ModelId
  readonly fields: readonly string[]
  readonly reason: string
}

const noSource = 'alerts about an object that name neither an address nor a machine'
const noParty = 'the table has neither users nor addresses; alert evidence has'
const device = 'a network device knows no user'
const noAttributes = 'the operation names what was changed, the record does not list attributes'
const noSize = 'the record tells no size unless something was downloaded'
const noAccessed = 'reading an object changes no attribute'
const service = 'done by the service itself: the record holds no address'

export const exemptions: readonly Exemption[] = [
  { type: 'ata.alert', model: 'alerts', fields: ['src', 'user'], reason: 'health of the sensors: no party is named' },
  {
    type: 'mde.alert',
    model: 'alerts',
    fields: ['user'],
    reason: 'detections of a file or a process name the machine alone',
  },
  { type: 'mdi.alert', model: 'alerts', fields: ['src'], reason: 'health of the sensors: no party is named' },
  {
    type: 'azure.activity',
    model: 'alerts',
    fields: ['src', 'user'],
    reason: 'alerts of rules and of resource health name neither',
  },
  { type: 'azure.activity', model: 'change', fields: ['object_attrs'], reason: noAttributes },
  { type: 'azure.application-gateway', model: 'alerts', fields: ['user'], reason: device },
  { type: 'azure.firewall', model: 'alerts', fields: ['user'], reason: device },
  {
    type: 'azure.firewall',
    model: 'network_traffic',
    fields: ['dest', 'dest_port'],
    reason: 'TLS without a server name is refused before a destination is known',
  },
  { type: 'azure.front-door', model: 'alerts', fields: ['user'], reason: device },
  { type: 'azure.key-vault', model: 'change', fields: ['object_attrs'], reason: noAttributes },
  {
    type: 'azure.key-vault',
    model: 'data_access',
    fields: ['object_size'],
    reason: 'secrets and keys have no size in the log',
  },
  { type: 'azure.storage', model: 'data_access', fields: ['object_attrs'], reason: noAccessed },
  { type: 'azure.storage', model: 'data_access', fields: ['object_size'], reason: noSize },
  {
    type: 'azure.storage',
    model: 'data_access',
    fields: ['user', 'user_name'],
    reason: 'shared access signatures, account keys and anonymous requests name no user',
  },
  { type: 'azure.windows-event', model: 'account_change', fields: ['object_attrs'], reason: noAttributes },
  {
    type: 'azure.windows-event',
    model: 'filesystem',
    fields: ['file_size'],
    reason: 'Windows audits the access, not the size',
  },
  {
    type: 'defender-cloud.alert',
    model: 'alerts',
    fields: ['src', 'user'],
    reason: 'alerts about a resource whose entities are the resource alone',
  },
  { type: 'entra.directory-audit', model: 'account_change', fields: ['object_attrs'], reason: noAttributes },
  {
    type: 'entra.directory-audit',
    model: 'change',
    fields: ['object', 'object_id', 'object_attrs'],
    reason: 'some operations on policies and devices name no target resource',
  },
  {
    type: 'entra.directory-audit',
    model: 'change',
    fields: ['user'],
    reason: 'initiatedBy is empty where Entra ID itself acts',
  },
  {
    type: 'entra.risky-user',
    model: 'alerts',
    fields: ['src'],
    reason: 'the state of an account, which several addresses led to',
  },
  {
    type: 'entra.sign-in',
    model: 'authentication',
    fields: ['src'],
    reason: 'managed identities sign in from inside Azure, without an address',
  },
  { type: 'o365.air', model: 'alerts', fields: ['src'], reason: noSource },
  { type: 'o365.atp-content', model: 'alerts', fields: ['src'], reason: noSource },
  { type: 'o365.audit', model: 'change', fields: ['src'], reason: service },
  {
    type: 'o365.azure-ad',
    model: 'authentication',
    fields: ['user'],
    reason: 'UserId is "Not Available" where the account is not known',
  },
  { type: 'o365.azure-ad', model: 'account_change', fields: ['src'], reason: service },
  { type: 'o365.azure-ad', model: 'change', fields: ['src', 'object_attrs'], reason: service },
  { type: 'o365.compliance-alert', model: 'alerts', fields: ['src'], reason: noSource },
  {
    type: 'o365.exchange-admin',
    model: 'change',
    fields: ['src', 'object_attrs'],
    reason: 'a cmdlet that Exchange runs itself, or one without parameters',
  },
  { type: 'o365.exchange-mailbox', model: 'data_access', fields: ['object_attrs'], reason: noAccessed },
  { type: 'o365.exchange-mailbox', model: 'data_access', fields: ['object_size'], reason: noSize },
  { type: 'o365.power-bi', model: 'change', fields: ['object_attrs'], reason: noAttributes },
  { type: 'o365.power-bi', model: 'data_access', fields: ['object_attrs'], reason: noAccessed },
  { type: 'o365.power-bi', model: 'data_access', fields: ['object_size'], reason: noSize },
  { type: 'o365.sharepoint', model: 'change', fields: ['object_attrs'], reason: noAttributes },
  { type: 'o365.sharepoint', model: 'data_access', fields: ['object_attrs'], reason: noAccessed },
  { type: 'o365.sharepoint', model: 'data_access', fields: ['object_size'], reason: noSize },
  { type: 'o365.teams', model: 'authentication', fields: ['src'], reason: 'ClientIP is not filled for every client' },
  { type: 'o365.teams', model: 'change', fields: ['src'], reason: service },
  { type: 'o365.teams', model: 'change', fields: ['object_attrs'], reason: noAttributes },
  { type: 'xdr.alert', model: 'alerts', fields: ['src', 'user'], reason: 'evidence of the alert holds neither' },
  {
    type: 'xdr.alert-evidence',
    model: 'alerts',
    fields: ['src', 'user'],
    reason: 'one piece of evidence a record: a file or a process has neither',
  },
  { type: 'xdr.alert-info', model: 'alerts', fields: ['src', 'user'], reason: noParty },
  { type: 'xdr.cloud-app', model: 'data_access', fields: ['object_attrs'], reason: noAccessed },
  { type: 'xdr.cloud-app', model: 'data_access', fields: ['object_size'], reason: noSize },
  {
    type: 'xdr.device-registry',
    model: 'registry',
    fields: ['registry_value_data', 'registry_value_name', 'registry_value_text', 'registry_value_type'],
    reason: 'deleting or renaming a key names no value',
  },
  {
    type: 'xdr.email',
    model: 'email',
    fields: ['message_id'],
    reason: 'mail inside the tenant can come without a Message-ID header',
  },
  {
    type: 'xdr.incident',
    model: 'alerts',
    fields: ['src', 'user'],
    reason: 'an incident without its alerts expanded names neither',
  },
]
