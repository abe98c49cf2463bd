import type { Cloud, Receivers } from '@siembridge/simulator'

/** A configuration for the soak: everything is collected often, and goes everywhere. */
export const soakConfiguration = (
  cloud: Cloud,
  receivers: Receivers,
  app: { tenant: string; client: string },
): string => `\
state: state
since: 1h
heartbeat: off
http: off
tenants:
  contoso:
    tenant_id: ${app.tenant}
    client_id: ${app.client}
    client_secret: env:SOAK_SECRET
    cloud: custom
    hosts: { login: "${cloud.url('login')}", graph: "${cloud.url('graph')}", manage: "${cloud.url('manage')}" }
    ca: ${JSON.stringify(cloud.address.caFile)}
sources:
  - kind: graph
    tenant: contoso
    tuning:
      alerts: { interval: 10s }
      incidents: { interval: 10s }
      provisioning: { interval: 30s }
      risk-detections: { interval: 10s }
      risky-users: { interval: 10s }
  - { kind: office365, tenant: contoso, interval: 10s, overlap: 1h }
targets:
  splunk: { kind: splunk-hec, url: "https://localhost:${receivers.port('splunk')}", token: "env:SOAK_HEC", ca: ${JSON.stringify(`file:${receivers.address.caFile}`)} }
  tcp: { kind: syslog, url: "tcp://localhost:${receivers.port('tcp')}", format: cef }
  relp: { kind: syslog, url: "relp://localhost:${receivers.port('relp')}", format: leef }
`
