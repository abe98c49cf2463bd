import type { TenantOptions, Tenants } from '@siembridge/azure'
import { type Budgets, type Clock, type Secrets, systemClock } from '@siembridge/core'
import type { AnySource, AnyTarget, Kinds } from '@siembridge/core/config'

export interface Ports {
  readonly secrets: Secrets
  readonly budgets: Budgets
  readonly clock: Clock
}

/** Ports for looking at a configuration: nothing is asked of anybody. */
const noPorts: Ports = {
  secrets: { read: () => Promise.reject(new Error('nothing is read while a configuration is looked at')) },
  budgets: { take: () => Promise.resolve(), pause: () => undefined },
  clock: systemClock,
}

/** Everything that can be configured, as it is to be looked at. */
export async function loadKinds(): Promise<Kinds<TenantOptions>> {
  const [azure, sources, targets, fields] = await Promise.all([
    import('@siembridge/azure'),
    sourcesOf(),
    targetKinds(),
    fieldNames(),
  ])
  return {
    tenant: azure.tenantOptions,
    sources: (tenants) => sources(azure.createTenants(tenants, noPorts)),
    targets,
    ofTenants: new Set(['graph', 'office365']),
    exclusive: new Set(['file', 'stdout', 'servicenow']),
    filterProblem,
    fields,
  }
}

/** Every kind of source, given tenants to collect from. */
export async function sourcesOf(): Promise<(tenants: Tenants) => readonly AnySource[]> {
  const [microsoft, file] = await Promise.all([import('@siembridge/microsoft'), import('@siembridge/file')])
  return (tenants) => [
    microsoft.createGraphSource(tenants),
    microsoft.createOfficeSource(tenants),
    file.fileSource,
    file.stdinSource,
  ]
}

/** Every kind of target. */
export async function targetKinds(): Promise<readonly AnyTarget[]> {
  const [syslog, splunk, http, file, arcsight, servicenow] = await Promise.all([
    import('@siembridge/syslog'),
    import('@siembridge/splunk'),
    import('@siembridge/http'),
    import('@siembridge/file'),
    import('@siembridge/arcsight/target'),
    import('@siembridge/servicenow'),
  ])
  return [
    syslog.syslogTarget,
    splunk.splunkHecTarget,
    http.httpTarget,
    file.fileTarget,
    file.stdoutTarget,
    arcsight.arcsightFolderTarget,
    servicenow.serviceNowTarget,
  ]
}

async function fieldNames(): Promise<ReadonlySet<string>> {
  const { fieldRows } = await import('@siembridge/engine/describe')
  return new Set(fieldRows().map(({ field }) => String(field)))
}

async function filterProblem(text: string): Promise<{ message: string; at: number } | undefined> {
  const { createEngine, FilterError } = await import('@siembridge/engine')
  try {
    await createEngine({ to: 'ecs', filter: text })
    return undefined
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    return { message: error.message.split('\n')[0] ?? '', at: error.at }
  }
}
