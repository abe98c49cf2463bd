import { all, defineLogType, first, keyword, literal, long, object, table, when } from '../../../src/build.ts'
import { detectionField, findingFields } from '../areas.ts'
import { activityShape, o365Fields, resultOutcome, withCommon } from '../common.ts'
import { fileVerdicts, sourceWorkloads } from '../enums.ts'

const verdict = table('FileData.FileVerdict', fileVerdicts)

export const logType = defineLogType({
  id: 'o365.atp-content',
  version: 1,
  title: 'Defender for Office 365: malicious files',
  product: 'Office 365 Defender',
  shapes: { activity: activityShape('Safe Attachments for SharePoint, OneDrive and Teams', '47') },
  uniqueKey: true,
  time: 'CreationTime',
  severity: first(table(verdict, { Bad: 'high', Good: 'informational' }, literal('medium')), literal('medium')),
  signature: {
    id: 'Operation',
    name: 'Operation',
    category: 'Workload',
    known: ['AtpDetection', 'ATPContentDetection', 'FileMalwareDetected', 'TIFileData'],
  },
  fields: withCommon({
    'event.kind': literal('alert'),
    'event.category': all(literal('file'), literal('malware')),
    'event.outcome': resultOutcome('unknown'),
    'file.name': 'FileData.FileName',
    'file.path': 'FileData.FilePath',
    'file.hash.sha256': 'FileData.SHA256',
    'threat.software.name': 'FileData.MalwareFamily',
    'threat.indicator.name': 'FileData.MalwareFamily',
    'microsoft.finding.file_verdicts': verdict,
    'user.name': first('LastModifiedBy', 'UserId'),
    'microsoft.content.source_workload': table('SourceWorkload', sourceWorkloads),
    'microsoft.mail.detection_method': 'DetectionMethod',
    'event.url': 'EventDeepLink',
    'url.original': when({ 'FileData.FilePath': 'http*' }, 'FileData.FilePath'),
    'file.size': 'FileData.FileSize',
    'file.mtime': 'LastModifiedDate',
    'file.owner': 'FileData.FileOwner',
    'microsoft.content.document_id': 'FileData.DocumentId',
    'microsoft.content.modified_by': 'LastModifiedBy',
    'microsoft.content.reporting_user': 'UserId',
    'microsoft.content.source_workload_id': 'SourceWorkload',
    'microsoft.finding.file_verdict_ids': 'FileData.FileVerdict',
    'microsoft.content.file': 'FileData',
  }),
  dictionary: {
    ...o365Fields,
    ...detectionField,
    ...findingFields,
    'microsoft.content.source_workload': keyword('SharePoint Online, OneDrive for Business or Microsoft Teams'),
    'microsoft.content.source_workload_id': long('The same as a number'),
    'microsoft.content.document_id': keyword('Document'),
    'microsoft.content.modified_by': keyword('Who made or last changed the file', { related: 'user' }),
    'microsoft.content.reporting_user': keyword('User of the record: often the service itself'),
    'microsoft.content.file': object('File as the source writes it'),
  },
})
