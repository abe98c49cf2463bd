import {
  all,
  boolean,
  concat,
  defineLogType,
  first,
  float,
  join,
  keyword,
  keywords,
  literal,
  lower,
  object,
  objects,
  part,
  strip,
  table,
  when,
} from '../../../src/build.ts'
import { groupOf, nameOf, subscriptionOf, typeOf, type Own, definitionsOf, exprsOf } from '../../azure/envelope.ts'

/** What continuous export calls New, the alerts API calls Active: one word, so that one state is one revision. */
const status = table('status', { New: 'Active' })

const resource = 'resourceIdentifiers[].azureResourceId'
const resourceId = first('azureResourceId', resource)

/** Tactics as one text: `InitialAccess, Persistence`. */
const tactics = all(...[0, 1, 2, 3, 4, 5].map((index) => strip(part('intent', ',', index), ' ')))

/** Values of `intent` (RESTSPEC alerts.json), and the id that each gives its alerts. */
const tacticNames = {
  Unknown: 'unknown',
  PreAttack: 'pre-attack',
  Probing: 'probing',
  Exploitation: 'exploitation',
  InitialAccess: 'initial-access',
  Execution: 'execution',
  Persistence: 'persistence',
  PrivilegeEscalation: 'privilege-escalation',
  DefenseEvasion: 'defense-evasion',
  CredentialAccess: 'credential-access',
  Discovery: 'discovery',
  LateralMovement: 'lateral-movement',
  Collection: 'collection',
  CommandAndControl: 'command-and-control',
  Exfiltration: 'exfiltration',
  Impact: 'impact',
}
const tactic = table(part('intent', ',', 0), tacticNames)

const tenant = first('resourceIdentifiers[].aadTenantId', 'resourceIdentifiers[].azureResourceTenantId', '^.tenantId')

const own: Own = {
  'microsoft.defender_cloud.incident': ['isIncident', boolean('The alert stands for several others')],
  'microsoft.defender_cloud.component': ['productComponentName', keyword('Plan of Defender for Cloud that raised it')],
  'microsoft.defender_cloud.correlation_key': ['correlationKey', keyword('Key that ties alerts to an incident')],
  'microsoft.defender_cloud.confidence.level': ['confidenceLevel', keyword('Confidence')],
  'microsoft.defender_cloud.confidence.score': ['confidenceScore', float('Confidence as a number')],
  'microsoft.defender_cloud.confidence.reasons': ['confidenceReasons[]', objects('Reasons of the confidence')],
  'microsoft.defender_cloud.source_status': [first('status'), keyword('State in the word of the door: New or Active')],
  'microsoft.defender_cloud.provider_status': ['providerAlertStatus', keyword('State in the product that raised it')],
  'microsoft.defender_cloud.resource_type': [
    first('extendedProperties.resourceType', 'extendedProperties."Resource type"'),
    keyword('Kind of resource, in words'),
  ],
  'microsoft.defender_cloud.resources': [
    all('resourceIdentifiers[].azureResourceId', 'azureResourceId'),
    keywords('Every Azure resource of the alert'),
  ],
  'microsoft.defender_cloud.workspace.id': [
    first('workspaceId', 'resourceIdentifiers[].workspaceId'),
    keyword('Log Analytics workspace'),
  ],
  'microsoft.defender_cloud.workspace.subscription': [
    first('workspaceSubscriptionId', 'resourceIdentifiers[].workspaceSubscriptionId'),
    keyword('Subscription of the workspace'),
  ],
  'microsoft.defender_cloud.workspace.resource_group': [
    first('workspaceResourceGroup', 'resourceIdentifiers[].workspaceResourceGroup'),
    keyword('Resource group of the workspace'),
  ],
  'microsoft.defender_cloud.agent_id': [
    first('agentId', 'resourceIdentifiers[].agentId'),
    keyword('Agent on the host'),
  ],
  'microsoft.defender_cloud.links': ['extendedLinks[].href', keywords('Further reading')],
  'microsoft.defender_cloud.extended_links': ['extendedLinks[]', objects('Links, each with label and category')],
  'microsoft.defender_cloud.resource_identifiers': [
    'resourceIdentifiers[]',
    objects('What the alert is about, as the source writes it'),
  ],
  'microsoft.defender_cloud.remediation_steps': ['remediationSteps[]', keywords('Recommended steps, each')],
  'microsoft.defender_cloud.supporting_evidence': ['supportingEvidence', object('Evidence, as a table or text')],
  'microsoft.defender_cloud.version': ['version', keyword('Version of the schema of the alert')],
  'microsoft.defender_cloud.arm_id': ['^.id', keyword('Alert as a resource of Azure Resource Manager')],
  'microsoft.defender_cloud.extended_properties': [
    'extendedProperties',
    object('What the detection adds, as it says it'),
  ],
  'microsoft.defender_cloud.entities': ['entities[]', objects('Entities as the source writes them')],
}

/** RESTSPEC Microsoft.Security 2022-01-01 alerts.json; continuous export sends the same flat and in PascalCase. */
export const logType = defineLogType({
  id: 'defender-cloud.alert',
  version: 1,
  title: 'Defender for Cloud alerts',
  product: 'Microsoft Defender for Cloud',
  shapes: {
    arm: {
      title: 'REST: Microsoft.Security/alerts',
      rank: 20,
      when: {
        has: ['type', 'properties'],
        is: ['type', 'Microsoft.Security/Locations/alerts', 'Microsoft.Security/alerts'],
      },
      root: 'properties',
      space: 'defender-cloud.alert',
      key: [first('systemAlertId', '^.name')],
      tenant,
    },
    export: {
      title: 'Continuous export: Event Hub',
      // Sentinel's table SecurityAlert has AlertSeverity in the place of Severity.
      rank: 21,
      when: {
        has: ['SystemAlertId', 'AlertType|AlertDisplayName', 'Severity'],
        lacks: ['properties|AlertSeverity|AlertName'],
      },
      space: 'defender-cloud.alert',
      key: ['systemAlertId'],
      tenant,
    },
  },
  uniqueKey: false, // status and details change; the revision tells
  revision: concat(
    first(status, literal('')),
    literal('|'),
    first('processingEndTimeUtc|processingEndTime', literal('')),
  ),
  objects: [{ kind: 'alert', id: first('systemAlertId', '^.name') }],
  significant: [status, 'severity'],
  time: first('timeGeneratedUtc|timeGenerated', 'startTimeUtc'),
  severity: first(
    table(
      'severity',
      { Informational: 'informational', Low: 'low', Medium: 'medium', High: 'high' },
      literal('medium'),
    ),
    literal('medium'),
  ),
  signature: {
    // Alert types are an open list (learn.microsoft.com/azure/defender-for-cloud/alerts-reference): the tactic bounds
    // them.
    id: when(
      { isIncident: 'true' },
      literal('alert.incident'),
      concat(literal('alert.'), first(tactic, literal('unknown'))),
    ),
    name: first('alertDisplayName', 'alertType'),
    category: 'intent',
    known: ['alert.incident', ...Object.values(tacticNames).map((name) => `alert.${name}`)],
  },
  fields: {
    'event.kind': literal('alert'),
    'event.category': literal('intrusion_detection'),
    'event.type': literal('info'),
    'event.action': 'alertType',
    'event.id': first('systemAlertId', '^.name'),
    message: 'description',
    'rule.name': first('alertDisplayName', 'alertType'),
    'rule.id': 'alertType',
    'rule.description': 'description',
    'threat.tactic.name': tactics,
    'threat.technique.id': all('techniques[]', 'subTechniques[]'),
    'microsoft.alert.id': first('systemAlertId', '^.name'),
    'microsoft.alert.status': status,
    'microsoft.alert.category': 'intent',
    'microsoft.resource.name': first(nameOf('azureResourceId'), nameOf(resource), 'compromisedEntity'),
    'microsoft.object_id': 'compromisedEntity',
    'microsoft.resource.type': first(typeOf('azureResourceId'), typeOf(resource)),
    'microsoft.resource.group': first(groupOf('azureResourceId'), groupOf(resource)),
    'cloud.account.id': first(subscriptionOf('azureResourceId'), subscriptionOf(resource)),
    'microsoft.resource.id': resourceId,
    'event.url': 'alertUri',
    'microsoft.alert.remediation': join('remediationSteps[]', ' '),
    'event.start': 'startTimeUtc',
    'event.end': 'endTimeUtc',
    'event.created': 'timeGeneratedUtc|timeGenerated',
    'microsoft.alert.updated': 'processingEndTimeUtc|processingEndTime',
    'event.provider': 'vendorName',
    'microsoft.alert.service_source': 'productName',
    'organization.id': tenant,
    'cloud.provider': literal('azure'),
    'cloud.region': '^.location',
    'log.level': lower('severity'),
    ...exprsOf(own),
  },
  entities: [{ list: 'entities[]', table: 'defender-cloud' }],
  dictionary: definitionsOf(own),
})
