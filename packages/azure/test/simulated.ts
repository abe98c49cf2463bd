import type { Clock, Secrets } from '@siembridge/core'
import { createBudgets } from '@siembridge/core/budget'
import { createSecrets } from '@siembridge/core/secrets'
import { type Cloud, defaultClientId, defaultSecret, defaultTenantId } from '../../simulator/dist/index.js'
import type { TenantOptions } from '../src/options.ts'
import { createTenants } from '../src/tenants.ts'

export * from '../../simulator/dist/index.js'

/** Options of a tenant that lives in a simulated cloud: what anyone could write into a configuration. */
export const simulatedOptions = (cloud: Cloud, more: Partial<TenantOptions> = {}): TenantOptions => ({
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

/** The tenant `contoso` of a simulated cloud, and the environment that its secret is read from. */
export function simulate(
  cloud: Cloud,
  clock: Clock,
  more: Partial<TenantOptions> = {},
  ports: { secrets?: Secrets } = {},
) {
  const env: Record<string, string> = { SECRET: defaultSecret }
  const { secrets = createSecrets({ env, clock }) } = ports
  const budgets = createBudgets({ clock, limits: {} })
  const tenants = createTenants({ contoso: simulatedOptions(cloud, more) }, { secrets, budgets, clock })
  return { env, tenants, tenant: tenants.get('contoso') }
}
