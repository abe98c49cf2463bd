import type { TenantOptions, Tenants } from '@siembridge/azure'
import { type Budgets, type Clock, type Logger, type Secrets, SiembridgeError, systemClock } from '@siembridge/core'
import type { AnySource, Config, ConfiguredSource } from '@siembridge/core/config'
import { sourcesOf } from './kinds.ts'

/** What sources and targets of a configuration work with. */
export interface Connections {
  readonly clock: Clock
  readonly secrets: Secrets
  readonly budgets: Budgets
  readonly tenants: Tenants
  /** The source that collects, rather than the one that only looked at the options. */
  source(configured: ConfiguredSource): AnySource
  close(): Promise<void>
}

/** Opens nothing yet: each is asked when it is first used. */
export async function connect(config: Config<TenantOptions>): Promise<Connections> {
  const [azure, { createBudgets }, { createSecrets }, sources] = await Promise.all([
    import('@siembridge/azure'),
    import('@siembridge/core/budget'),
    import('@siembridge/core/secrets'),
    sourcesOf(),
  ])
  const clock = systemClock
  const budgets = createBudgets({ clock, limits: azure.throttling })
  const vaultTenant = config.key_vault?.tenant ?? Object.keys(config.tenants)[0]
  // Tenants read secrets, and secrets of vaults are read as a tenant.
  const readVault = (url: string): Promise<string> =>
    vaultTenant === undefined
      ? Promise.reject(new SiembridgeError('SecretMissing', url, 'no tenant is configured to read key vaults as'))
      : tenants.keyVault(vaultTenant)(url)
  const secrets = createSecrets({ keyVault: readVault, clock })
  const tenants: Tenants = azure.createTenants(config.tenants, { secrets, budgets, clock })
  const kinds = sources(tenants)
  return {
    clock,
    secrets,
    budgets,
    tenants,
    source: ({ kind, source }) => kinds.find((one) => one.kind === kind) ?? source,
    close: () => tenants.close(),
  }
}

export const targetContext = (
  { name, options }: { readonly name: string; readonly options: unknown },
  { secrets, clock }: Pick<Connections, 'secrets' | 'clock'>,
  log: Logger,
) => ({ name, options, secrets, clock, log })
