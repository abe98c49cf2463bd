/** A low-level category of QRadar. Ids are a hint: a plan names categories, and their ids are asked from the console. */
export interface LowLevelCategory {
  readonly id: number
  readonly name: string
  /** Severity of the category itself. */
  readonly severity: number
  /** Read in IBM's pages on event categories; the others are known from maps that vendors publish. */
  readonly documented: boolean
}

const rows = (documented: boolean, first: number, severity: number, ...names: readonly string[]): LowLevelCategory[] =>
  names.map((name, at) => ({ id: first + at, name, severity, documented }))

/** Attempted, succeeded, failed: the activities of the high-level category Audit. */
const activities = (documented: boolean, first: number, ...verbs: readonly string[]): LowLevelCategory[] =>
  verbs.flatMap((verb, at) => [
    ...rows(documented, first + 3 * at, 1, `${verb} Activity Attempted`, `${verb} Activity Succeeded`),
    ...rows(documented, first + 3 * at + 2, 3, `${verb} Activity Failed`),
  ])

/** Categories that plans use (IBM, "Event categories": Authentication, Access, Suspicious Activity, System, Policy, Audit…). */
export const lowLevelCategories: readonly LowLevelCategory[] = [
  ...rows(true, 3001, 1, 'Unknown Authentication', 'Host Login Succeeded'),
  ...rows(true, 3003, 3, 'Host Login Failed'),
  ...rows(true, 3006, 3, 'Privilege Escalation Failed'),
  ...rows(true, 3007, 1, 'Privilege Escalation Succeeded'),
  ...rows(true, 3010, 3, 'Auth Server Login Failed'),
  ...rows(true, 3011, 1, 'Auth Server Login Succeeded', 'Web Service Login Succeeded'),
  ...rows(true, 3013, 3, 'Web Service Login Failed'),
  ...rows(true, 3016, 4, 'Suspicious Username'),
  ...rows(
    false,
    3023,
    1,
    'User Right Assigned',
    'User Right Removed',
    'Trusted Domain Added',
    'Trusted Domain Removed',
  ),
  ...rows(
    false,
    3027,
    1,
    'System Security Access Granted',
    'System Security Access Removed',
    'Policy Added',
    'Policy Change',
  ),
  ...rows(false, 3031, 1, 'User Account Added', 'User Account Changed'),
  ...rows(false, 3033, 3, 'Password Change Failed'),
  ...rows(
    false,
    3034,
    1,
    'Password Change Succeeded',
    'User Account Removed',
    'Group Member Added',
    'Group Member Removed',
  ),
  ...rows(false, 3038, 1, 'Group Added', 'Group Changed', 'Group Removed'),
  ...rows(false, 3041, 1, 'Computer Account Added', 'Computer Account Changed', 'Computer Account Removed'),
  ...rows(false, 3047, 3, 'General Authentication Failed'),
  ...rows(false, 3056, 1, 'Host Logout'),
  ...rows(false, 3058, 1, 'Auth Server Logout'),
  ...rows(true, 4002, 1, 'Firewall Permit'),
  ...rows(true, 4003, 4, 'Firewall Deny'),
  ...rows(true, 4005, 3, 'Misc Network Communication Event'),
  ...rows(true, 4014, 1, 'Access Permitted'),
  ...rows(true, 4015, 4, 'Access Denied'),
  ...rows(true, 4016, 1, 'Session Opened'),
  ...rows(false, 5010, 5, 'Misc Exploit', 'Web Exploit'),
  ...rows(false, 6003, 5, 'Hostile Mail Attachment'),
  ...rows(false, 6007, 5, 'Misc Malware'),
  ...rows(true, 7006, 3, 'Suspicious Activity'),
  ...rows(true, 7010, 3, 'Potential Web Vulnerability'),
  ...rows(true, 7024, 1, 'Information Leak'),
  ...rows(true, 7033, 2, 'Suspicious IP Address'),
  ...rows(true, 8001, 1, 'Unknown System Event'),
  ...rows(true, 8003, 1, 'System Configuration'),
  ...rows(true, 8006, 1, 'System Status'),
  ...rows(true, 8007, 3, 'System Error'),
  ...rows(true, 8008, 1, 'Misc System Event', 'Service Started', 'Service Stopped'),
  ...rows(true, 8012, 1, 'Successful Registry Modification'),
  ...rows(true, 8014, 1, 'Successful File Modification'),
  ...rows(true, 9002, 2, 'Web Policy Violation'),
  ...rows(true, 9007, 2, 'Application Policy Violation'),
  ...rows(true, 9012, 2, 'Misc Policy Violation', 'Compliance Policy Violation', 'Mail Policy Violation'),
  ...rows(true, 19001, 1, 'General Audit Event'),
  ...activities(true, 19011, 'Create', 'Read', 'Update', 'Delete', 'Backup', 'Capture', 'Configure', 'Deploy'),
  ...activities(true, 19035, 'Disable', 'Enable', 'Monitor'),
  ...activities(false, 19044, 'Restore', 'Start', 'Stop', 'Undeploy', 'Receive', 'Send'),
]

const byName = new Map(lowLevelCategories.map((category) => [category.name, category]))

/** Throws RangeError for a name that is not in the table. */
export function lowLevelCategory(name: string): LowLevelCategory {
  const found = byName.get(name)
  if (!found) throw new RangeError(`there is no low-level category "${name}"`)
  return found
}

/**
 * Names to try at a console, best first: one that is only known second-hand is followed by the documented one that comes
 * closest.
 */
export function categoryChoices(name: string): readonly string[] {
  const { documented, id } = lowLevelCategory(name)
  if (documented) return [name]
  if (name.endsWith('Failed')) return [name, 'Auth Server Login Failed']
  const high = Math.floor(id / 1000)
  return [name, high === 5 || high === 6 ? 'Suspicious Activity' : 'General Audit Event']
}
