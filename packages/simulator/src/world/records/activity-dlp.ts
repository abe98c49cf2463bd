import { activityKind } from './activity-common.ts'
import { textOr } from './hostile.ts'
import { anyPerson } from './people.ts'
import type { RecordContext } from '../record.ts'
import type { ActivityParts } from './activity-common.ts'

function sensitive({ random }: RecordContext): object {
  // The number is one that card schemes keep for tests.
  const detected = [{ Name: 'Credit Card Number', Value: '4111 1111 1111 1111' }]
  return {
    Confidence: 85,
    Count: 1,
    Location: 'Message Body',
    SensitiveType: '50842eb7-edc8-4019-85dd-5a5c1f2bb085',
    SensitiveInformationDetections: { DetectedValues: detected, ResultsTruncated: false },
    SensitiveInformationTypeName: 'Credit Card Number',
    UniqueCount: 1 + random.below(3),
  }
}

function exchangeMatch(context: RecordContext): ActivityParts {
  const { random } = context
  const { upn } = anyPerson(context)
  const rule = {
    Actions: ['NotifyUser', 'BlockAccess'],
    ConditionsMatched: { SensitiveInformation: [sensitive(context)] },
    RuleId: random.guid(),
    RuleMode: 'Enable',
    RuleName: textOr(context, 'Card numbers to outsiders'),
    Severity: random.pick(['Low', 'Medium', 'High']),
  }
  return {
    Operation: random.pick(['DlpRuleMatch', 'DlpRuleMatch', 'DlpRuleUndo']),
    RecordType: 13,
    Workload: 'Exchange',
    UserKey: 'DlpAgent',
    UserId: upn,
    IncidentId: random.guid(),
    ExchangeMetaData: {
      From: upn,
      To: ['guest@fabrikam.example'],
      CC: [],
      BCC: [],
      MessageID: `<${random.hex(12)}@${context.domain}>`,
      RecipientCount: 1,
      Sent: new Date(context.at).toISOString().slice(0, 19),
      Subject: textOr(context, 'Card details'),
      UniqueID: random.guid(),
    },
    ObjectId: random.guid(),
    PolicyDetails: [{ PolicyId: random.guid(), PolicyName: 'Cards', Rules: [rule] }],
    SensitiveInfoDetectionIsIncluded: true,
  }
}

/** Content of `DLP.All`: record type 13. */
export const dlpActivityKind = activityKind([exchangeMatch])
