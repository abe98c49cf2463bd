import { timeAt } from '../record.ts'
import { textOr } from './hostile.ts'
import type { Fields, Made, RecordContext, RecordKind } from '../record.ts'

const firstId = 924_000

/** The incident that alert number `index` belongs to: three alerts to each. */
export function incidentIdAt(index: number): string {
  return String(firstId + Math.floor(index / 3))
}

function create(context: RecordContext): Made {
  const id = String(firstId + context.index)
  const created = timeAt(context)
  const { random } = context
  const fields: Fields = {
    id,
    tenantId: context.tenantId,
    status: random.pick(['active', 'active', 'inProgress', 'awaitingAction']),
    incidentWebUrl: `https://security.microsoft.com/incidents/${id}?tid=${context.tenantId}`,
    redirectIncidentId: null,
    displayName: textOr(context, 'Multi-stage incident involving Execution & Credential access on one endpoint'),
    createdDateTime: created,
    lastUpdateDateTime: created,
    assignedTo: null,
    classification: 'unknown',
    determination: 'unknown',
    severity: random.pick(['informational', 'low', 'medium', 'high']),
    customTags: random.pick([[], ['finance'], ['vip|board', 'a=b']]),
    systemTags: [],
    description: null,
    lastModifiedBy: 'Microsoft 365 Defender-AlertCorrelation',
    resolvingComment: null,
    summary: null,
    priorityScore: random.below(101),
    comments: [],
  }
  return { id, fields }
}

// One in five is merged into the incident before it, the others are closed.
function change(fields: Fields, context: RecordContext): Fields {
  const lastUpdateDateTime = timeAt(context)
  if (context.random.chance(0.2)) {
    const redirectIncidentId = String(Number(fields.id) - 1)
    return { ...fields, status: 'redirected', redirectIncidentId, lastUpdateDateTime }
  }
  const analyst = `soc@${context.domain}`
  const closed = { classification: 'truePositive', determination: 'multiStagedAttack', resolvingComment: 'Contained.' }
  const status = fields.status === 'inProgress' ? 'resolved' : 'inProgress'
  return { ...fields, ...closed, status, assignedTo: analyst, lastModifiedBy: analyst, lastUpdateDateTime }
}

/** `microsoft.graph.security.incident`; its alerts come with `$expand` only. */
export const incidentKind: RecordKind = { timeField: 'lastUpdateDateTime', create, change }
