import { activityKind } from './activity-common.ts'
import { textOr } from './hostile.ts'
import { anyAddress, anyPerson } from './people.ts'
import type { RecordContext } from '../record.ts'
import type { ActivityParts } from './activity-common.ts'

function teams(context: RecordContext): ActivityParts {
  const { upn, name } = anyPerson(context)
  return {
    Operation: 'MemberAdded',
    RecordType: 25,
    Workload: 'MicrosoftTeams',
    UserId: upn,
    CommunicationType: 'Team',
    Members: [{ DisplayName: name, Role: 1, UPN: upn }],
    TeamGuid: `19:${context.random.hex(32)}@thread.tacv2`,
    TeamName: textOr(context, 'Finance'),
  }
}

function mailThreat(context: RecordContext): ActivityParts {
  const { random } = context
  return {
    Operation: 'TIMailData',
    RecordType: 28,
    Workload: 'ThreatIntelligence',
    UserId: 'ThreatIntel',
    AttachmentData: [
      { FileName: textOr(context, 'invoice.html'), FileType: 'html', FileVerdict: 1, SHA256: random.hex(64) },
    ],
    DetectionType: 'Inline',
    DetectionMethod: 'File detonation',
    InternetMessageId: `<${random.hex(12)}@fabrikam.example>`,
    NetworkMessageId: random.guid(),
    MessageTime: new Date(context.at).toISOString().slice(0, 19),
    P1Sender: 'billing@fabrikam.example',
    P2Sender: 'billing@fabrikam.example',
    Policy: 'Phish',
    PolicyAction: 'Quarantine',
    Recipients: [anyPerson(context).upn],
    SenderIp: anyAddress(random),
    Subject: textOr(context, 'Your statement is ready'),
    Verdict: 'Phish',
    DeliveryAction: 'Blocked',
    Directionality: 'Inbound',
  }
}

function complianceAlert(context: RecordContext): ActivityParts {
  const { upn } = anyPerson(context)
  const alertId = context.random.guid()
  return {
    Operation: context.random.pick(['AlertTriggered', 'AlertEntityGenerated', 'AlertUpdated']),
    RecordType: 40,
    ResultStatus: 'Succeeded',
    Workload: 'SecurityComplianceCenter',
    UserId: 'SecurityComplianceAlerts',
    UserKey: 'SecurityComplianceAlerts',
    ObjectId: alertId,
    AlertId: alertId,
    AlertType: 'System',
    AlertLinks: [],
    Category: 'ThreatManagement',
    Comments: 'New alert',
    // JSON in a string, with a key that comes twice.
    Data: `{"etype":"User","eid":"${upn}","op":"Set-Mailbox","lon":"Protection","lon":"Protection"}`,
    Name: 'Creation of forwarding/redirect rule',
    PolicyId: context.random.guid(),
    Severity: context.random.pick(['Low', 'Medium', 'High', 'Informational']),
    Source: 'Office 365 Security & Compliance',
    Status: 'Active',
    ...(context.random.chance(0.5) ? { AlertEntityId: upn, EntityType: 'User' } : {}),
  }
}

// A record type that the schema page does not list.
function unlisted(context: RecordContext): ActivityParts {
  const { upn } = anyPerson(context)
  return { Operation: 'NewThingHappened', RecordType: 9_001, Workload: 'Copilot', UserId: upn, Detail: { Depth: 1 } }
}

/** Content of `Audit.General`: whatever has no content type of its own. */
export const generalActivityKind = activityKind([teams, mailThreat, complianceAlert, unlisted])
