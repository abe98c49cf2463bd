import { all, first, lower, table } from '../build.ts'
import type { EntityKind, Expr } from '../model.ts'

/** Direction as ECS spells it: `intraOrg` is internal. */
const direction = (at: string): Expr => table(lower(at), { intraorg: 'internal', unknown: '', unknownfuturevalue: '' })

/** Mail and chat kinds of alert evidence (sources-graph §1.3). */
export const mailKinds: Readonly<Record<string, EntityKind>> = {
  analyzedMessageEvidence: {
    class: 'message',
    id: first('networkMessageId', 'internetMessageId', 'urn'),
    name: first('subject', 'internetMessageId'),
    fields: {
      'email.subject': 'subject',
      'email.from.address': 'p2Sender.emailAddress',
      'email.sender.address': 'p1Sender.emailAddress',
      'email.to.address': 'recipientEmailAddress',
      'email.message_id': 'internetMessageId',
      'email.local_id': 'networkMessageId',
      'email.direction': direction('antiSpamDirection'),
      'email.delivery_timestamp': 'receivedDateTime',
      'source.ip': 'senderIp',
      'url.original': 'urls[]',
      'threat.indicator.name': 'threats[]',
    },
  },
  submissionMailEvidence: {
    class: 'message',
    id: first('submissionId', 'networkMessageId'),
    name: 'subject',
    fields: {
      'email.subject': 'subject',
      'email.from.address': 'sender',
      'email.to.address': 'recipient',
      'email.local_id': 'networkMessageId',
      'source.ip': 'senderIp',
      'user.name': 'submitter',
      'rule.category': 'reportType',
    },
  },
  mailClusterEvidence: {
    class: 'message',
    id: first('urn', 'clusterByValue'),
    name: 'clusterByValue',
    fields: { 'email.local_id': 'networkMessageIds[]' },
  },
  // A chat message has a sender and recipients as mail has; ECS has no chat.
  teamsMessageEvidence: {
    class: 'message',
    id: 'messageId',
    name: first('subject', 'messageId'),
    fields: {
      'email.subject': 'subject',
      'email.local_id': 'messageId',
      'email.from.address': 'senderFromAddress',
      'email.to.address': all('recipients[]', 'suspiciousRecipients[]'),
      'email.direction': direction('messageDirection'),
      'email.delivery_timestamp': 'receivedDateTime',
      'source.ip': 'senderIP',
      'url.original': 'urls[].url',
      'file.name': 'files[].fileDetails.fileName',
      'file.hash.sha256': 'files[].fileDetails.sha256',
      'group.id': 'groupId',
      'microsoft.app.name': 'sourceAppName',
      'microsoft.home_tenant_id': 'owningTenantId',
    },
  },
  mailboxEvidence: {
    class: 'mailbox',
    id: first('primaryAddress', 'upn'),
    name: first('upn', 'primaryAddress', 'displayName'),
    fields: {
      'user.email': 'primaryAddress',
      'user.name': first('upn', 'userAccount.userPrincipalName', 'userAccount.accountName'),
      'user.id': first('userAccount.azureAdUserId', 'userAccount.userSid'),
      'user.full_name': first('displayName', 'userAccount.displayName'),
    },
  },
  mailboxConfigurationEvidence: {
    class: 'mailbox',
    id: first('configurationId', 'mailboxPrimaryAddress'),
    name: first('displayName', 'configurationId'),
    fields: {
      'user.email': 'mailboxPrimaryAddress',
      'user.name': 'upn',
      'user.id': 'externalDirectoryObjectId',
      'microsoft.object_id': 'configurationId',
      'microsoft.resource.type': 'configurationType',
      'microsoft.resource.name': 'displayName',
    },
  },
}
