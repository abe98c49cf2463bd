import {
  all,
  boolean,
  date,
  defineLogType,
  first,
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
import type { Expr } from '../../../src/model.ts'
import { labelFields, sharepointFields } from '../areas.ts'
import { activityShape, o365Fields, resultOutcome, undocumentedShape, withCommon } from '../common.ts'
import { enforcementModes } from '../enums.ts'

const operations = [
  'DlpRuleMatch',
  'DlpRuleUndo',
  'DlpInfo',
  'FileCopiedToRemovableMedia',
  'FileCopiedToNetworkShare',
  'FileCopiedToClipboard',
  'FileCopiedToRemoteDesktopSession',
  'FileUploadedToCloud',
  'FilePrinted',
  'FileCreated',
  'FileModified',
  'FileRenamed',
  'FileDeleted',
  'FileArchived',
  'FileAccessedByUnallowedApp',
  'FileTransferredByBluetooth',
  'FilePastedToBrowser',
  'PastedToBrowser',
  'FileDiscovered',
]

const rules = 'PolicyDetails[].Rules[]'
const matched = `${rules}.ConditionsMatched`
const found = `${matched}.SensitiveInformation[]`

/** Endpoint records carry their data in EndpointMetaData (schema) or beside the common fields (seen). */
const endpoint = (name: string): Expr => first(`EndpointMetaData.${name}`, name)
const endpointInformation = [
  'EndpointMetaData.SensitiveInformation[]',
  'EndpointMetaData.SensitiveInfoTypeData[]',
  'SensitiveInfoTypeData[]',
]
const everyRule = (name: string): Expr =>
  all(`${rules}.${name}`, `EndpointMetaData.PolicyMatchInfo.${name}`, `PolicyMatchInfo.${name}`)

/** Detected values come as Value and Context (schema), or with the value as Name and its context as Value (seen). */
const secrets = [found, ...endpointInformation].flatMap((list) =>
  ['SensitiveInformationDetections', 'SensitiveInformationDetectionsInfo'].flatMap((holder) =>
    ['Name', 'Value', 'Context'].map((name) => `${list}.${holder}.DetectedValues[].${name}`),
  ),
)

const endpointRule = 'PolicyMatchInfo.RuleId'
/** One word where the endpoint stopped the action, another where it did not. */
const enforced = (blocked: string, passed: string): Expr =>
  first(table(endpoint('EnforcementMode'), { 4: blocked, Block: blocked }, literal(passed)), literal(passed))

const ruleSeverity = `${rules}.Severity`
const severe = (level: string, then: string, otherwise: Expr) =>
  when({ [ruleSeverity]: level }, literal(then), otherwise)

export const logType = defineLogType({
  id: 'o365.dlp',
  version: 1,
  title: 'Data loss prevention',
  product: 'Office 365 Data Loss Prevention',
  shapes: {
    activity: activityShape('DLP in Exchange, SharePoint and OneDrive', '11', '13', '33', '107'),
    endpoint: undocumentedShape('DLP on endpoints', '63'),
    scanner: undocumentedShape('DLP of the on-premises scanners', '99', '100'),
  },
  uniqueKey: true,
  objects: [{ kind: 'dlp-incident', id: 'IncidentId' }],
  sensitive: secrets,
  time: 'CreationTime',
  // The worst rule counts. An undone rule or a false positive is no longer a finding.
  severity: when(
    { Operation: ['DlpRuleUndo', 'DlpInfo'] },
    literal('informational'),
    severe(
      'High',
      'high',
      severe(
        'Medium',
        'medium',
        severe(
          'Low',
          'low',
          when(
            { [`${rules}.RuleId`]: '*' },
            literal('low'),
            when({ [endpointRule]: '*' }, enforced('medium', 'low'), literal('informational')),
          ),
        ),
      ),
    ),
  ),
  signature: { id: 'Operation', name: 'Operation', category: 'Workload', known: operations },
  fields: withCommon({
    'event.kind': when(
      { Operation: 'DlpRuleMatch' },
      literal('alert'),
      when({ [endpointRule]: '*' }, literal('alert'), literal('event')),
    ),
    'event.category': when({ 'ExchangeMetaData.MessageID': '*' }, literal('email'), literal('file')),
    'event.type': when({ [`${rules}.Actions[]`]: 'Block*' }, literal('denied'), enforced('denied', 'info')),
    // Of an endpoint the record is the user's action, which was stopped or went through; elsewhere it is the finding.
    'event.outcome': when({ RecordType: '63' }, enforced('failure', 'success'), resultOutcome('unknown')),
    'user.name': first('ExchangeMetaData.From', 'SharePointMetaData.From', 'UserId'),
    'rule.name': first(`${rules}.RuleName`, 'EndpointMetaData.PolicyMatchInfo.RuleName', 'PolicyMatchInfo.RuleName'),
    'rule.ruleset': first(
      'PolicyDetails[].PolicyName',
      'EndpointMetaData.PolicyMatchInfo.PolicyName',
      'PolicyMatchInfo.PolicyName',
    ),
    'rule.id': first(`${rules}.RuleId`, 'EndpointMetaData.PolicyMatchInfo.RuleId', 'PolicyMatchInfo.RuleId'),
    'microsoft.dlp.severity': ruleSeverity,
    'microsoft.dlp.sensitive_types': all(
      `${found}.SensitiveInformationTypeName`,
      ...endpointInformation.map((list) => `${list}.SensitiveInformationTypeName|SensitiveInfoTypeName`),
    ),
    'microsoft.dlp.actions': all(
      `${rules}.Actions[]`,
      'EndpointMetaData.PolicyMatchInfo.RuleActions[]',
      'PolicyMatchInfo.RuleActions[]',
    ),
    'microsoft.dlp.overridden_actions': `${rules}.OverriddenActions[]`,
    'file.name': first('SharePointMetaData.FileName', endpoint('FileName')),
    'file.path': first(
      'SharePointMetaData.FilePathUrl',
      endpoint('FilePath'),
      when({ RecordType: ['63', '99', '100'] }, 'ObjectId'),
    ),
    'file.owner': 'SharePointMetaData.FileOwner',
    'email.subject': 'ExchangeMetaData.Subject',
    'email.from.address': 'ExchangeMetaData.From',
    'email.to.address': 'ExchangeMetaData.To[]',
    'email.cc.address': 'ExchangeMetaData.CC[]',
    'email.bcc.address': 'ExchangeMetaData.BCC[]',
    'email.message_id': 'ExchangeMetaData.MessageID',
    'email.local_id': 'ExchangeMetaData.UniqueID',
    'email.origination_timestamp': 'ExchangeMetaData.Sent',
    'microsoft.mail.recipient_count': 'ExchangeMetaData.RecipientCount',
    'host.name': endpoint('DeviceName'),
    'process.name': endpoint('Application'),
    'microsoft.dlp.enforcement_mode': table(endpoint('EnforcementMode'), enforcementModes),
    'microsoft.dlp.target_path': endpoint('TargetFilePath'),
    'destination.domain': endpoint('TargetDomain'),
    'source.domain': endpoint('OriginatingDomain'),
    'microsoft.dlp.target_printer': endpoint('TargetPrinterName'),
    'file.extension': endpoint('FileExtension'),
    'file.type': endpoint('FileType'),
    'file.size': first(endpoint('FileSize'), 'ExchangeMetaData.FileSize', 'SharePointMetaData.FileSize'),
    'file.hash.sha1': endpoint('Sha1'),
    'file.hash.sha256': endpoint('Sha256'),
    'microsoft.dlp.device_id': endpoint('MDATPDeviceId'),
    'event.reason': first('ExceptionInfo~.Justification', 'ExceptionInfo~.Reason'),
    'microsoft.dlp.exception_reason': 'ExceptionInfo~.Reason',
    'microsoft.dlp.false_positive': 'ExceptionInfo~.FalsePositive',
    'microsoft.dlp.justification': 'ExceptionInfo~.Justification',
    'microsoft.dlp.exception_rules': 'ExceptionInfo~.Rules[]',
    'microsoft.dlp.exception_text': when(
      { 'ExceptionInfo~.Reason|FalsePositive|Justification|Rules': '*' },
      literal(''),
      'ExceptionInfo',
    ),
    'microsoft.dlp.incident_id': 'IncidentId',
    'microsoft.dlp.detected_values_included': 'SensitiveInfoDetectionIsIncluded',
    'microsoft.dlp.rule_names': everyRule('RuleName'),
    'microsoft.dlp.rule_ids': everyRule('RuleId'),
    'microsoft.dlp.rule_modes': `${rules}.RuleMode`,
    'microsoft.dlp.policy_names': all(
      'PolicyDetails[].PolicyName',
      'EndpointMetaData.PolicyMatchInfo.PolicyName',
      'PolicyMatchInfo.PolicyName',
    ),
    'microsoft.dlp.policy_ids': all(
      'PolicyDetails[].PolicyId',
      'EndpointMetaData.PolicyMatchInfo.PolicyId',
      'PolicyMatchInfo.PolicyId',
    ),
    'microsoft.dlp.counts': all(`${found}.Count`, ...endpointInformation.map((list) => `${list}.Count`)),
    'microsoft.dlp.confidences': all(`${found}.Confidence`, ...endpointInformation.map((list) => `${list}.Confidence`)),
    'microsoft.dlp.locations': `${found}.Location`,
    'microsoft.dlp.sensitive_type_ids': all(
      `${found}.SensitiveType`,
      ...endpointInformation.map((list) => `${list}.SensitiveType|SensitiveInfoTypeId`),
    ),
    'microsoft.dlp.results_truncated': first(
      `${found}.SensitiveInformationDetections.ResultsTruncated`,
      ...endpointInformation.map(
        (list) => `${list}.SensitiveInformationDetections|SensitiveInformationDetectionsInfo.ResultsTruncated`,
      ),
    ),
    'microsoft.dlp.conditions': `${matched}.OtherConditions[]`,
    'microsoft.dlp.document_properties': `${matched}.DocumentProperties[]`,
    'microsoft.sharepoint.site_id': 'SharePointMetaData.SiteCollectionGuid',
    'microsoft.sharepoint.site_url': 'SharePointMetaData.SiteCollectionUrl',
    'url.original': 'SharePointMetaData.FilePathUrl',
    'microsoft.dlp.document_sharer': 'SharePointMetaData.DocumentSharer',
    'microsoft.dlp.document_modifier': 'SharePointMetaData.DocumentLastModifier',
    'microsoft.dlp.document_id': 'SharePointMetaData.UniqueId|UniqueID',
    'microsoft.dlp.viewable_externally': 'SharePointMetaData.IsViewableByExternalUsers',
    'microsoft.label.sensitivity_label_id': first(
      'SharePointMetaData.SensitivityLabelIds[]',
      'SensitivityLabelEventData.SensitivityLabelId',
    ),
    'file.created': 'SharePointMetaData.itemCreationTime',
    'file.mtime': 'SharePointMetaData.LastModifiedTime',
    'microsoft.dlp.operation': endpoint('EndpointOperation'),
    'microsoft.dlp.enforcement_mode_id': endpoint('EnforcementMode'),
    'microsoft.dlp.source_location': endpoint('SourceLocationType'),
    'microsoft.dlp.destination_location': endpoint('DestinationLocationType'),
    'microsoft.dlp.platform': endpoint('Platform'),
    'microsoft.dlp.rms_encrypted': endpoint('RMSEncrypted'),
    'microsoft.dlp.just_in_time': endpoint('JitTriggered'),
    'microsoft.dlp.evidence_file': endpoint('EvidenceFile'),
    'microsoft.dlp.evaluated': first('EvaluationTime', 'LastModifiedTime'),
    'microsoft.dlp.policy_details': 'PolicyDetails[]',
    'microsoft.dlp.endpoint': 'EndpointMetaData',
    'microsoft.dlp.policy_match': 'PolicyMatchInfo',
    'microsoft.dlp.endpoint_information': 'SensitiveInfoTypeData[]',
  }),
  dictionary: {
    ...o365Fields,
    'microsoft.mail.recipient_count': long('Number of recipients'),
    ...sharepointFields,
    ...labelFields,
    'microsoft.dlp.severity': keyword('Severity of the first rule'),
    'microsoft.dlp.sensitive_types': keywords('Types of sensitive information that were found'),
    'microsoft.dlp.sensitive_type_ids': keywords('The same as ids'),
    'microsoft.dlp.actions': keywords('What was done about it'),
    'microsoft.dlp.overridden_actions': keywords('What was undone'),
    'microsoft.dlp.enforcement_mode': keyword('Audit, Warn with override, Warn and bypass, Block or Allow'),
    'microsoft.dlp.enforcement_mode_id': long('The same as a number'),
    'microsoft.dlp.target_path': keyword('Path that the file was copied to'),
    'microsoft.dlp.target_printer': keyword('Printer'),
    'microsoft.dlp.device_id': keyword('Device in Defender for Endpoint'),
    'microsoft.dlp.exception_reason': keyword('Override, Document Change or Policy Change'),
    'microsoft.dlp.false_positive': boolean('The user called it a false positive'),
    'microsoft.dlp.justification': text('What the user gave as a reason'),
    'microsoft.dlp.exception_rules': keywords('Rules that no longer apply'),
    'microsoft.dlp.exception_text': text('The exception, where it comes as one text'),
    'microsoft.dlp.incident_id': keyword('Incident that the matches belong to'),
    'microsoft.dlp.detected_values_included': boolean('The record holds what was detected'),
    'microsoft.dlp.rule_names': keywords('Every rule'),
    'microsoft.dlp.rule_ids': keywords('Every rule, ids'),
    'microsoft.dlp.rule_modes': keywords('Enforce, audit with notification, or audit only'),
    'microsoft.dlp.policy_names': keywords('Every policy'),
    'microsoft.dlp.policy_ids': keywords('Every policy, ids'),
    'microsoft.dlp.counts': keywords('How often each type was found'),
    'microsoft.dlp.confidences': keywords('How sure each finding is'),
    'microsoft.dlp.locations': keywords('Where in the content it was found'),
    'microsoft.dlp.results_truncated': boolean('There was more than the record holds'),
    'microsoft.dlp.conditions': objects('Other conditions that matched: name and value'),
    'microsoft.dlp.document_properties': objects('Document properties that matched: name and value'),
    'microsoft.dlp.document_sharer': keyword('Who last changed the sharing', { related: 'user' }),
    'microsoft.dlp.document_modifier': keyword('Who last changed the document', { related: 'user' }),
    'microsoft.dlp.document_id': keyword('Document'),
    'microsoft.dlp.viewable_externally': boolean('People outside can see it'),
    'microsoft.dlp.operation': keyword('What was done on the device'),
    'microsoft.dlp.source_location': keyword('Kind of place that the file came from'),
    'microsoft.dlp.destination_location': keyword('Kind of place that the file went to'),
    'microsoft.dlp.platform': keyword('Platform of the device'),
    'microsoft.dlp.rms_encrypted': boolean('The file is encrypted by rights management'),
    'microsoft.dlp.just_in_time': boolean('Protected just in time, before classification'),
    'microsoft.dlp.evidence_file': object('Copy of the file that was kept as evidence'),
    'microsoft.dlp.evaluated': date('When the content was evaluated'),
    'microsoft.dlp.policy_details': objects('Policies, rules and conditions as the source writes them'),
    'microsoft.dlp.endpoint': object('Endpoint data as the source writes it'),
    'microsoft.dlp.policy_match': object('Policy that matched on the endpoint'),
    'microsoft.dlp.endpoint_information': objects('Sensitive information on the endpoint as the source writes it'),
  },
})
