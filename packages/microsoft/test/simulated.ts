import { type TenantOptions, type Tenants, createTenants, throttling } from '@siembridge/azure'
import type { Clock } from '@siembridge/core'
import { createBudgets } from '@siembridge/core/budget'
import { createSecrets } from '@siembridge/core/secrets'
// Not through the package's name: the simulator is of no use to whoever installs this package.
import { type Cloud, defaultClientId, defaultSecret, defaultTenantId } from '../../simulator/dist/index.js'

export { type Cloud, defaultClientId, defaultSecret, defaultTenantId, startCloud } from '../../simulator/dist/index.js'

/** Options of a tenant that lives in a simulated cloud: what anyone could write into a configuration. */
export const simulatedTenant = (cloud: Cloud, more: Partial<TenantOptions> = {}): TenantOptions => ({
  tenant_id: defaultTenantId,
  client_id: defaultClientId,
  client_secret: 'env:SECRET',
  cloud: 'custom',
  hosts: {
    login: cloud.url('login'),
    graph: cloud.url('graph'),
    manage: cloud.url('manage'),
    key_vault: cloud.url('vault'),
  },
  ca: cloud.address.caFile,
  no_proxy: '*',
  tags: {},
  ...more,
})

export interface Simulated {
  readonly tenants: Tenants
  /** The environment that secrets are read from. */
  readonly env: Record<string, string>
}

/** One tenant, `contoso`, of a simulated cloud. Quotas are not kept unless told: those of the cloud count in real time. */
export function simulatedTenants(
  cloud: Cloud,
  clock: Clock,
  more: Partial<TenantOptions> = {},
  limited = false,
): Simulated {
  const env: Record<string, string> = { SECRET: defaultSecret }
  const secrets = createSecrets({ env, clock })
  const budgets = createBudgets({ clock, limits: limited ? throttling : {} })
  return { tenants: createTenants({ contoso: simulatedTenant(cloud, more) }, { secrets, budgets, clock }), env }
}
