import { address, boolean, date, first, keyword, long, text } from '../../src/build.ts'
import type { Expr } from '../../src/model.ts'
import type { Own } from '../azure/envelope.ts'
import { accountId, accountName } from './common.ts'

const versionInfo = (of: string, columns: string, whose: string): Own => ({
  [`${of}.company`]: [`${columns}CompanyName`, keyword(`Company in the version information of ${whose}`)],
  [`${of}.product`]: [`${columns}ProductName`, keyword(`Product in the version information of ${whose}`)],
  [`${of}.product_version`]: [`${columns}ProductVersion`, keyword(`Product version of ${whose}`)],
  [`${of}.internal_name`]: [`${columns}InternalFileName`, keyword(`Internal file name of ${whose}`)],
  [`${of}.original_name`]: [`${columns}OriginalFileName`, keyword(`Original file name of ${whose}`)],
  [`${of}.description`]: [`${columns}FileDescription`, keyword(`Description in the version information of ${whose}`)],
})

/** The initiating process under `process` or, where the event creates one, under `process.parent`. */
export const initiatingFields = (of: 'process' | 'process.parent'): Record<string, Expr> => ({
  [`${of}.name`]: 'InitiatingProcessFileName',
  [`${of}.command_line`]: 'InitiatingProcessCommandLine',
  // The column is called folder, and holds the path with the name of the file.
  [`${of}.executable`]: 'InitiatingProcessFolderPath',
  [`${of}.pid`]: 'InitiatingProcessId',
  [`${of}.start`]: 'InitiatingProcessCreationTime',
  [`${of}.hash.sha256`]: 'InitiatingProcessSHA256',
  [`${of}.hash.sha1`]: 'InitiatingProcessSHA1',
  [`${of}.hash.md5`]: 'InitiatingProcessMD5',
})

/** Fields of a table about something that a process did: the process, its parent and its account. */
export const actorFields: Readonly<Record<string, Expr>> = {
  ...initiatingFields('process'),
  'process.parent.name': 'InitiatingProcessParentFileName',
  'process.parent.pid': 'InitiatingProcessParentId',
  'process.parent.start': 'InitiatingProcessParentCreationTime',
  'process.user.name': accountName('InitiatingProcess'),
  'process.user.id': accountId('InitiatingProcess'),
  'process.integrity_level': 'InitiatingProcessIntegrityLevel',
  'process.elevation': 'InitiatingProcessTokenElevation',
}

/** In whose name the process ran, where the table has no account of its own. */
export const userOfActor: Readonly<Record<string, Expr>> = {
  'user.name': accountName('InitiatingProcess'),
  'user.id': accountId('InitiatingProcess'),
}

export const initiating: Own = {
  'microsoft.initiating_process.account_name': [
    'InitiatingProcessAccountName',
    keyword('Account of the initiating process, without domain'),
  ],
  'microsoft.initiating_process.account_domain': [
    'InitiatingProcessAccountDomain',
    keyword('Domain of the account of the initiating process'),
  ],
  'microsoft.initiating_process.account_sid': [
    'InitiatingProcessAccountSid',
    keyword('SID of the account of the initiating process'),
  ],
  'microsoft.initiating_process.account_upn': [
    'InitiatingProcessAccountUpn',
    keyword('UPN of the account of the initiating process'),
  ],
  'microsoft.initiating_process.account_object_id': [
    'InitiatingProcessAccountObjectId',
    keyword('Object id of the account of the initiating process'),
  ],
  'microsoft.initiating_process.logon_id': ['InitiatingProcessLogonId', keyword('Logon of the initiating process')],
  'microsoft.initiating_process.file_size': ['InitiatingProcessFileSize', long('Size of its image file')],
  'microsoft.initiating_process.unique_id': ['InitiatingProcessUniqueId', keyword('Id of the process, not reused')],
  ...versionInfo('microsoft.initiating_process', 'InitiatingProcessVersionInfo', 'the initiating process'),
  'microsoft.initiating_process.signer_type': ['InitiatingProcessSignerType', keyword('Kind of signer of its file')],
  'microsoft.initiating_process.signature_status': [
    'InitiatingProcessSignatureStatus',
    keyword('State of the signature of its file'),
  ],
  'microsoft.initiating_process.session_id': ['InitiatingProcessSessionId', keyword('Windows session of the process')],
  'microsoft.initiating_process.remote_session': [
    'IsInitiatingProcessRemoteSession',
    boolean('The process ran in a remote desktop session'),
  ],
  'microsoft.initiating_process.remote_session_device': [
    'InitiatingProcessRemoteSessionDeviceName',
    keyword('Device that the remote session came from', { related: 'hosts' }),
  ],
  'microsoft.initiating_process.remote_session_ip': [
    'InitiatingProcessRemoteSessionIP',
    address('Address that the remote session came from', { related: 'ip' }),
  ],
}

/** Of the initiating process, where it stands under `process.parent` and ECS has no place for more. */
export const initiatingParent: Own = {
  'microsoft.initiating_process.integrity_level': [
    'InitiatingProcessIntegrityLevel',
    keyword('Integrity level of the initiating process'),
  ],
  'microsoft.initiating_process.elevation': [
    'InitiatingProcessTokenElevation',
    keyword('Elevation of the token of the initiating process'),
  ],
  'microsoft.initiating_process.parent_name': [
    'InitiatingProcessParentFileName',
    keyword('Parent of the initiating process'),
  ],
  'microsoft.initiating_process.parent_id': ['InitiatingProcessParentId', long('Process id of that parent')],
  'microsoft.initiating_process.parent_start': ['InitiatingProcessParentCreationTime', date('Start of that parent')],
}

/** Columns of the created process in DeviceEvents, where `process` is the one that acted. */
export const createdColumns: Own = {
  'microsoft.created_process.pid': ['ProcessId', long('Process id of the created process')],
  'microsoft.created_process.command_line': ['ProcessCommandLine', text('Command line of the created process')],
  'microsoft.created_process.start': ['ProcessCreationTime', date('Start of the created process')],
  'microsoft.created_process.elevation': ['ProcessTokenElevation', keyword('Elevation of the created process')],
}

/** Of the created process (DeviceProcessEvents, DeviceEvents). */
export const created: Own = {
  ...versionInfo('microsoft.created_process', 'ProcessVersionInfo', 'the created process'),
  'microsoft.created_process.unique_id': ['ProcessUniqueId', keyword('Id of the created process, not reused')],
  'microsoft.created_process.session_id': [
    'CreatedProcessSessionId',
    keyword('Windows session of the created process'),
  ],
  'microsoft.created_process.remote_session': [
    'IsProcessRemoteSession',
    boolean('The created process runs in a remote desktop session'),
  ],
  'microsoft.created_process.remote_session_device': [
    'ProcessRemoteSessionDeviceName',
    keyword('Device that the remote session of the created process came from', { related: 'hosts' }),
  ],
  'microsoft.created_process.remote_session_ip': [
    'ProcessRemoteSessionIP',
    address('Address that the remote session of the created process came from', { related: 'ip' }),
  ],
}

export const createdFields: Readonly<Record<string, Expr>> = {
  'process.name': 'FileName',
  'process.command_line': 'ProcessCommandLine',
  'process.executable': 'FolderPath',
  'process.pid': 'ProcessId',
  'process.start': 'ProcessCreationTime',
  'process.hash.sha256': 'SHA256',
  'process.hash.sha1': 'SHA1',
  'process.hash.md5': 'MD5',
  'process.integrity_level': 'ProcessIntegrityLevel',
  'process.elevation': 'ProcessTokenElevation',
  'process.user.name': first(accountName(), accountName('InitiatingProcess')),
  'process.user.id': first(accountId(), accountId('InitiatingProcess')),
  'process.session_leader.entity_id': 'LogonId',
}
