import { call, coalesce, type Eval, field, text } from '../../eval/ast.ts'
import { f, firstOf, like, patterns, table } from '../words.ts'

/** What Windows events keep in their EventData alone. */
const data = (name: string): Eval => call('json_extract', f('microsoft.windows.event_data'), text(name))

// Resource strings of msobjs.dll in event 4657 ("4657(S): A registry value was modified").
const registryTypes = {
  '%%1872': 'REG_NONE',
  '%%1873': 'REG_SZ',
  '%%1874': 'REG_EXPAND_SZ',
  '%%1875': 'REG_BINARY',
  '%%1876': 'REG_DWORD',
  '%%1877': 'REG_DWORD_BIG_ENDIAN',
  '%%1878': 'REG_LINK',
  '%%1879': 'REG_MULTI_SZ',
  '%%1883': 'REG_QWORD',
}
const key = f('microsoft.windows.object.name')

export const windowsRegistry: Readonly<Record<string, Eval>> = {
  registry_path: key,
  registry_key_name: call('replace', key, text('^.*\\\\'), text('')),
  registry_hive: patterns(key, {
    '*REGISTRY*MACHINE*': 'HKEY_LOCAL_MACHINE',
    '*REGISTRY*USER*': 'HKEY_USERS',
  }),
  registry_value_data: data('NewValue'),
  registry_value_text: data('NewValue'),
  registry_value_type: table(data('NewValueType'), registryTypes),
}

/** Mandatory label to its level (Microsoft, "4688(S)"). */
export const windowsProcess: Readonly<Record<string, Eval>> = {
  process_integrity_level: table(f('process.integrity_level'), {
    'S-1-16-0': 'untrusted',
    'S-1-16-4096': 'low',
    'S-1-16-8192': 'medium',
    'S-1-16-8448': 'medium',
    'S-1-16-12288': 'high',
    'S-1-16-16384': 'system',
  }),
}

/** Protocol numbers of the Windows filtering platform. */
export const windowsTraffic: Readonly<Record<string, Eval>> = {
  transport: table(data('Protocol'), { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmp' }),
}

const isTask = call('isnotnull', f('microsoft.windows.task_name'))
const isService = call('isnotnull', f('service.name'))

export const windowsChange: Readonly<Record<string, Eval>> = {
  object: coalesce(firstOf('microsoft.windows.task_name', 'service.name'), f('microsoft.windows.channel')),
  object_id: coalesce(firstOf('microsoft.windows.task_name', 'service.name'), f('microsoft.windows.channel')),
  object_category: call('case', isTask, text('scheduled task'), isService, text('service'), call('true'), text('log')),
  object_attrs: coalesce(data('TaskContent'), data('TaskContentNew'), f('microsoft.windows.service_file')),
}

/** Members of local groups come as a SID where their name is not known. */
export const windowsAccounts: Readonly<Record<string, Eval>> = {
  object: firstOf('group.name', 'user.target.name', 'microsoft.windows.target.name'),
  object_id: firstOf('group.id', 'user.target.id', 'microsoft.windows.target.sid'),
  user: firstOf('microsoft.windows.member', 'user.target.name', 'user.target.id', 'microsoft.windows.target.name'),
  object_attrs: coalesce(
    call('case', like(field('event_action'), '*group*'), text('members')),
    firstOf('microsoft.windows.user_account_control'),
  ),
}
