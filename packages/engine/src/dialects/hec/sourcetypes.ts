/**
 * Splunk sourcetypes that published detections and add-ons already know, by log type and shape. The event then is
 * Microsoft's record untouched, for their field extraction reads that. Anything else is `siembridge:<log type>`, and the event
 * is the flat form, which our own field extraction reads.
 */
const published: Readonly<Record<string, string>> = {
  'xdr.alert/graph': 'ms365:defender:incident:alerts',
  'xdr.incident/graph': 'ms365:defender:incident',
  'entra.sign-in/graph': 'azure:aad:signin',
  'entra.directory-audit/graph': 'azure:aad:audit',
  'entra.risk-detection/graph': 'azure:aad:identity_protection:risk_detection',
  'entra.risky-user/graph': 'azure:aad:identity_protection:risky_user',
  'azure.activity/rest': 'mscs:azure:audit',
  'azure.activity/event-hub': 'azure:monitor:activity',
  'defender-cloud.alert/export': 'mscs:azure:security:alert',
  'defender-cloud.alert/arm': 'azure:securityCenter:alert',
}

export function sourcetypeOf(type: string, shape: string): string {
  const known = published[`${type}/${shape}`]
  if (known !== undefined) return known
  if (type.startsWith('o365.')) return 'o365:management:activity'
  if (type.startsWith('entra.') && shape.startsWith('diagnostic')) return 'azure:monitor:aad'
  if (type.startsWith('xdr.') && type !== 'xdr.alert' && type !== 'xdr.incident') return 'ms:defender:eventhub'
  if (type.startsWith('azure.') && type !== 'azure.activity' && type !== 'azure.windows-event')
    return 'azure:monitor:resource'
  return ownSourcetype(type)
}

/** The sourcetype of a log type's flat form. */
export const ownSourcetype = (type: string): string => `siembridge:${type.replace('.', ':')}`

/** Whether others' field extraction knows a sourcetype. */
export const isPublished = (sourcetype: string): boolean => !sourcetype.startsWith('siembridge:')
