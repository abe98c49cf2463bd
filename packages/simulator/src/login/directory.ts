import { defaultApplication, defaultTenant } from '../defaults.ts'
import type { ApplicationScenario, FederatedScenario, Scenario, SecretScenario, TenantScenario } from '../scenario.ts'

/** The application permissions that the simulator knows, by the API that they belong to. */
export const rolesOf = {
  graph: [
    'SecurityAlert.Read.All',
    'SecurityIncident.Read.All',
    'AuditLog.Read.All',
    'Directory.Read.All',
    'ProvisioningLog.Read.All',
    'IdentityRiskEvent.Read.All',
    'IdentityRiskyUser.Read.All',
    'Policy.Read.All',
  ],
  manage: ['ActivityFeed.Read', 'ActivityFeed.ReadDlp', 'ServiceHealth.Read'],
  vault: ['vault'],
} as const

/** The APIs that tokens are for. */
export type Audience = keyof typeof rolesOf

/** An application as it stands now: secrets and consent change while the cloud runs. */
export interface Application {
  readonly clientId: string
  readonly managedIdentity: boolean
  readonly certificates: readonly string[]
  readonly federated: readonly FederatedScenario[]
  secrets: SecretScenario[]
  roles: Set<string>
}

export interface Tenant {
  readonly scenario: TenantScenario
  readonly applications: ReadonlyMap<string, Application>
}

/** Tenants and their applications. */
export class Directory {
  readonly #tenants: readonly Tenant[]

  constructor(scenario: Scenario) {
    this.#tenants = (scenario.tenants ?? [defaultTenant]).map(tenantOf)
  }

  get tenants(): readonly Tenant[] {
    return this.#tenants
  }

  /** The tenant of this id or domain, in any case. */
  find(name: string): Tenant | undefined {
    const wanted = name.toLowerCase()
    return this.#tenants.find(
      ({ scenario: { id, domain } }) => id.toLowerCase() === wanted || domain?.toLowerCase() === wanted,
    )
  }

  /** The application in the tenant that is named, or in the first one that has it. */
  application(clientId: string, tenant?: string): Application | undefined {
    const among = tenant === undefined ? this.#tenants : this.#tenants.filter(({ scenario }) => scenario.id === tenant)
    return among.map(({ applications }) => applications.get(clientId)).find((found) => found !== undefined)
  }
}

function tenantOf(scenario: TenantScenario): Tenant {
  const applications = (scenario.applications ?? [defaultApplication]).map(applicationOf)
  return { scenario, applications: new Map(applications.map((application) => [application.clientId, application])) }
}

function applicationOf(scenario: ApplicationScenario): Application {
  return {
    clientId: scenario.clientId,
    managedIdentity: scenario.managedIdentity ?? false,
    certificates: scenario.certificates ?? [],
    federated: scenario.federated ?? [],
    secrets: [...(scenario.secrets ?? [])],
    roles: new Set(scenario.roles ?? Object.values(rolesOf).flat()),
  }
}
