import { all, boolean, date, first, float, keyword, keywords, long, objects, text } from '../../../src/build.ts'
import type { Own } from '../envelope.ts'
import { properties, property } from './vocabulary.ts'

/**
 * Properties by category (AZDOCS activity-log-schema.md, one section a category). Those that ECS has stand in the
 * type.
 */
export const administrative: Own = {
  'microsoft.activity.request_body': [property('requestbody'), text('Body of the request')],
  'microsoft.activity.response_body': [property('responseBody'), text('Body of the response')],
  'microsoft.activity.status_message': [property('statusMessage'), text('Error of the resource provider, JSON')],
  'microsoft.activity.entity': [property('entity'), keyword('Resource that was acted on')],
  'microsoft.activity.message': [property('message'), keyword('Operation or message of the resource provider')],
  'microsoft.activity.hierarchy': [
    first(property('hierarchy'), property('ancestors')),
    keyword('Management groups above the subscription'),
  ],
  'microsoft.activity.service_request_id': [
    property('serviceRequestId'),
    keyword('Id of the request at the resource provider'),
  ],
}

export const policy: Own = {
  'microsoft.activity.policy.effect': [property('policies~[].policyDefinitionEffect'), keyword('Effect of the policy')],
  'microsoft.activity.policy.assignment': [
    first(property('policies~[].policyAssignmentDisplayName'), property('policies~[].policyAssignmentName')),
    keyword('Policy assignment'),
  ],
  'microsoft.activity.policy.compliance_check': [
    property('isComplianceCheck'),
    boolean('Background check, not a request'),
  ],
  'microsoft.activity.policy.location': [property('resourceLocation'), keyword('Region of the resource')],
  'microsoft.activity.policy.all': [properties('policies~[]'), objects('Policies that applied')],
}

export const security: Own = {
  'microsoft.activity.security.compromised_entity': [property('compromisedEntity'), keyword('What was attacked')],
  'microsoft.activity.security.attacked_resource_type': [
    property('attackedResourceType'),
    keyword('Kind of what was attacked'),
  ],
  'microsoft.activity.security.action_taken': [property('actionTaken'), keyword('What was done about it')],
  'microsoft.activity.security.threat_status': [property('threatStatus'), keyword('State of the threat')],
  'microsoft.activity.security.protection_type': [property('protectionType'), keyword('Product that protects')],
}

export const serviceHealth: Own = {
  'microsoft.activity.health.title': [
    first(property('defaultLanguageTitle'), property('title')),
    keyword('Title of the health event'),
  ],
  'microsoft.activity.health.localized_title': [
    property('title'),
    keyword('Title in the language of the subscription'),
  ],
  'microsoft.activity.health.service': [property('service'), keyword('Azure service')],
  'microsoft.activity.health.region': [property('region'), keyword('Region of the service')],
  'microsoft.activity.health.incident_type': [
    property('incidentType'),
    keyword('Incident, Maintenance, Informational, ActionRequired, Security…'),
  ],
  'microsoft.activity.health.tracking_id': [property('trackingId'), keyword('Tracking id of the incident')],
  'microsoft.activity.health.stage': [property('stage'), keyword('Active, Planned, InProgress, Resolved, RCA…')],
  'microsoft.activity.health.impact_start': [property('impactStartTime'), date('Start of the impact')],
  'microsoft.activity.health.impact_mitigation': [property('impactMitigationTime'), date('End of the impact')],
  'microsoft.activity.health.impacted_services': [
    properties('impactedServices~[]'),
    objects('Services and regions that are hit'),
  ],
  'microsoft.activity.health.communication_id': [property('communicationId'), keyword('Communication')],
  'microsoft.activity.health.content': [
    first(property('defaultLanguageContent'), property('communication')),
    text('Text, HTML'),
  ],
  'microsoft.activity.health.localized_content': [
    property('communication'),
    text('Text in the language of the subscription, HTML'),
  ],
  'microsoft.activity.health.version': [property('version'), keyword('Version of the health event')],
}

export const resourceHealth: Own = {
  'microsoft.activity.health.status': [
    first(property('currentHealthStatus'), property('healthStatus')),
    keyword('Available, Unavailable, Degraded or Unknown'),
  ],
  'microsoft.activity.health.previous_status': [property('previousHealthStatus'), keyword('State before')],
  'microsoft.activity.health.event_type': [first(property('type'), property('healthEventType')), keyword('Downtime…')],
  'microsoft.activity.health.cause': [
    first(property('cause'), property('healthEventCause')),
    keyword('PlatformInitiated or UserInitiated'),
  ],
  'microsoft.activity.health.event_category': [
    property('healthEventCategory'),
    keyword('Category of the health event'),
  ],
  'microsoft.activity.health.details': [property('details'), text('Details')],
}

export const alert: Own = {
  'microsoft.activity.alert.rule_uri': [property('RuleUri'), keyword('Alert rule, id')],
  'microsoft.activity.alert.metric': [property('MetricName'), keyword('Metric')],
  'microsoft.activity.alert.operator': [property('Operator'), keyword('Comparison')],
  'microsoft.activity.alert.threshold': [property('Threshold'), float('Threshold')],
  'microsoft.activity.alert.unit': [property('MetricUnit'), keyword('Unit of the metric')],
  'microsoft.activity.alert.aggregation': [property('Aggregation'), keyword('Aggregation')],
  'microsoft.activity.alert.window_minutes': [property('WindowSizeInMinutes'), long('Window, minutes')],
  'microsoft.activity.alert.event_id': [property('eventDataId'), keyword('Activity record that the alert is about')],
  'microsoft.activity.alert.event_time': [property('eventTimestamp'), date('Time of that record')],
  'microsoft.activity.alert.event_operation': [property('operationName'), keyword('Operation of that record')],
  'microsoft.activity.alert.event_status': [property('status'), keyword('Status of that record')],
  'microsoft.activity.alert.event_resource': [property('resourceId'), keyword('Resource of that record')],
  'microsoft.activity.alert.event_resource_group': [
    property('resourceGroup'),
    keyword('Resource group of that record'),
  ],
  'microsoft.activity.alert.event_subscription': [property('subscriptionId'), keyword('Subscription of that record')],
}

export const autoscale: Own = {
  'microsoft.activity.autoscale.description': [property('Description'), text('Why it scaled')],
  'microsoft.activity.autoscale.resource': [property('ResourceName'), keyword('What scaled')],
  'microsoft.activity.autoscale.old_count': [property('OldInstancesCount'), long('Instances before')],
  'microsoft.activity.autoscale.new_count': [property('NewInstancesCount'), long('Instances after')],
  'microsoft.activity.autoscale.last_action': [property('LastScaleActionTime'), date('Last time that it scaled')],
}

export const recommendation: Own = {
  'microsoft.activity.recommendation.name': [property('recommendationName'), keyword('Recommendation')],
  'microsoft.activity.recommendation.category': [
    property('recommendationCategory'),
    keyword('High Availability, Performance, Security or Cost'),
  ],
  'microsoft.activity.recommendation.impact': [property('recommendationImpact'), keyword('High, Medium or Low')],
  'microsoft.activity.recommendation.risk': [property('recommendationRisk'), keyword('Error, Warning or None')],
  'microsoft.activity.recommendation.type': [property('recommendationType'), keyword('Kind of recommendation')],
  'microsoft.activity.recommendation.schema_version': [
    property('recommendationSchemaVersion'),
    keyword('Version of its schema'),
  ],
}

export const envelopeExtras: Own = {
  'microsoft.activity.channels': ['channels', keyword('Admin or Operation')],
  'microsoft.activity.related_events': ['relatedEvents[]', objects('Related events')],
  'microsoft.activity.id': ['id', keyword('Id of the record as a path')],
  'microsoft.activity.event_name': [
    first('eventName.value', 'eventName.localizedValue', 'properties~.eventName'),
    keyword('BeginRequest, EndRequest…'),
  ],
  'microsoft.activity.localized': ['operationName.localizedValue', keyword('Operation in the language of the portal')],
  'microsoft.activity.localized_names': [
    all(
      ...['category', 'eventName', 'status', 'subStatus', 'resourceProviderName', 'resourceType'].map(
        (name) => `${name}.localizedValue`,
      ),
    ),
    keywords('Words of the record in the language of the portal'),
  ],
  'microsoft.activity.job_id': ['jobId', keyword('Job of the resource provider')],
  'microsoft.activity.job_type': ['jobType', keyword('Kind of job')],
  'microsoft.activity.release': ['ReleaseVersion', keyword('Release of Azure Resource Manager')],
  'microsoft.activity.role_location': ['RoleLocation', keyword('Place of Azure Resource Manager')],
}
