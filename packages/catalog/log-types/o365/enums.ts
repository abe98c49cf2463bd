/**
 * The enumerations of "Office 365 Management Activity API schema" that records carry as numbers. Names are spelt as
 * there. Services also send the name itself, which goes through the tables as it is.
 */
type Rows = Readonly<Record<string, string>>

/** UserType. Entra events never use Admin. */
export const userTypes: Rows = {
  0: 'Regular',
  1: 'Reserved',
  2: 'Admin',
  3: 'DCAdmin',
  4: 'System',
  5: 'Application',
  6: 'ServicePrincipal',
  7: 'CustomPolicy',
  8: 'SystemPolicy',
  9: 'PartnerTechnician',
  10: 'Guest',
}

/** AuditLogScope: arrives as number and as text. */
export const scopes: Rows = { 0: 'online', 1: 'onprem', online: 'online', onprem: 'onprem' }

/** LogonType of the Exchange mailbox schema. */
export const logonTypes: Rows = {
  0: 'Owner',
  1: 'Admin',
  2: 'Delegated',
  3: 'Transport',
  4: 'SystemService',
  5: 'BestAccess',
  6: 'DelegatedAdmin',
}

/** ItemType of the SharePoint base schema. */
export const itemTypes: Rows = {
  0: 'Invalid',
  1: 'File',
  5: 'Folder',
  6: 'Web',
  7: 'Site',
  8: 'Tenant',
  9: 'DocumentLibrary',
  11: 'Page',
}

/** EventSource of the SharePoint base schema. */
export const eventSources: Rows = { 0: 'SharePoint', 1: 'ObjectModel' }

/** AzureActiveDirectoryEventType; the numbers are those of records, the schema gives none. */
export const directoryEventTypes: Rows = { 0: 'AccountLogon', 1: 'AzureApplicationAuditEvent' }

/** IdentityType, numbered in the order of the schema; 2, 3 and 5 are confirmed by records. */
export const identityTypes: Rows = { 0: 'Claim', 1: 'Name', 2: 'Other', 3: 'PUID', 4: 'SPN', 5: 'UPN' }

/** DeviceTrustType of the STS logon schema, in the words of the Graph sign-in. */
export const trustTypes: Rows = { 0: 'Azure AD registered', 1: 'Azure AD joined', 2: 'Hybrid Azure AD joined' }

/** EnforcementMode of the endpoint DLP metadata. */
export const enforcementModes: Rows = {
  1: 'Audit',
  2: 'Warn with override',
  3: 'Warn and bypass',
  4: 'Block',
  5: 'Allow',
}

/** FileVerdict of Defender for Office 365. */
export const fileVerdicts: Rows = { 0: 'Good', 1: 'Bad', '-1': 'Error', '-2': 'Timeout', '-3': 'Pending' }

/** Policy of Defender for Office 365: the filter that took the action. */
export const mailPolicies: Rows = {
  1: 'Anti-spam, HSPM',
  2: 'Anti-spam, SPM',
  3: 'Anti-spam, Bulk',
  4: 'Anti-spam, PHSH',
  5: 'Anti-phish, DIMP',
  6: 'Anti-phish, UIMP',
  7: 'Anti-phish, SPOOF',
  8: 'Anti-phish, GIMP',
  9: 'Anti-malware, AMP',
  10: 'Safe attachment, SAP',
  11: 'Exchange transport rule, ETR',
  12: 'Anti-malware, ZAPM',
  13: 'Anti-phish, ZAPP',
  14: 'Anti-phish, ZAPS',
  15: 'Anti-spam, HPHISH',
  17: 'Anti-spam, OSPM',
}

export const policyActions: Rows = {
  0: 'MoveToJMF',
  1: 'AddXHeader',
  2: 'ModifySubject',
  3: 'Redirect',
  4: 'Delete',
  5: 'Quarantine',
  6: 'NoAction',
  7: 'BccMessage',
  8: 'ReplaceAttachment',
}

export const urlClickActions: Rows = {
  2: 'Blockpage',
  3: 'PendingDetonationPage',
  4: 'BlockPageOverride',
  5: 'PendingDetonationPageOverride',
}

/** SourceWorkload of the Defender for Office 365 file events. */
export const sourceWorkloads: Rows = { 0: 'SharePoint Online', 1: 'OneDrive for Business', 2: 'Microsoft Teams' }

/** MemberRoleType of the Teams schema. */
export const memberRoles: Rows = { 0: 'Member', 1: 'Owner', 2: 'Guest' }

/** AddOnType of the Teams schema. */
export const addOnTypes: Rows = { 1: 'Bot', 2: 'Connector', 3: 'Tab' }

/** RequestType and RequestSource of the quarantine schema. */
export const quarantineRequests: Rows = {
  0: 'Preview',
  1: 'Delete',
  2: 'Release',
  3: 'Export',
  4: 'ViewHeader',
  5: 'Release request',
}
export const quarantineSources: Rows = { 0: 'SCC', 1: 'Cmdlet', 2: 'URLlink' }
