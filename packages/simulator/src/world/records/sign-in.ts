import { timeAt } from '../record.ts'
import { textOr } from './hostile.ts'
import { anyAddress, anyHost, anyLocation, anyPerson, anyUserAgent } from './people.ts'
import type { Fields, Made, RecordContext, RecordKind } from '../record.ts'

/** The values of `signInEventTypes`; the v1.0 collection has the first one only. */
export type SignInType = 'interactiveUser' | 'nonInteractiveUser' | 'servicePrincipal' | 'managedIdentity'

const outcomes = [
  [0, 'Other.', 'success'],
  [0, 'Other.', 'notApplied'],
  [50_126, 'Error validating credentials due to invalid username or password.', 'notApplied'],
  [50_074, 'Strong Authentication is required.', 'failure'],
  [53_003, 'Access has been blocked by Conditional Access policies.', 'failure'],
] as const

const applications = [
  ['00000002-0000-0ff1-ce00-000000000000', 'Office 365 Exchange Online'],
  ['c44b4083-3bb0-49c1-b47d-974e53cbdf3c', 'Azure Portal'],
  ['14d82eec-204b-4c2f-b7e8-296a70dab67e', 'Microsoft Graph Command Line Tools'],
] as const

function createOf(type: SignInType): RecordKind['create'] {
  return (context): Made => {
    const id = context.random.guid()
    const actor = type.endsWith('User') ? user(context) : principal(context, type)
    return {
      id,
      fields: { id, createdDateTime: timeAt(context), ...actor, ...session(context, type), ...beta(context, type) },
    }
  }
}

function user(context: RecordContext): Fields {
  const { id, name, upn } = anyPerson(context)
  const [appId, appDisplayName] = context.random.pick(applications)
  const named = { userDisplayName: name, userPrincipalName: upn, userId: id, userType: 'member' }
  return { ...named, appId, appDisplayName, servicePrincipalId: '', servicePrincipalName: null }
}

function principal({ random }: RecordContext, type: SignInType): Fields {
  const servicePrincipalName = type === 'managedIdentity' ? 'vm-shop-01' : 'report-exporter'
  const named = { userDisplayName: null, userPrincipalName: null, userId: '', userType: null }
  return {
    ...named,
    appId: random.guid(),
    appDisplayName: servicePrincipalName,
    servicePrincipalId: random.guid(),
    servicePrincipalName,
    servicePrincipalCredentialKeyId: random.guid(),
  }
}

function session(context: RecordContext, type: SignInType): Fields {
  const { random } = context
  const [errorCode, failureReason, conditionalAccessStatus] = random.pick(outcomes)
  const status = {
    errorCode,
    failureReason,
    additionalDetails: errorCode === 0 ? null : textOr(context, 'MFA required'),
  }
  return {
    ipAddress: type === 'managedIdentity' ? '' : anyAddress(random),
    clientAppUsed: random.pick(['Browser', 'Mobile Apps and Desktop clients', '']),
    userAgent: textOr(context, anyUserAgent(random)),
    correlationId: random.guid(),
    conditionalAccessStatus,
    isInteractive: type === 'interactiveUser',
    ...calm,
    resourceDisplayName: 'Microsoft Graph',
    resourceId: '00000003-0000-0000-c000-000000000000',
    homeTenantId: context.tenantId,
    resourceTenantId: context.tenantId,
    status,
    deviceDetail: device(context, type),
    location: anyLocation(random),
    appliedConditionalAccessPolicies: policies(context),
  }
}

const calm = {
  riskDetail: 'none',
  riskLevelAggregated: 'none',
  riskLevelDuringSignIn: 'none',
  riskState: 'none',
  riskEventTypes_v2: [],
}

function device(context: RecordContext, type: SignInType): Fields {
  const none = { deviceId: '', displayName: '', operatingSystem: '', browser: '' }
  const managed = { isCompliant: false, isManaged: false, trustType: '' }
  if (!type.endsWith('User')) return { ...none, ...managed }
  const named = { deviceId: context.random.guid(), displayName: anyHost(context) }
  return { ...named, operatingSystem: 'Windows 11', browser: 'Edge 140.0.0', ...managed, trustType: 'Azure AD joined' }
}

function policies({ random }: RecordContext): Fields[] {
  const policy = {
    id: random.guid(),
    displayName: 'Require MFA',
    enforcedGrantControls: ['Mfa'],
    enforcedSessionControls: [],
  }
  return random.chance(0.5) ? [] : [{ ...policy, result: random.pick(['success', 'notApplied', 'reportOnlyFailure']) }]
}

function beta({ random }: RecordContext, type: SignInType): Fields {
  return {
    signInEventTypes: [type],
    authenticationRequirement: random.pick(['singleFactorAuthentication', 'multiFactorAuthentication']),
    authenticationProtocol: 'none',
    incomingTokenType: random.pick(['none', 'primaryRefreshToken', 'refreshToken']),
    clientCredentialType: type === 'servicePrincipal' ? 'clientSecret' : 'none',
    uniqueTokenIdentifier: random.hex(22),
    autonomousSystemNumber: 64_496 + random.below(15),
    crossTenantAccessType: 'none',
    processingTimeInMilliseconds: random.below(400),
    sessionLifetimePolicies: [],
    managedServiceIdentity: type === 'managedIdentity' ? { msiType: 'systemAssigned', associatedResourceId: '' } : null,
  }
}

// Risk is found out later, and no time in the record tells of it.
function change(fields: Fields): Fields {
  if (fields.riskState === 'none') {
    const found = { riskState: 'atRisk', riskLevelAggregated: 'high', riskLevelDuringSignIn: 'high' }
    return { ...fields, ...found, riskEventTypes_v2: ['unfamiliarFeatures'] }
  }
  return { ...fields, riskState: 'dismissed', riskDetail: 'adminDismissedAllRiskForUser', riskLevelAggregated: 'none' }
}

/** `microsoft.graph.signIn` of one event type, with the members of the beta version. */
export function signInKind(type: SignInType): RecordKind {
  return { timeField: 'createdDateTime', create: createOf(type), change, changesSilently: true }
}
