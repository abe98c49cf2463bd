/** The Graph collections that are simulated; sign-ins are four, one per event type. */
export const graphStreams = [
  'alerts',
  'incidents',
  'directoryAudits',
  'signIns.interactiveUser',
  'signIns.nonInteractiveUser',
  'signIns.servicePrincipal',
  'signIns.managedIdentity',
  'provisioning',
  'riskDetections',
  'riskyUsers',
] as const

/** The content types of the Office 365 Management Activity API, spelt as its reference spells them. */
export const contentTypes = [
  'Audit.AzureActiveDirectory',
  'Audit.Exchange',
  'Audit.SharePoint',
  'Audit.General',
  'DLP.All',
] as const

export const streamNames = [...graphStreams, ...contentTypes] as const

export type GraphStream = (typeof graphStreams)[number]
export type ContentType = (typeof contentTypes)[number]
export type StreamName = (typeof streamNames)[number]

/** Whether records of the stream come in blobs of the Management Activity API. */
export function isContentType(stream: string): stream is ContentType {
  return (contentTypes as readonly string[]).includes(stream)
}

export function isStreamName(stream: string): stream is StreamName {
  return (streamNames as readonly string[]).includes(stream)
}
