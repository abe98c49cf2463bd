import type { Account } from '../../splunk/accounts.ts'
import { pemProblem } from './credentials.ts'

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export interface AccountDraft {
  readonly account: Account
  readonly secret: string
  readonly isNew: boolean
  readonly taken: readonly string[]
}

/** What is wrong with a form before splunkd is asked, by field. */
export function accountProblems({ account, secret, isNew, taken }: AccountDraft): Partial<Record<string, string>> {
  const { name, tenant_id: tenant, client_id: client, credential, cloud } = account
  const wantsSecret = credential !== 'managed_identity' && isNew && secret === ''
  const told: (readonly [string, string | undefined])[] = [
    ['name', nameProblem(name, isNew ? taken : [])],
    [
      'tenant_id',
      guid.test(tenant)
        ? undefined
        : 'A GUID such as 11111111-2222-4333-8444-555555555555; it stands on the overview page of Entra.',
    ],
    [
      'client_id',
      credential === 'managed_identity'
        ? client === '' || guid.test(client)
          ? undefined
          : 'A GUID, or nothing.'
        : guid.test(client)
          ? undefined
          : 'A GUID; Entra calls it Application (client) ID.',
    ],
    ['secret', wantsSecret ? 'It is missing.' : secretProblem(credential, secret)],
    ...(['login', 'graph', 'manage'] as const).map(
      (field) => [field, hostProblem(account[field], field === 'login' && cloud === 'custom')] as const,
    ),
    [
      'client_secret_expires',
      /^(?:|\d{4}-\d\d-\d\d)$/.test(account.client_secret_expires) ? undefined : 'A day such as 2027-01-31.',
    ],
  ]
  return Object.fromEntries(told.filter(([, problem]) => problem !== undefined))
}

function nameProblem(name: string, taken: readonly string[]): string | undefined {
  if (name === '') return 'Give it a name.'
  if (!/^[0-9a-zA-Z][\w.-]*$/.test(name)) return 'Use letters, digits, _, . and -, with a letter or digit first.'
  if (name.toLowerCase() === 'default') return 'default is what Splunk calls the settings of all accounts.'
  return taken.includes(name) ? 'There is one of that name already.' : undefined
}

function secretProblem(credential: string, secret: string): string | undefined {
  if (secret === '') return undefined
  if (credential === 'certificate') return pemProblem(secret)
  return credential === 'client_secret' && guid.test(secret)
    ? 'This looks like the id of the secret. What is wanted is its value, which Entra shows once, when the secret is made.'
    : undefined
}

function hostProblem(origin: string, wanted: boolean): string | undefined {
  if (origin === '') return wanted ? 'It is missing: the custom cloud has no hosts of its own.' : undefined
  return /^https:\/\/[^/\s]+$/.test(origin) ? undefined : 'An origin such as https://graph.example'
}
