import { facts } from '../facts.ts'
import { removePassword, savePassword } from './passwords.ts'
import { ask, createOrChange, type Listed, list, textOf } from './rest.ts'

export const accountFields = [
  'tenant_id',
  'client_id',
  'cloud',
  'credential',
  'client_secret_expires',
  'login',
  'graph',
  'manage',
  'ca',
] as const
export type AccountField = (typeof accountFields)[number]

/** A tenant and how to sign in to it, without its secret. */
export interface Account extends Readonly<Record<AccountField, string>> {
  readonly name: string
}

const path = `configs/conf-${facts.confs.account}`

const accountOf = ({ name, content }: Listed): Account => ({
  ...(Object.fromEntries(accountFields.map((field) => [field, textOf(content[field])])) as Record<
    AccountField,
    string
  >),
  name,
  cloud: textOf(content['cloud']) || 'public',
  credential: textOf(content['credential']) || 'client_secret',
})

export const newAccount: Account = accountOf({ name: '', acl: { app: '' }, content: {} })

export const listAccounts = async (): Promise<readonly Account[]> =>
  (await list(path)).map((listed) => accountOf(listed))

/** Keeps an account; the secret only where one is given. The secret goes first: an account without one would be tested in vain. */
export async function saveAccount({ name, ...fields }: Account, secret: string): Promise<void> {
  if (secret !== '') await savePassword(facts.realms.account, name, secret)
  await createOrChange(path, name, fields)
}

export async function removeAccount(name: string): Promise<void> {
  await ask(`${path}/${encodeURIComponent(name)}`, { method: 'DELETE' })
  await removePassword(facts.realms.account, name)
}
