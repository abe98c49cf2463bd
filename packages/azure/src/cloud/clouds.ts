/** Families of APIs that a national cloud has or lacks. */
export type Feature = 'security' | 'auditLogs' | 'identityProtection' | 'office365'

export interface CloudHosts {
  /** Origin of Entra's token endpoint. */
  readonly login: string
  readonly graph?: string
  /** Office 365 Management Activity API; also the resource of its tokens. */
  readonly manage?: string
  /** Azure Resource Manager. */
  readonly arm?: string
  /** Resource of tokens for key vaults, and end of the host names of vaults. */
  readonly keyVault?: { readonly resource: string; readonly suffix: string }
}

export interface Cloud {
  readonly title: string
  readonly hosts: CloudHosts
  readonly lacks: readonly Feature[]
  /** Hosts that no document of Microsoft confirms: the user may have to give them with `hosts`. */
  readonly unconfirmed?: readonly (keyof CloudHosts)[]
}

const vault = (name: string) => ({ resource: `https://${name}`, suffix: `.${name}` })
const publicHosts: CloudHosts = {
  login: 'https://login.microsoftonline.com',
  graph: 'https://graph.microsoft.com',
  manage: 'https://manage.office.com',
  arm: 'https://management.azure.com',
  keyVault: vault('vault.azure.net'),
}
const governmentHosts = {
  login: 'https://login.microsoftonline.us',
  arm: 'https://management.usgovcloudapi.net',
  keyVault: vault('vault.usgovcloudapi.net'),
}

/**
 * National clouds: hosts, and what each lacks. Graph: learn.microsoft.com/graph/deployments; Management Activity:
 * office-365-management-activity-api-reference; what is lacking: the per-cloud CSDL files of microsoftgraph/msgraph-metadata.
 */
export const clouds = {
  public: { title: 'Microsoft 365 worldwide', hosts: publicHosts, lacks: [] },
  gcc: { title: 'US Government GCC', hosts: { ...publicHosts, manage: 'https://manage-gcc.office.com' }, lacks: [] },
  'gcc-high': {
    title: 'US Government GCC High',
    hosts: { ...governmentHosts, graph: 'https://graph.microsoft.us', manage: 'https://manage.office365.us' },
    lacks: [],
  },
  dod: {
    title: 'US Government DoD',
    hosts: {
      ...governmentHosts,
      graph: 'https://dod-graph.microsoft.us',
      manage: 'https://manage.protection.apps.mil',
    },
    lacks: [],
  },
  china: {
    title: 'China, operated by 21Vianet',
    hosts: {
      // MSAL itself turns login.chinacloudapi.cn into this one.
      login: 'https://login.partner.microsoftonline.cn',
      graph: 'https://microsoftgraph.chinacloudapi.cn',
      manage: 'https://manage.office365.cn',
      arm: 'https://management.chinacloudapi.cn',
      keyVault: vault('vault.azure.cn'),
    },
    lacks: ['security', 'identityProtection'],
    unconfirmed: ['manage'],
  },
  france: {
    title: 'France, operated by Bleu',
    hosts: { login: 'https://login.sovcloud-identity.fr' },
    lacks: ['security'],
    unconfirmed: ['graph', 'manage', 'arm', 'keyVault'],
  },
  germany: {
    title: 'Germany, operated by Delos',
    hosts: { login: 'https://login.sovcloud-identity.de' },
    lacks: ['security'],
    unconfirmed: ['graph', 'manage', 'arm', 'keyVault'],
  },
  singapore: {
    title: 'Singapore GovSG',
    hosts: { login: 'https://login.sovcloud-identity.sg' },
    lacks: ['security', 'auditLogs', 'identityProtection'],
    unconfirmed: ['graph', 'manage', 'arm', 'keyVault'],
  },
  /** Every host comes from `hosts`: clouds that are not in this table, and simulated ones. */
  custom: { title: 'as told by `hosts`', hosts: { login: '' }, lacks: [] },
} as const satisfies Readonly<Record<string, Cloud>>

export type CloudName = keyof typeof clouds
export const cloudNames = Object.keys(clouds) as CloudName[]
