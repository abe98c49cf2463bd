import { timeAt } from '../record.ts'
import { anyAddress, anyHost, anyPerson } from './people.ts'
import { commandLine, textOr } from './hostile.ts'
import type { Fields, RecordContext } from '../record.ts'

// A number kept as its text: `JSON.rawJSON`, which the compiler's library does not know of.
const { rawJSON: rawNumber } = JSON as unknown as { readonly rawJSON: (text: string) => object }

type EvidenceMaker = (context: RecordContext) => Fields

/** Evidence of one alert: two to five entities of the kinds that such alerts have. */
export function evidenceOf(context: RecordContext, kinds: readonly EvidenceMaker[]): Fields[] {
  return kinds.map((make) => ({ ...make(context), ...common(context) }))
}

function common(context: RecordContext): Fields {
  const { random } = context
  return {
    createdDateTime: timeAt(context),
    verdict: random.pick(['unknown', 'suspicious', 'malicious', 'noThreatsFound']),
    remediationStatus: random.pick(['none', 'remediated', 'prevented', 'blocked', 'active', 'pendingApproval']),
    remediationStatusDetails: null,
    roles: random.pick([[], ['attacked'], ['source', 'compromised'], ['contextual']]),
    detailedRoles: random.pick([[], ['PrimaryDevice']]),
    tags: [],
  }
}

function typed(name: string, fields: Fields): Fields {
  return { '@odata.type': `#microsoft.graph.security.${name}`, ...fields }
}

function account(context: RecordContext): Fields {
  const { account: accountName, sid, id, upn, name } = anyPerson(context)
  return {
    accountName,
    domainName: context.domain.split('.')[0] ?? '',
    userSid: sid,
    azureAdUserId: id,
    userPrincipalName: upn,
    displayName: name,
  }
}

export const userEvidence: EvidenceMaker = (context) =>
  typed('userEvidence', { stream: null, userAccount: account(context) })

export const ipEvidence: EvidenceMaker = ({ random }) =>
  typed('ipEvidence', {
    ipAddress: anyAddress(random),
    countryLetterCode: random.pick(['PT', 'KE', 'JP', null]),
    stream: null,
    location: null,
  })

export const urlEvidence: EvidenceMaker = ({ random }) =>
  typed('urlEvidence', { url: `https://cdn-${random.hex(4)}.example.net/a?b=c&d=%7C|e` })

export const deviceEvidence: EvidenceMaker = (context) => {
  const { random } = context
  const hostName = anyHost(context)
  const { account: accountName } = anyPerson(context)
  return typed('deviceEvidence', {
    firstSeenDateTime: timeAt(context, -30 * 86_400_000),
    mdeDeviceId: random.hex(40),
    azureAdDeviceId: random.guid(),
    deviceDnsName: `${hostName}.corp.${context.domain}`,
    hostName,
    ntDomain: null,
    dnsDomain: `corp.${context.domain}`,
    osPlatform: random.pick(['Windows11', 'WindowsServer2022', 'Linux', 'macOS']),
    osBuild: 26_100,
    version: '24H2',
    healthStatus: random.pick(['active', 'inactive', 'impairedCommunication']),
    riskScore: random.pick(['none', 'low', 'medium', 'high']),
    rbacGroupId: 75,
    rbacGroupName: 'Workstations',
    onboardingStatus: 'onboarded',
    defenderAvStatus: random.pick(['updated', 'notUpdated', 'unknown']),
    lastIpAddress: `10.20.${random.below(8)}.${1 + random.below(250)}`,
    lastExternalIpAddress: anyAddress(random),
    ipInterfaces: ['10.20.1.7', 'fe80::5c1d:2a34:8e10:77b2', '127.0.0.1', '::1'],
    vmMetadata: null,
    loggedOnUsers: [{ accountName, domainName: context.domain.split('.')[0] ?? '' }],
    resourceAccessEvents: [],
  })
}

function fileDetails(context: RecordContext, fileName: string): Fields {
  const { random } = context
  return {
    sha1: random.hex(40),
    sha256: random.hex(64),
    sha256Ac: null,
    md5: random.hex(32),
    fileName: textOr(context, fileName),
    filePath: 'C:\\Users\\Public\\Downloads',
    fileSize: 48_128 + random.below(100_000),
    filePublisher: null,
    signer: null,
    issuer: null,
  }
}

export const fileEvidence: EvidenceMaker = (context) =>
  typed('fileEvidence', {
    detectionStatus: context.random.pick(['detected', 'prevented', 'blocked']),
    mdeDeviceId: context.random.hex(40),
    fileDetails: fileDetails(context, 'invoice_2209.pdf.exe'),
  })

export const processEvidence: EvidenceMaker = (context) => {
  const { random } = context
  return typed('processEvidence', {
    processId: 1000 + random.below(60_000),
    parentProcessId: 700 + random.below(300),
    processCommandLine: commandLine(context),
    processCreationDateTime: timeAt(context, -4000),
    parentProcessCreationDateTime: timeAt(context, -90_000),
    detectionStatus: 'detected',
    mdeDeviceId: random.hex(40),
    imageFile: fileDetails(context, 'powershell.exe'),
    parentProcessImageFile: fileDetails(context, 'winword.exe'),
    userAccount: account(context),
  })
}

export const mailboxEvidence: EvidenceMaker = (context) => {
  const { upn, name } = anyPerson(context)
  return typed('mailboxEvidence', { primaryAddress: upn, upn, displayName: name, userAccount: account(context) })
}

export const messageEvidence: EvidenceMaker = (context) => {
  const { random } = context
  const sender = { emailAddress: 'billing@fabrikam.example', displayName: 'Billing', domainName: 'fabrikam.example' }
  return typed('analyzedMessageEvidence', {
    networkMessageId: random.guid(),
    internetMessageId: `<${random.hex(12)}@fabrikam.example>`,
    subject: textOr(context, 'Your statement is ready'),
    language: 'en',
    senderIp: anyAddress(random),
    recipientEmailAddress: anyPerson(context).upn,
    antiSpamDirection: 'inbound',
    deliveryAction: random.pick(['delivered', 'blocked', 'junked']),
    deliveryLocation: random.pick(['inbox', 'quarantine']),
    urn: `urn:MailEntity:${random.hex(32)}`,
    threats: ['ZapPhish', 'HighConfPhish'],
    threatDetectionMethods: ['URL detonation'],
    urls: ['https://login.fabrikam.example/?u=1'],
    urlCount: 1,
    attachmentsCount: 0,
    receivedDateTime: timeAt(context, -60_000),
    p1Sender: sender,
    p2Sender: sender,
  })
}

export const cloudApplicationEvidence: EvidenceMaker = ({ random }) =>
  typed('cloudApplicationEvidence', {
    appId: 20_893 + random.below(100),
    displayName: 'Microsoft Exchange Online',
    // An Int64 that no double holds: only its text is exact.
    instanceId: rawNumber(`90071992547409${random.below(90) + 10}1`),
    instanceName: 'Microsoft Exchange Online',
    saasAppId: 11_161,
    stream: null,
  })

export const azureResourceEvidence: EvidenceMaker = ({ random }) => {
  const group = `/subscriptions/${random.guid()}/resourceGroups/rg-shop`
  return typed('azureResourceEvidence', {
    resourceId: `${group}/providers/Microsoft.Compute/virtualMachines/vm-shop-01`,
    resourceName: 'vm-shop-01',
    resourceType: 'Microsoft.Compute/virtualMachines',
  })
}

export const oauthApplicationEvidence: EvidenceMaker = ({ random }) =>
  typed('oauthApplicationEvidence', {
    appId: random.guid(),
    objectId: random.guid(),
    displayName: 'Mail exporter',
    publisher: null,
  })

/** A kind that no client of today knows. */
export const unknownEvidence: EvidenceMaker = ({ random }) =>
  typed('quantumLinkEvidence', { linkId: random.guid(), linkState: 'entangled' })
