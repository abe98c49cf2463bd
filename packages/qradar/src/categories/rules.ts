/**
 * Which low-level category an event id belongs to. Rules are tried in order; the first whose pattern is found in
 * `LOG-TYPE ID` (lower case) counts. A rule says what it is when it worked; `failed` and `unknown` otherwise.
 */
export interface CategoryRule {
  readonly when: RegExp
  readonly is: string
  readonly failed?: string
  readonly unknown?: string
  /** 1 to 10; that of the category unless told. */
  readonly severity?: number
}

const activity = (when: RegExp, verb: string, severity?: number): CategoryRule => ({
  when,
  is: `${verb} Activity Succeeded`,
  failed: `${verb} Activity Failed`,
  unknown: `${verb} Activity Attempted`,
  ...(severity !== undefined && { severity }),
})

const rule = (when: RegExp, is: string, failed?: string, severity?: number): CategoryRule => ({
  when,
  is,
  ...(failed !== undefined && { failed }),
  ...(severity !== undefined && { severity }),
})

const authFailed = 'General Authentication Failed'

const signIns: readonly CategoryRule[] = [
  rule(/^entra\.sign-in \S+\.failure$/, 'Auth Server Login Failed'),
  rule(/^entra\.sign-in \S+\.unknown$/, 'Unknown Authentication'),
  {
    ...rule(/^entra\.sign-in /, 'Auth Server Login Succeeded', 'Auth Server Login Failed'),
    unknown: 'Unknown Authentication',
  },
  rule(/^xdr\.device-logon logonfailed/, 'Host Login Failed'),
  { ...rule(/^xdr\.device-logon /, 'Host Login Succeeded', 'Host Login Failed'), unknown: 'Unknown Authentication' },
  rule(/ (logonfailed|userloginfailed)$/, 'Auth Server Login Failed'),
  {
    ...rule(/^xdr\.identity-logon /, 'Auth Server Login Succeeded', 'Auth Server Login Failed'),
    unknown: 'Unknown Authentication',
  },
  rule(/ (userloggedoff|.*log(ged)? ?(off|out))$/, 'Auth Server Logout'),
  rule(
    / (userloggedin|logonsuccess|.*logoninitialauth.*|.*cookiecopy.*|teamssessionstarted|mailboxlogin|key-vault\.authentication)$/,
    'Auth Server Login Succeeded',
    'Auth Server Login Failed',
  ),
]

/** Ids of Windows events ("Audit events" of Windows security auditing). */
const windows: readonly CategoryRule[] = [
  rule(/ security:(4624|4648)$/, 'Host Login Succeeded', 'Host Login Failed'),
  rule(/ security:(4625|4771)$/, 'Host Login Failed'),
  rule(/ security:(4634|4647)$/, 'Host Logout'),
  rule(/ security:(4768|4769|4776)$/, 'Auth Server Login Succeeded', 'Auth Server Login Failed'),
  rule(/ security:(4672|4673|4674)$/, 'Privilege Escalation Succeeded', 'Privilege Escalation Failed'),
  rule(/ security:(4720)$/, 'User Account Added', authFailed),
  rule(/ security:(4726)$/, 'User Account Removed', authFailed),
  rule(/ security:(4722|4725|4738|4740|4767|4781|4765|4766)$/, 'User Account Changed', authFailed),
  rule(/ security:(4723|4724|4794)$/, 'Password Change Succeeded', 'Password Change Failed'),
  rule(/ security:(4728|4732|4756)$/, 'Group Member Added', authFailed),
  rule(/ security:(4729|4733|4757)$/, 'Group Member Removed', authFailed),
  rule(/ security:(4727|4731|4754)$/, 'Group Added', authFailed),
  rule(/ security:(4730|4734|4758)$/, 'Group Removed', authFailed),
  rule(/ security:(4735|4737|4755|4764)$/, 'Group Changed', authFailed),
  rule(/ security:(4741)$/, 'Computer Account Added', authFailed),
  rule(/ security:(4742)$/, 'Computer Account Changed', authFailed),
  rule(/ security:(4743)$/, 'Computer Account Removed', authFailed),
  rule(/ security:(4704|4717)$/, 'User Right Assigned', authFailed),
  rule(/ security:(4705|4718)$/, 'User Right Removed', authFailed),
  rule(/ security:(4706)$/, 'Trusted Domain Added', authFailed),
  rule(/ security:(4707)$/, 'Trusted Domain Removed', authFailed),
  rule(/ security:(4719|4739|4902|4904|4905|4906|4907|4912)$/, 'Policy Change', undefined, 5),
  rule(/ (security:1102|system:104)$/, 'Delete Activity Succeeded', 'Delete Activity Failed', 8),
  rule(/ security:4657$/, 'Successful Registry Modification'),
  rule(/ security:(4656|4658|4660|4663|4670|5140|5145)$/, 'Access Permitted', 'Access Denied'),
  rule(/ security:(5152|5155|5157)$/, 'Firewall Deny'),
  rule(/ security:(5154|5156|5158)$/, 'Firewall Permit'),
  rule(/ (security:4697|system:7045)$/, 'Service Started', 'System Error', 5),
  rule(/^azure\.windows-event microsoft-windows-windows defender/, 'Misc Malware', undefined, 7),
  rule(/^azure\.windows-event /, 'Misc System Event', 'System Error'),
]

/** Traffic and web servers. */
const network: readonly CategoryRule[] = [
  rule(/ firewall\.(idps|threat-intel)\./, 'Suspicious IP Address', undefined, 6),
  rule(/ (firewall|nsg-flow|vnet-flow)\b.*(deny|denied|drop|block)/, 'Firewall Deny'),
  rule(/ (firewall|nsg-flow|vnet-flow)\b.*(allow|permit|accept)/, 'Firewall Permit', 'Firewall Deny'),
  rule(/ (application-gateway|front-door)\.firewall\.(denied|deny|blocked?)/, 'Web Policy Violation', undefined, 5),
  rule(/ (application-gateway|front-door)\.firewall/, 'Potential Web Vulnerability'),
  rule(/ (application-gateway|front-door)\.(access|web)/, 'Access Permitted', 'Access Denied'),
  rule(/^xdr\.device-network .*(block|failed|deny)/, 'Firewall Deny'),
  rule(/^xdr\.device-network /, 'Misc Network Communication Event'),
  rule(/^azure\.(firewall|nsg-flow|vnet-flow) /, 'Misc Network Communication Event'),
  rule(/^azure\.(application-gateway|front-door) /, 'System Status', 'System Error'),
  rule(/ clickblocked$/, 'Web Policy Violation'),
  rule(/ (clickallowed|tiurlclickdata)|^(xdr|o365)\.url-click /, 'Access Permitted', 'Access Denied'),
]

/** Alerts by what the source calls their category. */
const alerts: readonly CategoryRule[] = [
  rule(/ \S+\.(malware|ransomware)\b|malwaredetected|antivirus(detection|report)/, 'Misc Malware', undefined, 8),
  rule(/ \S+\.(exploit|webexploit)\b|exploitguard/, 'Misc Exploit', undefined, 7),
  rule(/ \S+\.(exfiltration|datatheft)\b/, 'Information Leak', undefined, 7),
  rule(/^entra\.risky-user .*(dismissed|remediated|none)/, 'User Account Changed'),
  rule(/^entra\.(risk-detection|risky-user) /, 'Suspicious Username', undefined, 6),
  rule(/^xdr\.incident .*(resolved|redirected)/, 'System Status'),
  rule(
    /^(xdr\.(alert|alert-info|alert-evidence|incident)|defender-cloud\.alert|o365\.(air|compliance-alert)) /,
    'Suspicious Activity',
    undefined,
    6,
  ),
  rule(
    / (microsoft\.security\/locations\/alerts\/.*|alerttriggered|alertupdated)$/,
    'Suspicious Activity',
    undefined,
    6,
  ),
  rule(/^o365\.dlp .*(undo|info)$/, 'System Status'),
  rule(/^o365\.dlp /, 'Information Leak', undefined, 5),
  rule(
    /^(o365\.(defender-mail|atp-content)|xdr\.email) .*(phish|malware|timaildata|atpdetection|blocked|zap)/,
    'Hostile Mail Attachment',
    undefined,
    5,
  ),
  rule(/^(o365\.(defender-mail|atp-content)|xdr\.email) /, 'Receive Activity Succeeded', 'Mail Policy Violation'),
  rule(/^defender-cloud\.posture \S+\.failure/, 'Compliance Policy Violation', undefined, 4),
  rule(/^defender-cloud\.posture /, 'System Status', 'Compliance Policy Violation'),
  rule(/^siembridge\.event .*(lost|failed|gap|silent|full|expires?)/, 'System Error'),
  rule(/^siembridge\.event /, 'System Status', 'System Error'),
]

/** Accounts, groups, roles, credentials and policies, by the words of the operation. */
const identity: readonly CategoryRule[] = [
  rule(/elevate|elevated their access/, 'Privilege Escalation Succeeded', 'Privilege Escalation Failed', 8),
  rule(/add .*member to role|addedtorole|add-rolegroupmember/, 'User Right Assigned', authFailed, 6),
  rule(/remove .*member from role|removedfromrole|remove-rolegroupmember/, 'User Right Removed', authFailed, 3),
  rule(
    /add .*member to group|add-(rolegroup|distributiongroup|unifiedgroup).*member|addedtogroup|memberadded$|add owner to group|add-distributiongroupmember/,
    'Group Member Added',
    authFailed,
    3,
  ),
  rule(
    /remove .*member from|remove-(rolegroup|distributiongroup|unifiedgroup).*member|removedfromgroup|memberremoved$|remove owner from group/,
    'Group Member Removed',
    authFailed,
  ),
  rule(
    /(reset|change) (user )?password|password reset|passwordchange|changepassword|force change user password/,
    'Password Change Succeeded',
    'Password Change Failed',
    3,
  ),
  rule(
    /(add|invite|create|hire).* (external )?user\b|new-(mailbox|mailuser|remotemailbox)|useradded|provisioning\.create/,
    'User Account Added',
    authFailed,
  ),
  rule(
    /(delete|remove|hard delete) (external )?user\b|remove-mailbox$|userdeleted|provisioning\.(delete|stageddelete|disable)/,
    'User Account Removed',
    authFailed,
    3,
  ),
  rule(
    /(update|restore|enable|disable|block|unblock) (user|account)|(enable|disable) account|change user license|strong authentication|security info|ststoken|refreshtokens?|provisioning\./,
    'User Account Changed',
    authFailed,
  ),
  rule(
    /(add|create) (group|unified ?group|team)\b|new-(distributiongroup|unifiedgroup|rolegroup)|teamcreated|groupadded/,
    'Group Added',
    authFailed,
  ),
  rule(
    /(delete|remove) (group|team)\b|remove-(distributiongroup|unifiedgroup|rolegroup)|teamdeleted|groupremoved/,
    'Group Removed',
    authFailed,
  ),
  rule(
    /(update|restore|set) group|set-(distributiongroup|unifiedgroup|rolegroup)|groupupdated|teamsettingchanged/,
    'Group Changed',
    authFailed,
  ),
  rule(
    /roleassignments?\/write|new-managementroleassignment|add-(mailbox|recipient|mailboxfolder|adpermission)\S*permission|approleassignment|app role assignment (grant )?to|consent to|delegated permission grant|addedtosecurelink|eligible/,
    'User Right Assigned',
    authFailed,
    6,
  ),
  rule(
    /roleassignments?\/delete|remove-managementroleassignment|remove-\S*permission|remove app role assignment|remove .*permission grant/,
    'User Right Removed',
    authFailed,
  ),
  rule(/(add|register|create) (device|registered)/, 'Computer Account Added', authFailed),
  rule(/(delete|unregister) device/, 'Computer Account Removed', authFailed),
  rule(/(update|enable|disable) device/, 'Computer Account Changed', authFailed),
  rule(
    /(domain|federation|partner|cross-tenant).*(add|set|verify)|(add|set|verify) .*(domain|federation|partner|cross-tenant)/,
    'Trusted Domain Added',
    authFailed,
    6,
  ),
  rule(/(remove|delete) .*(domain|partner|cross-tenant)/, 'Trusted Domain Removed', authFailed, 4),
  rule(
    /(add|create|new)[- ].*(policy|rule)\b|new-(transport|inbox)rule|policyassignments\/write|policydefinitions\/write/,
    'Policy Added',
    'Create Activity Failed',
    4,
  ),
  rule(/policies\/deny|policyviolation/, 'Misc Policy Violation', 'Misc Policy Violation', 3),
  rule(/policy|rule\b|set-(transport|inbox)rule|conditional access/, 'Policy Change', 'Update Activity Failed', 4),
  rule(
    /(add|create|certificates and secrets|generate) .*(credential|secret|certificate|key)s?\b/,
    'System Security Access Granted',
    'Update Activity Failed',
    5,
  ),
]

/** What is left goes by its verb. */
const verbs: readonly CategoryRule[] = [
  rule(/^xdr\.device-registry |registry/, 'Successful Registry Modification'),
  rule(/^xdr\.device-file /, 'Successful File Modification'),
  rule(/^xdr\.device-process /, 'Misc System Event'),
  rule(/servicehealth|resourcehealth/, 'System Status', 'System Error'),
  activity(/\/(start|activated|restart|poweron|resume)(\/action)?$|start/, 'Start'),
  activity(/\/(stop|deallocate|poweroff|pause|redeploy)(\/action)?$|\bstop|shutdown/, 'Stop'),
  activity(/backup|export(ed)?(?!er)/, 'Backup'),
  activity(/restor|recover|undelete/, 'Restore'),
  activity(/delet|remov|purge|\bdrop|softdelete|harddelete/, 'Delete', 3),
  activity(/\bcapture|snapshot/, 'Capture'),
  activity(/deploy|install/, 'Deploy'),
  activity(/disabl|suspend|block|revok|\block|cancel|dismiss/, 'Disable'),
  activity(/enabl|unblock|\bunlock|approv|release/, 'Enable'),
  activity(/^\S+ (add|create|new|register|invite)\b|\/(write|create)$/, 'Create'),
  activity(/^\S+ (update|change|set|modify)\b/, 'Update'),
  activity(/list|get|read|view|accessed|download|search|query|preview|fetch|print|bind|sync/, 'Read'),
  activity(/creat|\badd|added|new|upload|import|copy|copied|clone|regist|invit|generat/, 'Create'),
  activity(/send|sent|shar|forward|submit/, 'Send'),
  activity(/receiv|deliver/, 'Receive'),
  activity(/config|setting|\bset\b|\bset-|feature/, 'Configure'),
  activity(/writ|updat|chang|modif|edit|renam|mov|patch|put|replac|assign|merge|rotat|sign|encrypt|wrap/, 'Update'),
  activity(/monitor|diagnos|health|inspect|scan|detect|alert/, 'Monitor'),
]

/** What nothing was said of. */
const otherwise: CategoryRule = { when: /^/, is: 'General Audit Event' }

export const categoryRules: readonly CategoryRule[] = [
  ...signIns,
  ...windows,
  ...network,
  ...alerts,
  ...identity,
  ...verbs,
  otherwise,
]
