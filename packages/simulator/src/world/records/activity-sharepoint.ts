import { activityKind } from './activity-common.ts'
import { textOr } from './hostile.ts'
import { anyPerson, anyUserAgent } from './people.ts'
import type { RecordContext } from '../record.ts'
import type { ActivityParts } from './activity-common.ts'

function site(context: RecordContext): ActivityParts {
  const { random } = context
  const { upn } = anyPerson(context)
  const file = textOr(context, 'Budget 2027 – draft.xlsx')
  const siteUrl = `https://${context.domain.split('.')[0] ?? 'tenant'}.sharepoint.com/sites/finance/`
  return {
    Operation: 'FileAccessed',
    RecordType: 6,
    Workload: 'SharePoint',
    UserId: upn,
    ObjectId: `${siteUrl}Shared Documents/${file}`,
    CorrelationId: random.guid(),
    EventSource: 'SharePoint',
    ItemType: 'File',
    ListId: random.guid(),
    ListItemUniqueId: random.guid(),
    Site: random.guid(),
    UserAgent: anyUserAgent(random),
    WebId: random.guid(),
    SiteUrl: siteUrl,
    SourceRelativeUrl: 'Shared Documents',
    SourceFileName: file,
    SourceFileExtension: 'xlsx',
  }
}

function access(context: RecordContext): ActivityParts {
  const Operation = context.random.pick(['FileAccessed', 'FileDownloaded', 'FileDeleted', 'FileRenamed'])
  const Workload = context.random.pick(['SharePoint', 'OneDrive'])
  return { ...site(context), Operation, Workload }
}

function sharing(context: RecordContext): ActivityParts {
  return {
    ...site(context),
    Operation: 'SharingInvitationCreated',
    RecordType: 14,
    TargetUserOrGroupName: 'guest@fabrikam.example',
    TargetUserOrGroupType: 'Guest',
    // An XML fragment.
    EventData: '<Permissions granted>Read</Permissions granted>',
    UniqueSharingId: context.random.guid(),
  }
}

/** Content of `Audit.SharePoint`: record types 6 and 14. */
export const sharepointActivityKind = activityKind([access, access, sharing])
