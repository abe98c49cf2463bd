import { readFileSync } from 'node:fs'
import { type Budgets, type Clock, type Secrets, SiembridgeError } from '@siembridge/core'
import { createHttp, type Http } from '@siembridge/core/http'
import { checkTenant } from './check.ts'
import { hostsOf, lackOf } from './cloud/hosts.ts'
import { createGraph } from './graph/transport.ts'
import { referencesOf } from './identity/credential.ts'
import { createExpiryWatch } from './identity/expiry.ts'
import { createKeyVault } from './identity/key-vault.ts'
import { createTokens } from './identity/tokens.ts'
import { officeVerdict } from './office/error.ts'
import { createOffice } from './office/transport.ts'
import type { TenantOptions } from './options.ts'
import type { Tenant, Tenants } from './tenant.ts'

export interface TenantPorts {
  readonly secrets: Secrets
  readonly budgets: Budgets
  readonly clock: Clock
}

/** Tenants by their names in the configuration. Nothing is asked before the first use. */
export function createTenants(config: Readonly<Record<string, TenantOptions>>, ports: TenantPorts): Tenants {
  const made = new Map<string, ReturnType<typeof createTenant>>()
  const optionsOf = (name: string): TenantOptions => {
    const options = Object.hasOwn(config, name) ? config[name] : undefined
    if (!options) throw new SiembridgeError('TenantNotConfigured', name)
    return options
  }
  const get = (name: string) => {
    const tenant = made.get(name) ?? createTenant(name, optionsOf(name), ports)
    made.set(name, tenant)
    return tenant
  }
  return {
    get: (name) => get(name).tenant,
    lacks: (name, feature) => {
      const { cloud, hosts } = optionsOf(name)
      return lackOf(cloud, hostsOf(cloud, hosts), feature)
    },
    names: Object.keys(config),
    keyVault: (name) => async (url) => {
      // It would wait for itself.
      if (referencesOf(optionsOf(name)).some((reference) => reference.startsWith('keyvault:')))
        throw new SiembridgeError(
          'SecretMissing',
          `keyvault:${url}`,
          `the credential of tenant ${name} lies in a vault itself`,
        )
      return get(name).readVault(url)
    },
    close: async () => void (await Promise.all([...made.values()].map(({ close }) => close()))),
  }
}

function createTenant(name: string, options: TenantOptions, { secrets, budgets, clock }: TenantPorts) {
  const hosts = hostsOf(options.cloud, options.hosts)
  const { tenant_id: tenantId, client_id: clientId = '' } = options
  const http = httpOf(name, options)
  // The identity of a machine answers on a link-local address, which no proxy reaches.
  const signInHttp = options.managed_identity ? createHttp({ noProxy: '*' }) : http
  const tokens = createTokens({ name, options, hosts, http: signInHttp, secrets, clock })
  const common = { name, tenantId, clientId, tokens, budgets, clock, http }
  const tenant: Tenant = {
    name,
    id: tenantId.toLowerCase(),
    tags: options.tags,
    cloud: options.cloud,
    graph: createGraph({ ...common, origin: hosts.graph ?? '' }),
    office: createOffice({ ...common, origin: hosts.manage ?? '', verdict: officeVerdict }),
    check: (nowMs) => checkTenant({ name, options, hosts, tokens, nowMs }),
    expiry: createExpiryWatch(name, options, tokens),
  }
  const close = async () => void (await Promise.all([http, signInHttp].map((client) => client.close())))
  return { tenant, readVault: createKeyVault({ tokens, hosts, http }), close }
}

function httpOf(name: string, { proxy, no_proxy: noProxy, ca }: TenantOptions): Http {
  try {
    return createHttp({ proxy, noProxy, ca: ca === undefined ? undefined : readFileSync(ca) })
  } catch (error) {
    throw new SiembridgeError('CertificateUnreadable', `tenant ${name}`, `ca: ${(error as NodeJS.ErrnoException).code}`)
  }
}
