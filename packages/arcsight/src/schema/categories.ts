/**
 * ArcSight's taxonomy is a closed list, and its texts compare exactly. These values stand in parsers, categorizers and rules that
 * were published; the product's own list is longer and is not published.
 */
const verified = {
  categoryObject: [
    '/Host',
    '/Host/Application',
    '/Host/Application/Service',
    '/Host/Application/Service/Email',
    '/Host/Application/Service/Remote Control',
    '/Host/Application/Database',
    '/Host/Operating System',
    '/Host/Resource',
    '/Host/Resource/File',
    '/Host/Resource/Process',
    '/Host/Resource/Registry',
    '/Host/Resource/Storage Device',
    '/Host/Resource/Interface/Tunnel',
  ],
  categoryBehavior: [
    '/Access',
    '/Access/Start',
    '/Access/Stop',
    '/Authentication',
    '/Authentication/Verify',
    '/Check',
    '/Communicate',
    '/Communicate/Query',
    '/Communicate/Response',
    '/Create',
    '/Delete',
    '/Execute',
    '/Execute/Query',
    '/Execute/Response',
    '/Execute/Start',
    '/Execute/Stop',
    '/Found',
    '/Found/Vulnerable',
    '/Modify',
    '/Modify/Configuration',
    '/Modify/Content',
  ],
  categoryOutcome: ['/Success', '/Failure', '/Attempt'],
  categoryTechnique: [
    '/Exploit',
    '/Scan/Port',
    '/Traffic Anomaly',
    '/Traffic Anomaly/Application Layer',
    '/Traffic Anomaly/Application Layer/SyntaxError',
    '/Traffic Anomaly/Network Layer/Spoof',
    '/Traffic Anomaly/IDS Evasion',
    '/Redirection/Application',
    '/Information Leak',
  ],
  categoryDeviceGroup: ['/Application', '/Operating System', '/Firewall', '/IDS/Network', '/Assessment Tools'],
  categorySignificance: [
    '/Normal',
    '/Informational',
    '/Informational/Error',
    '/Informational/Warning',
    '/Informational/Alert',
    '/Suspicious',
    '/Compromise',
    '/Hostile',
    '/Recon',
  ],
} as const

export type CategoryField = keyof typeof verified
export type CategoryValue<F extends CategoryField> = (typeof verified)[F][number]

/** Known from the product and in no published file: read with a warning, never written. */
const unverified: Readonly<Record<CategoryField, readonly string[]>> = {
  categoryObject: ['/Host/Infrastructure', '/Network', '/Actor', '/Actor/User', '/Vector'],
  categoryBehavior: [
    '/Substitute',
    ...verbs('/Authentication'),
    '/Authorization',
    ...verbs('/Authorization'),
    '/Authorization/Verify',
  ],
  categoryOutcome: [],
  categoryTechnique: ['/Brute Force', '/Code', '/Code/Trojan', '/DoS', '/Policy', '/Policy/Breach', '/Scan'],
  categoryDeviceGroup:
    '/IDS/Host,/Identity Management,/Proxy,/VPN,/Security Information Manager,/Network Equipment'.split(','),
  categorySignificance: [],
}

function verbs(of: string): readonly string[] {
  return ['Add', 'Delete', 'Modify'].map((verb) => `${of}/${verb}`)
}

const isCategory = (field: string): field is CategoryField => Object.hasOwn(verified, field)

/** What is known of a value of a category field; undefined for other fields. */
export function categoryValue(field: string, value: string): 'verified' | 'unverified' | 'unknown' | undefined {
  if (!isCategory(field)) return undefined
  if ((verified[field] as readonly string[]).includes(value)) return 'verified'
  return unverified[field].includes(value) ? 'unverified' : 'unknown'
}

/** Values to choose from, for messages. */
export const categoryValues = (field: string): readonly string[] => (isCategory(field) ? verified[field] : [])
