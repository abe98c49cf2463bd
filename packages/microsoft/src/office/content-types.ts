import { day } from '../common/duration.ts'

export interface ContentType {
  /** As the API spells it. */
  readonly type: string
  readonly title: string
  readonly expects: readonly string[]
  readonly silentMs?: number
}

const audit = [
  'o365.audit',
  'o365.exchange-admin',
  'o365.exchange-mailbox',
  'o365.azure-ad',
  'o365.sharepoint',
  'o365.teams',
]

/** Content types of the Management Activity API, by the names of their streams. */
export const contentTypes = {
  'audit.azure-active-directory': {
    type: 'Audit.AzureActiveDirectory',
    title: 'Entra ID in the unified audit log',
    expects: ['o365.azure-ad', 'o365.audit'],
    silentMs: day,
  },
  'audit.exchange': {
    type: 'Audit.Exchange',
    title: 'Exchange Online',
    expects: ['o365.exchange-admin', 'o365.exchange-mailbox', 'o365.audit'],
  },
  'audit.sharepoint': {
    type: 'Audit.SharePoint',
    title: 'SharePoint Online and OneDrive',
    expects: ['o365.sharepoint', 'o365.audit'],
  },
  'audit.general': {
    type: 'Audit.General',
    title: 'everything else: Teams, Power BI, Defender for Office 365, Purview and more',
    expects: [
      ...audit,
      'o365.air',
      'o365.atp-content',
      'o365.compliance-alert',
      'o365.defender-mail',
      'o365.power-bi',
      'o365.url-click',
    ],
    silentMs: day,
  },
  'dlp.all': { type: 'DLP.All', title: 'data loss prevention', expects: ['o365.dlp'] },
} as const satisfies Readonly<Record<string, ContentType>>

export type ContentName = keyof typeof contentTypes
export const contentNames = Object.keys(contentTypes) as ContentName[]
