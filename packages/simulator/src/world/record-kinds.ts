import { alertKind } from './records/alert.ts'
import { directoryActivityKind } from './records/activity-directory.ts'
import { dlpActivityKind } from './records/activity-dlp.ts'
import { exchangeActivityKind } from './records/activity-exchange.ts'
import { generalActivityKind } from './records/activity-general.ts'
import { sharepointActivityKind } from './records/activity-sharepoint.ts'
import { directoryAuditKind } from './records/directory-audit.ts'
import { incidentKind } from './records/incident.ts'
import { provisioningKind } from './records/provisioning.ts'
import { riskDetectionKind, riskyUserKind } from './records/risk.ts'
import { signInKind } from './records/sign-in.ts'
import type { RecordKind } from './record.ts'
import type { StreamName } from '../streams.ts'

/** How the records of every stream are made. */
export const recordKinds: Readonly<Record<StreamName, RecordKind>> = {
  alerts: alertKind,
  incidents: incidentKind,
  directoryAudits: directoryAuditKind,
  'signIns.interactiveUser': signInKind('interactiveUser'),
  'signIns.nonInteractiveUser': signInKind('nonInteractiveUser'),
  'signIns.servicePrincipal': signInKind('servicePrincipal'),
  'signIns.managedIdentity': signInKind('managedIdentity'),
  provisioning: provisioningKind,
  riskDetections: riskDetectionKind,
  riskyUsers: riskyUserKind,
  'Audit.AzureActiveDirectory': directoryActivityKind,
  'Audit.Exchange': exchangeActivityKind,
  'Audit.SharePoint': sharepointActivityKind,
  'Audit.General': generalActivityKind,
  'DLP.All': dlpActivityKind,
}
