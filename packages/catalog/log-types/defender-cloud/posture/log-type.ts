import {
  boolean,
  concat,
  defineLogType,
  first,
  float,
  keyword,
  keywords,
  literal,
  long,
  object,
  objects,
  table,
  text,
  when,
} from '../../../src/build.ts'
import type { Shape } from '../../../src/model.ts'
import { definitionsOf, exprsOf, groupOf, nameOf, type Own, subscriptionOf, typeOf } from '../../azure/envelope.ts'

const types = {
  recommendation: 'Microsoft.Security/assessments',
  'sub-assessment': 'Microsoft.Security/assessments/subAssessments',
  'secure-score': 'Microsoft.Security/secureScores',
  'secure-score-control': 'Microsoft.Security/secureScores/secureScoreControls',
  'compliance-standard': 'Microsoft.Security/regulatoryComplianceStandards',
  'compliance-control': 'Microsoft.Security/regulatoryComplianceStandards/regulatoryComplianceControls',
  'compliance-assessment':
    'Microsoft.Security/regulatoryComplianceStandards/regulatoryComplianceControls/regulatoryComplianceAssessments',
}

const shape = (title: string, ...names: readonly string[]): Shape => ({
  title,
  rank: 22,
  when: { has: ['type', 'properties'], is: ['type', ...names] as [string, ...string[]] },
  root: 'properties',
  space: 'defender-cloud.posture',
  key: ['^.id'],
  tenant: '^.tenantId',
})

const kind = table('^.type', Object.fromEntries(Object.entries(types).map(([name, type]) => [type, name])))

/** Key of `$type` records is PascalCase; selectors fold case. */
const enrichment = (name: string): ReturnType<typeof first> =>
  first(
    `^.securityEventDataEnrichment.${name}`,
    `^.assessmentEventDataEnrichment.${name}`,
    `^.subAssessmentEventDataEnrichment.${name}`,
  )

const state = first('status.code', 'state')
const outcome = table(
  state,
  { Healthy: 'success', Passed: 'success', Unhealthy: 'failure', Failed: 'failure' },
  literal('unknown'),
)
const grade = table(first('metadata.severity', 'status.severity', 'metadata.properties.severity'), {
  High: 'high',
  Medium: 'medium',
  Low: 'low',
  Critical: 'critical',
})

const empty = literal('')
const changing = [
  'status.code',
  'status.cause',
  'status.statusChangeDate',
  'state',
  'passedResources',
  'failedResources',
  'skippedResources',
  'score.current',
  'timeGenerated',
]

const resource = first('resourceDetails.id', 'resourceDetails.resourceId')

const own: Own = {
  'microsoft.defender_cloud.posture.kind': [
    kind,
    keyword('recommendation, sub-assessment, secure-score, secure-score-control, compliance-…'),
  ],
  'microsoft.defender_cloud.posture.state': [
    state,
    keyword('Healthy, Unhealthy, NotApplicable; Passed, Failed, Skipped, Unsupported'),
  ],
  'microsoft.defender_cloud.posture.snapshot': [enrichment('isSnapshot'), boolean('Periodic copy, not a change')],
  'microsoft.defender_cloud.posture.change': [enrichment('action'), keyword('Insert, Write or Delete')],
  'microsoft.defender_cloud.posture.severity': [
    first('metadata.severity', 'status.severity'),
    keyword('Severity of the finding in the word of the source'),
  ],
  'microsoft.defender_cloud.posture.cause': ['status.cause', keyword('Why the state is what it is')],
  'microsoft.defender_cloud.posture.status_description': [
    'status.description',
    text('Why the state is what it is, in words'),
  ],
  'microsoft.defender_cloud.posture.changed': [
    'status.statusChangeDate',
    { type: 'date', many: false, meaning: 'When the state changed' },
  ],
  'microsoft.defender_cloud.posture.first_evaluated': [
    'status.firstEvaluationDate',
    { type: 'date', many: false, meaning: 'When it was first evaluated' },
  ],
  'microsoft.defender_cloud.posture.impact': [first('impact', 'metadata.userImpact'), keyword('Impact')],
  'microsoft.defender_cloud.posture.effort': ['metadata.implementationEffort', keyword('Effort of the remedy')],
  'microsoft.defender_cloud.posture.threats': ['metadata.threats[]', keywords('Threats that it opens the door to')],
  'microsoft.defender_cloud.posture.categories': [
    'metadata.categories[]',
    keywords('Categories of the recommendation'),
  ],
  'microsoft.defender_cloud.posture.assessment_type': [
    first('metadata.assessmentType', 'assessmentType'),
    keyword('BuiltIn, CustomPolicy…'),
  ],
  'microsoft.defender_cloud.posture.policy': ['metadata.policyDefinitionId', keyword('Policy definition behind it')],
  'microsoft.defender_cloud.posture.preview': ['metadata.preview', boolean('Recommendation in preview')],
  'microsoft.defender_cloud.posture.resource_source': [
    'resourceDetails.source',
    keyword('Azure, OnPremise, Aws, Gcp…'),
  ],
  'microsoft.defender_cloud.posture.resources.healthy': ['healthyResourceCount', long('Healthy resources')],
  'microsoft.defender_cloud.posture.resources.unhealthy': ['unhealthyResourceCount', long('Unhealthy resources')],
  'microsoft.defender_cloud.posture.resources.not_applicable': [
    'notApplicableResourceCount',
    long('Resources it does not apply to'),
  ],
  'microsoft.defender_cloud.posture.resources.passed': ['passedResources', long('Resources that passed')],
  'microsoft.defender_cloud.posture.resources.failed': ['failedResources', long('Resources that failed')],
  'microsoft.defender_cloud.posture.resources.skipped': ['skippedResources', long('Resources that were skipped')],
  'microsoft.defender_cloud.posture.controls.passed': ['passedControls', long('Controls that passed')],
  'microsoft.defender_cloud.posture.controls.failed': ['failedControls', long('Controls that failed')],
  'microsoft.defender_cloud.posture.controls.skipped': ['skippedControls', long('Controls that were skipped')],
  'microsoft.defender_cloud.posture.controls.unsupported': [
    'unsupportedControls',
    long('Controls that are not supported'),
  ],
  'microsoft.defender_cloud.posture.assessments.passed': ['passedAssessments', long('Assessments that passed')],
  'microsoft.defender_cloud.posture.assessments.failed': ['failedAssessments', long('Assessments that failed')],
  'microsoft.defender_cloud.posture.assessments.skipped': ['skippedAssessments', long('Assessments that were skipped')],
  'microsoft.defender_cloud.posture.score.current': ['score.current', float('Score')],
  'microsoft.defender_cloud.posture.score.max': ['score.max', float('Best possible score')],
  'microsoft.defender_cloud.posture.score.percentage': ['score.percentage', float('Score as a part of the best')],
  'microsoft.defender_cloud.posture.weight': ['weight', float('Weight of the control or subscription')],
  'microsoft.defender_cloud.posture.finding_id': ['id', keyword('Id of the finding, at its scanner')],
  'microsoft.defender_cloud.posture.finding_category': ['category', keyword('Category of the finding')],
  'microsoft.defender_cloud.posture.api_version': [enrichment('apiVersion'), keyword('Version of the schema')],
  'microsoft.defender_cloud.posture.interval': [enrichment('interval'), keyword('Interval of the export')],
  'microsoft.defender_cloud.posture.arm_id': ['^.id', keyword('Id of the object')],
  'microsoft.defender_cloud.posture.name': ['^.name', keyword('Name of the object, mostly a GUID')],
  'microsoft.defender_cloud.posture.arm_type': ['^.type', keyword('Kind of the object')],
  'microsoft.defender_cloud.posture.definition': ['definition', object('Definition of the control')],
  'microsoft.defender_cloud.posture.metadata': ['metadata', object('Recommendation, whole')],
  'microsoft.defender_cloud.posture.resource_details': ['resourceDetails', object('Resource, as the source writes it')],
  'microsoft.defender_cloud.posture.additional_data': ['additionalData', object('What the scanner adds')],
  'microsoft.defender_cloud.posture.partners': ['partnersData', objects('What a partner adds')],
}

/**
 * Continuous export, and the REST objects it is made of (Microsoft.Security assessments, subAssessments,
 * secureScores…).
 */
export const logType = defineLogType({
  id: 'defender-cloud.posture',
  version: 1,
  title: 'Defender for Cloud posture: recommendations, findings, scores, compliance',
  product: 'Microsoft Defender for Cloud',
  shapes: {
    recommendation: shape('Recommendations', types.recommendation),
    'sub-assessment': shape('Findings of a recommendation', types['sub-assessment']),
    'secure-score': shape('Secure score and its controls', types['secure-score'], types['secure-score-control']),
    compliance: shape(
      'Regulatory compliance',
      types['compliance-standard'],
      types['compliance-control'],
      types['compliance-assessment'],
    ),
  },
  uniqueKey: false, // an object keeps its id and changes its state
  // A snapshot of what has not changed is the same revision: it does not come twice.
  revision: concat(
    ...changing.flatMap((selector) => [first(selector, empty), literal('|')]),
    first(enrichment('action'), empty),
  ),
  objects: [
    { kind: 'posture', id: '^.id' },
    { kind: 'azure-resource', id: ['lower', resource] },
  ],
  significant: [state, 'score.current'],
  sensitive: ['partnersData.secret'], // RESTSPEC assessments.json: secret of the partner's integration
  time: first('timeGenerated', 'status.statusChangeDate', '^.time', 'status.firstEvaluationDate'),
  // What is healthy, or only a score, informs; what is not has the severity of its recommendation.
  severity: when(
    { 'status.code': 'Unhealthy' },
    first(grade, literal('medium')),
    when({ state: 'Failed' }, literal('medium'), literal('informational')),
  ),
  signature: {
    id: concat(literal('posture.'), kind, literal('.'), first(outcome, literal('unknown'))),
    name: first('displayName', 'metadata.displayName', 'description', kind),
    category: kind,
    known: Object.keys(types).flatMap((k) => ['success', 'failure', 'unknown'].map((o) => `posture.${k}.${o}`)),
  },
  fields: {
    'event.kind': literal('state'),
    'event.category': table(kind, { 'sub-assessment': 'vulnerability' }, literal('configuration')),
    'event.type': literal('info'),
    'event.action': kind,
    'event.outcome': first(outcome, literal('unknown')),
    'rule.name': first('displayName', 'metadata.displayName', 'description', '^.name'),
    message: first('description', 'metadata.description', 'displayName'),
    'microsoft.resource.name': first(nameOf('resourceDetails.id'), nameOf('^.id')),
    'microsoft.resource.type': first(typeOf('resourceDetails.id'), typeOf('^.id')),
    'microsoft.resource.group': first(groupOf('resourceDetails.id'), groupOf('^.id')),
    'cloud.account.id': first(subscriptionOf('resourceDetails.id'), subscriptionOf('^.id')),
    'microsoft.resource.id': first(resource, '^.id'),
    'event.reason': first('status.cause', 'status.description'),
    'microsoft.alert.remediation': first('remediation', 'metadata.remediationDescription'),
    'event.url': first('links.azurePortal', 'assessmentDetailsLink'),
    'event.id': '^.name',
    'organization.id': '^.tenantId',
    'cloud.provider': literal('azure'),
    'event.created': 'timeGenerated',
    'rule.id': '^.name',
    'rule.description': first('description', 'metadata.description'),
    ...exprsOf(own),
  },
  dictionary: definitionsOf(own),
})
