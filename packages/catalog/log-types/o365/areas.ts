import { keyword, keywords } from '../../src/build.ts'
import type { Field } from '../../src/model.ts'

/** What Exchange's administrator and mailbox records share. */
export const exchangeFields: Readonly<Record<string, Field>> = {
  'microsoft.exchange.app_id': keyword('Application that did it (AppId)'),
  'microsoft.exchange.client_app_id': keyword('Application of the client (ClientAppId)'),
}

/** Verdict and technology: of mail, of files in SharePoint, of quarantine and submissions. */
export const verdictField: Readonly<Record<string, Field>> = {
  'microsoft.mail.verdict': keyword('Verdict on the message'),
}
export const detectionField: Readonly<Record<string, Field>> = {
  'microsoft.mail.detection_method': keyword('Technology that detected it'),
}

/** What malware findings in mail and in files share. */
export const findingFields: Readonly<Record<string, Field>> = {
  'microsoft.finding.file_verdicts': keywords('Verdicts on the files: Good, Bad, Error, Timeout or Pending'),
  'microsoft.finding.file_verdict_ids': keywords('The same as numbers'),
}

/** What SharePoint records and DLP matches in SharePoint share. */
export const sharepointFields: Readonly<Record<string, Field>> = {
  'microsoft.sharepoint.site_id': keyword('Site'),
  'microsoft.sharepoint.site_url': keyword('URL of the site'),
}

/** Labels that SharePoint, Power BI and DLP write down. */
export const labelFields: Readonly<Record<string, Field>> = {
  'microsoft.label.sensitivity_label_id': keyword('Sensitivity label'),
}
