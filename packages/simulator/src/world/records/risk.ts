import { timeAt } from '../record.ts'
import { textOr } from './hostile.ts'
import { anyAddress, anyLocation, anyPerson, anyUserAgent, peopleCount, personAt } from './people.ts'
import type { Fields, Made, RecordContext, RecordKind } from '../record.ts'

function createDetection(context: RecordContext): Made {
  const { random } = context
  const { id: userId, name, upn } = anyPerson(context)
  const id = random.hex(64)
  const offline = random.chance(0.3)
  const detected = timeAt(context)
  const fields: Fields = {
    id,
    requestId: random.guid(),
    correlationId: random.guid(),
    riskEventType: random.pick(['unfamiliarFeatures', 'anonymizedIPAddress', 'leakedCredentials', 'generic']),
    riskState: 'atRisk',
    riskLevel: random.pick(['low', 'medium', 'high', 'hidden']),
    riskDetail: 'none',
    source: 'IdentityProtection',
    detectionTimingType: offline ? 'offline' : 'realtime',
    activity: 'signin',
    tokenIssuerType: 'AzureAD',
    ipAddress: anyAddress(random),
    // Offline detections are about sign-ins of days before.
    activityDateTime: timeAt(context, offline ? -3 * 86_400_000 : -2000),
    detectedDateTime: detected,
    lastUpdatedDateTime: detected,
    userId,
    userDisplayName: name,
    userPrincipalName: upn,
    additionalInfo: additionalInfo(context),
    location: anyLocation(random),
  }
  return { id, fields }
}

// JSON in a string; one in fifty is cut off.
function additionalInfo(context: RecordContext): string {
  const pairs = [
    { Key: 'riskReasons', Value: ['UnfamiliarASN', 'UnfamiliarLocation'] },
    { Key: 'userAgent', Value: textOr(context, anyUserAgent(context.random)) },
    { Key: 'alertUrl', Value: null },
  ]
  const text = JSON.stringify(pairs)
  return context.random.chance(0.02) ? text.slice(0, -8) : text
}

function changeDetection(fields: Fields, context: RecordContext): Fields {
  const riskDetail = context.random.pick(['userPerformedSecuredPasswordReset', 'm365DAdminDismissedDetection'])
  return { ...fields, riskState: 'remediated', riskDetail, lastUpdatedDateTime: timeAt(context) }
}

/** `microsoft.graph.riskDetection`. */
export const riskDetectionKind: RecordKind = {
  timeField: 'lastUpdatedDateTime',
  create: createDetection,
  change: changeDetection,
}

function createRiskyUser(context: RecordContext): Made {
  const { id, name, upn } = personAt(context, context.random.below(peopleCount))
  const fields: Fields = {
    id,
    isDeleted: false,
    isProcessing: false,
    riskLevel: context.random.pick(['low', 'medium', 'high', 'none']),
    riskState: context.random.pick(['atRisk', 'remediated', 'dismissed', 'confirmedCompromised']),
    riskDetail: 'none',
    riskLastUpdatedDateTime: timeAt(context),
    userDisplayName: name,
    userPrincipalName: upn,
  }
  return { id, fields }
}

/** `microsoft.graph.riskyUser`: a state of a user, so that records of one user follow each other under one id. */
export const riskyUserKind: RecordKind = { timeField: 'riskLastUpdatedDateTime', create: createRiskyUser }
