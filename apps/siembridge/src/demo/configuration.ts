import {
  type Cloud,
  defaultClientId,
  defaultHecToken,
  defaultSecret,
  defaultTenantId,
  type Receivers,
} from '@siembridge/simulator'
import { demoTargets, type DemoTarget } from './targets.ts'
import { ticketRoute, ticketSecrets, ticketTarget } from './tickets.ts'

/** What the agent finds in its environment. */
export const secrets = { DEMO_CLIENT_SECRET: defaultSecret, DEMO_HEC_TOKEN: defaultHecToken.token, ...ticketSecrets }

const tuning: Readonly<Record<string, string>> = {
  alerts: '{interval: 3s, overlap: 1h}',
  incidents: '{interval: 3s, overlap: 1h}',
  'directory-audits': '{interval: 12s, overlap: 1h, lag: 0s}',
  'sign-ins.interactive': '{interval: 12s, overlap: 1h, lag: 0s}',
  'sign-ins.non-interactive': '{interval: 12s, overlap: 1h, lag: 0s}',
  'sign-ins.service-principal': '{interval: 12s, overlap: 1h, lag: 0s}',
  'sign-ins.managed-identity': '{interval: 12s, overlap: 1h, lag: 0s}',
  provisioning: '{interval: 12s, overlap: 1h, lag: 0s}',
  'risk-detections': '{interval: 3s, overlap: 1h}',
  'risky-users': '{interval: 3s, overlap: 1h}',
}

const schemes = { tcp: 'tcp', relp: 'relp', hec: 'https', udp: 'udp', http: 'https' } as const

/** A configuration as anybody would write it, but for hosts and intervals: the simulated cloud's clock runs fast. */
export const configuration = (cloud: Cloud, receivers: Receivers, serviceNow: string): string => `\
# Configuration of the demo. Time runs fast in the simulated cloud, so intervals are short.
state: state
since: 45m
heartbeat: off
http: off

tenants:
  contoso:
    tenant_id: ${defaultTenantId}
    client_id: ${defaultClientId}
    client_secret: env:DEMO_CLIENT_SECRET
    cloud: custom
    hosts:
      login: ${cloud.url('login')}
      graph: ${cloud.url('graph')}
      manage: ${cloud.url('manage')}
    ca: ${JSON.stringify(cloud.address.caFile)}

sources:
  - kind: graph
    tenant: contoso
    tuning:
${Object.entries(tuning)
  .map(([stream, times]) => `      ${stream}: ${times}\n`)
  .join('')}\
  - kind: office365
    tenant: contoso
    interval: 2s
    overlap: 1h

targets:
${demoTargets.map((target) => targetText(target, receivers)).join('')}\
${ticketTarget(serviceNow)}
routes:
  - {name: all, to: [${demoTargets.map(({ name }) => name).join(', ')}]}
${ticketRoute}`

function targetText({ name, receiver, options }: DemoTarget, receivers: Receivers): string {
  const tls = receiver.kind !== 'udp' && receiver.tls === true
  const scheme = receiver.kind === 'tcp' && tls ? 'tls' : schemes[receiver.kind]
  const lines = {
    kind: receiver.kind === 'hec' ? 'splunk-hec' : 'syslog',
    url: `${scheme}://localhost:${receivers.port(name)}`,
    ...(receiver.kind === 'hec' && { token: 'env:DEMO_HEC_TOKEN' }),
    ...(tls && { ca: JSON.stringify(`file:${receivers.address.caFile}`) }),
    ...options,
  }
  return `  ${name}:\n${Object.entries(lines)
    .map(([key, value]) => `    ${key}: ${value}\n`)
    .join('')}`
}
