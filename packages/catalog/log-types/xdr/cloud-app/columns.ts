import { all, boolean, first, keyword, keywords, object, objects } from '../../../src/build.ts'
import type { Own } from '../../azure/envelope.ts'
import { envelope, listed, nested } from '../common.ts'

const objectsAt = 'ActivityObjects~[]'

/** Columns of CloudAppEvents that ECS has no place for. */
export const own: Own = {
  'microsoft.cloud_app.activity_type': ['ActivityType', keyword('Kind of activity: Basic, Login, Download, Delete…')],
  'microsoft.cloud_app.object_name': ['ObjectName', keyword('Object of the activity')],
  'microsoft.cloud_app.object_type': ['ObjectType', keyword('Kind of that object')],
  'microsoft.cloud_app.object_names': [all('ObjectName', `${objectsAt}.Name`), keywords('Every object by name')],
  'microsoft.cloud_app.object_ids': [all('ObjectId', `${objectsAt}.Id`), keywords('Every object by id')],
  'microsoft.cloud_app.object_kinds': [
    all(`${objectsAt}.ServiceObjectType`, `${objectsAt}.Type`),
    keywords('Kinds of the objects'),
  ],
  'microsoft.cloud_app.policies': [
    first('AdditionalFields~.PolicyId', 'AdditionalFields~.Policies[]', 'RawEventData~.PolicyId'),
    keyword('Policy that matched'),
  ],
  'microsoft.cloud_app.account_id': ['AccountId', keyword('Account as Defender for Cloud Apps knows it')],
  'microsoft.cloud_app.account_name': ['AccountDisplayName', keyword('Display name of the account')],
  'microsoft.cloud_app.admin_operation': ['IsAdminOperation', boolean('Done by an administrator')],
  'microsoft.cloud_app.external_user': ['IsExternalUser', boolean('The user is from outside')],
  'microsoft.cloud_app.impersonated': ['IsImpersonated', boolean('Done by one user for another')],
  'microsoft.cloud_app.anonymous_proxy': ['IsAnonymousProxy', boolean('The address is an anonymous proxy')],
  'microsoft.cloud_app.ip_category': ['IPCategory', keyword('Corporate, Risky, VPN, Cloud provider…')],
  'microsoft.cloud_app.ip_tags': [listed('IPTags'), keywords('Tags of the address')],
  'microsoft.cloud_app.user_agent_tags': [listed('UserAgentTags'), keywords('Native client, Outdated browser…')],
  'microsoft.cloud_app.instance_id': ['AppInstanceId', keyword('Instance of the application')],
  'microsoft.cloud_app.oauth_app_id': ['OAuthAppId', keyword('OAuth application')],
  'microsoft.cloud_app.audit_source': ['AuditSource', keyword('Access control, session control or app connector')],
  'microsoft.cloud_app.session': [nested('SessionData'), object('Session of access or session control')],
  'microsoft.cloud_app.last_seen': [nested('LastSeenForUser'), object('Days since the user showed each attribute')],
  'microsoft.cloud_app.uncommon': [listed('UncommonForUser'), keywords('Attributes that are uncommon for the user')],
  'microsoft.cloud_app.objects': [objectsAt, objects('Objects of the activity as the source writes them')],
  'microsoft.cloud_app.raw': [nested('RawEventData'), object('Record of the application as it came')],
  ...envelope,
}
