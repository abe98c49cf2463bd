import { createHash } from 'node:crypto'
import type { TestAgent } from './agent.ts'
import type { Cloud } from './simulated.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Names of the simulator's streams by ours. */
export const simulatedNames: Readonly<Record<string, string>> = {
  alerts: 'alerts',
  incidents: 'incidents',
  'directory-audits': 'directoryAudits',
  'sign-ins.interactive': 'signIns.interactiveUser',
  'sign-ins.non-interactive': 'signIns.nonInteractiveUser',
  'sign-ins.service-principal': 'signIns.servicePrincipal',
  'sign-ins.managed-identity': 'signIns.managedIdentity',
  provisioning: 'provisioning',
  'risk-detections': 'riskDetections',
  'risky-users': 'riskyUsers',
  'audit.azure-active-directory': 'Audit.AzureActiveDirectory',
  'audit.exchange': 'Audit.Exchange',
  'audit.sharepoint': 'Audit.SharePoint',
  'audit.general': 'Audit.General',
  'dlp.all': 'DLP.All',
}

/** Records that the cloud showed or still shows and that were not handed over with the very bytes of the answer. */
export async function missing(cloud: Cloud, agent: TestAgent, streams: readonly string[]): Promise<string[]> {
  const names = new Map(streams.map((name) => [simulatedNames[name], name]))
  const had = new Map(streams.map((name) => [name, new Set([...agent.state(name).kept.values()].map(sha256))]))
  const due = (await cloud.ledger()).filter(({ stream, state }) => names.has(stream) && state === 'due')
  return due
    .filter(
      ({ stream, sha256: own, otherSha256 }) =>
        ![own, ...otherSha256].some((hash) => had.get(names.get(stream) ?? '')?.has(hash)),
    )
    .map(({ stream, id, version }) => `${stream} ${id} version ${version}`)
}
