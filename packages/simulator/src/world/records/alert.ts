import { timeAt } from '../record.ts'
import { textOr } from './hostile.ts'
import {
  azureResourceEvidence,
  cloudApplicationEvidence,
  deviceEvidence,
  evidenceOf,
  fileEvidence,
  ipEvidence,
  mailboxEvidence,
  messageEvidence,
  oauthApplicationEvidence,
  processEvidence,
  unknownEvidence,
  urlEvidence,
  userEvidence,
} from './evidence.ts'
import { incidentIdAt } from './incident.ts'
import type { Fields, Made, RecordContext, RecordKind } from '../record.ts'

interface Story {
  readonly prefix: string
  readonly title: string
  readonly category: string
  readonly serviceSource: string
  readonly detectionSource: string
  readonly productName: string
  readonly techniques: readonly string[]
  readonly evidence: Parameters<typeof evidenceOf>[1]
}

const endpoint: Story = {
  prefix: 'da',
  title: 'Suspicious PowerShell command line',
  category: 'Execution',
  serviceSource: 'microsoftDefenderForEndpoint',
  detectionSource: 'microsoftDefenderForEndpoint',
  productName: 'Microsoft Defender for Endpoint',
  techniques: ['T1059.001', 'T1204.002'],
  evidence: [deviceEvidence, processEvidence, fileEvidence, userEvidence],
}

const mail: Story = {
  prefix: 'fa',
  title: 'Email messages containing malicious URL removed after delivery',
  category: 'InitialAccess',
  serviceSource: 'microsoftDefenderForOffice365',
  detectionSource: 'microsoftDefenderForOffice365',
  productName: 'Microsoft Defender for Office 365',
  techniques: ['T1566.002'],
  evidence: [messageEvidence, mailboxEvidence, urlEvidence],
}

const identity: Story = {
  prefix: 'aa',
  title: 'Suspected brute-force attack (Kerberos, NTLM)',
  category: 'CredentialAccess',
  serviceSource: 'microsoftDefenderForIdentity',
  detectionSource: 'microsoftDefenderForIdentity',
  productName: 'Microsoft Defender for Identity',
  techniques: ['T1110'],
  evidence: [userEvidence, deviceEvidence, ipEvidence],
}

const cloudApps: Story = {
  prefix: 'ca',
  title: 'Impossible travel activity',
  category: 'InitialAccess',
  serviceSource: 'microsoftDefenderForCloudApps',
  detectionSource: 'cloudAppSecurity',
  productName: 'Microsoft Defender for Cloud Apps',
  techniques: [],
  evidence: [userEvidence, cloudApplicationEvidence, ipEvidence, oauthApplicationEvidence],
}

const cloud: Story = {
  prefix: 'dc',
  title: 'Traffic detected from IP addresses recommended for blocking',
  category: 'PreAttack',
  serviceSource: 'microsoftDefenderForCloud',
  detectionSource: 'microsoftDefenderForServers',
  productName: 'Microsoft Defender for Cloud',
  techniques: ['T1595'],
  evidence: [azureResourceEvidence, ipEvidence, unknownEvidence],
}

const sentinel: Story = {
  prefix: 'sn',
  title: 'Rare application consent',
  category: 'Persistence',
  serviceSource: 'microsoftSentinel',
  detectionSource: 'scheduledAlerts',
  productName: 'Microsoft Sentinel',
  techniques: ['T1136'],
  evidence: [userEvidence, ipEvidence],
}

const stories = [endpoint, endpoint, mail, identity, cloudApps, cloud, sentinel]

function create(context: RecordContext): Made {
  const story = context.random.pick(stories)
  const id = `${story.prefix}${context.random.hex(18)}_${context.random.below(2_000_000_000)}`
  return { id, fields: { id, ...described(story, context), ...dated(context), ...located(id, context, story) } }
}

function described(story: Story, context: RecordContext): Fields {
  const { random } = context
  return {
    providerAlertId: random.guid(),
    incidentId: incidentIdAt(context.index),
    status: 'new',
    severity: random.pick(['informational', 'low', 'medium', 'medium', 'high']),
    classification: null,
    determination: null,
    serviceSource: story.serviceSource,
    detectionSource: story.detectionSource,
    productName: story.productName,
    detectorId: random.guid(),
    tenantId: context.tenantId,
    title: textOr(context, story.title),
    description: textOr(context, `${story.title}.\n\tSeen on one entity, by ${story.productName}.`),
    recommendedActions:
      'A. Validate the alert.\r\n\u2022 1. Look at the process tree.\r\n\u2022 2. Isolate the device.',
    category: story.category,
    categories: [story.category],
    assignedTo: null,
  }
}

function dated(context: RecordContext): Fields {
  const created = timeAt(context)
  return {
    firstActivityDateTime: timeAt(context, -600_000),
    lastActivityDateTime: timeAt(context, -60_000),
    createdDateTime: created,
    lastUpdateDateTime: created,
    resolvedDateTime: null,
  }
}

function located(id: string, context: RecordContext, story: Story): Fields {
  const portal = 'https://security.microsoft.com'
  return {
    alertWebUrl: `${portal}/alerts/${id}?tid=${context.tenantId}`,
    incidentWebUrl: `${portal}/incidents/${incidentIdAt(context.index)}?tid=${context.tenantId}`,
    actorDisplayName: null,
    threatDisplayName: null,
    threatFamilyName: null,
    mitreTechniques: story.techniques,
    systemTags: [],
    alertPolicyId: null,
    comments: [],
    additionalData: null,
    customDetails: story === sentinel ? { 'Rule run': '7', 'a|b': textOr(context, 'c=d') } : null,
    evidence: evidenceOf(context, story.evidence),
  }
}

// Triage: somebody takes the alert, then closes it.
function change(fields: Fields, context: RecordContext): Fields {
  const lastUpdateDateTime = timeAt(context)
  const assignedTo = `soc@${context.domain}`
  if (fields.status === 'new') return { ...fields, status: 'inProgress', assignedTo, lastUpdateDateTime }
  const comment = { comment: 'Done.', createdByDisplayName: 'SOC', createdDateTime: lastUpdateDateTime }
  const comments = [...(fields.comments as object[]), comment]
  const closed = { status: 'resolved', classification: 'truePositive', determination: 'malware' }
  return { ...fields, ...closed, comments, lastUpdateDateTime, resolvedDateTime: lastUpdateDateTime }
}

/** `microsoft.graph.security.alert` with evidence of the kinds its product reports. */
export const alertKind: RecordKind = { timeField: 'lastUpdateDateTime', create, change }
