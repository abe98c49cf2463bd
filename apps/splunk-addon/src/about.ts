/** The add-on's names, as they stand in a dozen places of its package. */
export const about = {
  /** Name of its folder and its id. */
  id: 'siembridge_ms',
  label: 'SIEMbridge for Microsoft security data',
  author: 'SIEMbridge',
  description: 'Alerts, incidents, Entra ID logs and the Office 365 audit log of Microsoft, with CIM fields',
  /** The bundled script that every input runs. */
  script: 'siembridge.cjs',
  /** Least Node that runs it. */
  leastNode: 22,
} as const

/** Configuration files that only the add-on knows, without `.conf`. */
export const customConfs = {
  account: `${about.id}_account`,
  settings: `${about.id}_settings`,
} as const

/** Realms of storage/passwords. */
export const realms = { account: `${about.id}#account`, settings: `${about.id}#settings` } as const

/** Collections of the KV store. */
export const collections = {
  state: 'siembridge_state',
  budgets: 'siembridge_budgets',
  /** What inputs say of themselves, for the pages. */
  status: 'siembridge_status',
  /** Positions that a person wants to be set. */
  requests: 'siembridge_requests',
  /** What tests of accounts found. */
  tests: 'siembridge_tests',
} as const
