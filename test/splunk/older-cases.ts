import type { Obligation } from '@siembridge/simulator'

/** What stands in Splunk of an older add-on before a migration: its configuration, secrets and checkpoints, as it writes them. */
export interface OlderCase {
  readonly app: string
  readonly conf?: string
  /** Client id of its app registration in the simulated tenant. */
  readonly clientId: string
  readonly clientSecret: string
  readonly account: (tenant: string) => Readonly<Record<string, string>>
  /** Entries of storage/passwords: realm, name, value. */
  readonly secrets: readonly (readonly [realm: string, name: string, value: string])[]
  readonly inputs: readonly OlderCaseInput[]
}

export interface OlderCaseInput {
  readonly scheme: string
  readonly name: string
  readonly settings: (tenant: string) => Readonly<Record<string, string>>
  /** Documents of collections by collection. */
  readonly rows?: (at: Checkpoint) => Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
  /** What it has indexed: sourcetype, and `source` where it matters. */
  readonly events?: readonly (readonly [sourcetype: string, source: string])[]
  /** What becomes of it. */
  readonly becomes: readonly {
    readonly name: string
    readonly scheme: string
    /** Streams of the simulated cloud. */
    readonly streams: readonly Obligation['stream'][]
    readonly sourcetypes: readonly string[]
    readonly from: 'checkpoint' | 'event'
    readonly overlapHours: number
  }[]
  readonly stopped: boolean
}

/** How far the older input is. */
export interface Checkpoint {
  readonly ms: number
  /** As Microsoft writes times, with seven decimals. */
  readonly text: string
  /** Content that was fetched: ids and when it became available. */
  readonly contents: readonly { readonly id: string; readonly createdMs: number }[]
}

const separator = '``splunk_cred_sep``'
const end = `${separator}S${separator}P${separator}L${separator}U${separator}N${separator}K${separator}`

/** A secret as solnlib stores it: JSON in parts of 255 characters, and a mark behind them. */
const solnlib = (realm: string, account: string, values: Readonly<Record<string, string>>) => {
  const parts = JSON.stringify(values).match(/.{1,255}/gs) ?? []
  return [...parts, end].map((part, at) => [realm, `${account}${separator}${at + 1}`, part] as const)
}

const realm = (app: string, conf: string): string => `__REST_CREDENTIAL__#${app}#configs/conf-${conf}`
const clientId = (number: number): string => `00000000-0000-4000-8000-00000000000${number}`
const clientSecret = (number: number): string => `simulated-client-secret-${number}`

const state = (collection: string, key: string) => (at: Checkpoint) => ({
  [collection]: [{ _key: key, state: JSON.stringify(at.text) }],
})

const signIns = [
  'signIns.interactiveUser',
  'signIns.nonInteractiveUser',
  'signIns.servicePrincipal',
  'signIns.managedIdentity',
] as const

export const olderCases: readonly OlderCase[] = [
  {
    app: 'Splunk_TA_microsoft-cloudservices',
    conf: 'mscs_azure_accounts',
    clientId: clientId(1),
    clientSecret: clientSecret(1),
    account: (tenant) => ({
      tenant_id: tenant,
      client_id: clientId(1),
      client_secret: '********',
      account_class_type: '1',
    }),
    secrets: solnlib(realm('Splunk_TA_microsoft-cloudservices', 'mscs_azure_accounts'), 'older', {
      client_secret: clientSecret(1),
    }),
    inputs: [
      {
        scheme: 'mscs_azure_event_hub',
        name: 'entra_hub',
        settings: () => ({
          account: 'older',
          event_hub_namespace: 'contoso.servicebus.windows.net',
          event_hub_name: 'insights-logs',
          consumer_group: '$Default',
          sourcetype: 'azure:monitor:aad',
          interval: '300',
        }),
        events: [['azure:monitor:aad', 'contoso.servicebus.windows.net']],
        becomes: [
          {
            name: 'entra_hub',
            scheme: 'siembridge_entra_id',
            streams: ['directoryAudits', ...signIns],
            sourcetypes: ['azure:aad:audit', 'azure:aad:signin'],
            from: 'event',
            overlapHours: 24,
          },
          {
            name: 'entra_hub_risks',
            scheme: 'siembridge_entra_id',
            streams: ['provisioning', 'riskDetections', 'riskyUsers'],
            sourcetypes: [
              'azure:aad:identity_protection:risk_detection',
              'azure:aad:identity_protection:risky_user',
              'siembridge:entra:provisioning',
            ],
            from: 'event',
            overlapHours: 24,
          },
        ],
        stopped: true,
      },
    ],
  },
  {
    app: 'splunk_ta_o365',
    conf: 'splunk_ta_o365_tenants',
    clientId: clientId(2),
    clientSecret: clientSecret(2),
    account: (tenant) => ({
      tenant_id: tenant,
      client_id: clientId(2),
      client_secret: '********',
      endpoint: 'Worldwide',
      auth_type: 'secret_based',
      is_conf_migrated: '1',
    }),
    // A secret that takes two entries.
    secrets: solnlib(realm('splunk_ta_o365', 'splunk_ta_o365_tenants'), 'older', {
      cloudappsecuritytoken: 'x'.repeat(250),
      client_secret: clientSecret(2),
    }),
    inputs: [
      {
        scheme: 'splunk_ta_o365_management_activity',
        name: 'exchange',
        settings: () => ({ tenant_name: 'older', content_type: 'Audit.Exchange', number_of_threads: '4' }),
        rows: ({ contents }) => ({
          splunk_ta_o365_management_activity_exchange: contents.map(({ id, createdMs }) => ({
            _key: id,
            expiration: Math.floor(createdMs / 1000) + 7 * 86_400,
          })),
        }),
        becomes: [
          {
            name: 'exchange',
            scheme: 'siembridge_office_365',
            streams: ['Audit.Exchange'],
            sourcetypes: ['o365:management:activity'],
            from: 'checkpoint',
            overlapHours: 24,
          },
        ],
        stopped: true,
      },
    ],
  },
  {
    app: 'Splunk_TA_MS_Security',
    conf: 'splunk_ta_ms_security_account',
    clientId: clientId(3),
    clientSecret: clientSecret(3),
    account: (tenant) => ({ username: clientId(3), password: '********', tenant_id: tenant }),
    secrets: solnlib(realm('Splunk_TA_MS_Security', 'splunk_ta_ms_security_account'), 'older', {
      password: clientSecret(3),
    }),
    inputs: [
      {
        scheme: 'microsoft_365_defender_endpoint_incidents',
        name: 'incidents',
        settings: () => ({
          azure_app_account: 'older',
          environment: 'commercial-graph-api',
          lookback: '0',
          sourcetype: 'ms365:defender:incident',
        }),
        rows: state('Splunk_TA_MS_Security_checkpointer', 'm365_incident_lastUpdateTime_incidents'),
        becomes: [
          {
            name: 'incidents',
            scheme: 'siembridge_alerts',
            streams: ['incidents', 'alerts'],
            sourcetypes: ['ms365:defender:incident', 'ms365:defender:incident:alerts'],
            from: 'checkpoint',
            overlapHours: 0.25,
          },
        ],
        stopped: true,
      },
    ],
  },
  {
    app: 'TA-Azure_Monitor',
    clientId: clientId(4),
    clientSecret: clientSecret(4),
    account: () => ({}),
    secrets: [
      ['', 'AzureMonitorDiagnosticLogsAppID', clientId(4)],
      ['', 'AzureMonitorDiagnosticLogsAppKey', clientSecret(4)],
    ],
    inputs: [
      {
        scheme: 'azure_diagnostic_logs',
        name: 'hubs',
        settings: (tenant) => ({
          SPNTenantID: tenant,
          SPNApplicationId: '********',
          SPNApplicationKey: '********',
          eventHubNamespace: 'contoso',
          vaultName: 'contoso-vault',
          secretName: 'hub',
          secretVersion: '1',
        }),
        events: [['amdl:aadal:signin', 'azure_diagnostic_logs://hubs']],
        becomes: [
          {
            name: 'hubs_sign_ins',
            scheme: 'siembridge_entra_id',
            streams: signIns,
            sourcetypes: ['azure:aad:signin'],
            from: 'event',
            overlapHours: 24,
          },
        ],
        stopped: false,
      },
    ],
  },
  {
    app: 'TA-MS-AAD',
    conf: 'ta_ms_aad_account',
    clientId: clientId(5),
    clientSecret: clientSecret(5),
    account: () => ({ username: clientId(5), password: '********' }),
    secrets: solnlib(realm('TA-MS-AAD', 'ta_ms_aad_account'), 'older', { password: clientSecret(5) }),
    inputs: [
      {
        scheme: 'MS_AAD_signins',
        name: 'signins',
        settings: (tenant) => ({
          azure_app_account: 'older',
          tenant_id: tenant,
          environment: 'public',
          sign_in_sourcetype: 'azure:aad:signin',
          query_window_size: '0',
          query_backoff_throttle: '420',
          endpoint: 'v1.0',
        }),
        rows: state('TA_MS_AAD_checkpointer', 'aad_signin_last_date_signins'),
        becomes: [
          {
            name: 'signins',
            scheme: 'siembridge_entra_id',
            streams: ['signIns.interactiveUser'],
            sourcetypes: ['azure:aad:signin'],
            from: 'checkpoint',
            overlapHours: 1,
          },
        ],
        stopped: true,
      },
    ],
  },
  {
    app: 'TA-microsoft-graph-security-add-on-for-splunk',
    conf: 'ta_microsoft_graph_security_add_on_for_splunk_account',
    clientId: clientId(6),
    clientSecret: clientSecret(6),
    account: () => ({ username: clientId(6), password: '********' }),
    secrets: solnlib(
      realm('TA-microsoft-graph-security-add-on-for-splunk', 'ta_microsoft_graph_security_add_on_for_splunk_account'),
      'older',
      { password: clientSecret(6) },
    ),
    inputs: [
      {
        scheme: 'microsoft_graph_security',
        name: 'alerts',
        settings: (tenant) => ({ app_account: 'older', tenant, filter: "severity eq 'high'" }),
        rows: state('TA_microsoft_graph_security_add_on_for_splunk_checkpointer', 'alerts_last_modified'),
        becomes: [
          {
            name: 'alerts',
            scheme: 'siembridge_alerts',
            streams: ['alerts'],
            sourcetypes: ['ms365:defender:incident:alerts'],
            from: 'checkpoint',
            overlapHours: 0.25,
          },
        ],
        stopped: true,
      },
    ],
  },
]
