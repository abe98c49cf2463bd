import { facts } from '../facts.ts'
import { removePassword, savePassword } from './passwords.ts'
import { ask, createOrChange, goneIsFine, type Listed, list, RestError, textOf } from './rest.ts'

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

/** Makes an account. Throws RestError 409 where there is one of its name, which keeps its secret. */
export async function addAccount(account: Account, secret: string): Promise<void> {
  if ((await listAccounts()).some(({ name }) => name === account.name))
    throw new RestError(409, `there is an account ${account.name} already. Give this one another name.`)
  await saveAccount(account, secret)
}

/** Keeps an account; the secret only where one is given. The secret goes first: an account without one would be tested in vain. */
export async function saveAccount({ name, ...fields }: Account, secret: string): Promise<void> {
  const hasSecret = fields.credential !== 'managed_identity'
  if (hasSecret && secret !== '') await savePassword(facts.realms.account, name, secret)
  await createOrChange(path, name, fields)
  if (!hasSecret) await removePassword(facts.realms.account, name)
}

/** Removes an account and its secret, of which the first may have been removed already. */
export async function removeAccount(name: string): Promise<void> {
  await goneIsFine(ask(`${path}/${encodeURIComponent(name)}`, { method: 'DELETE' }))
  await removePassword(facts.realms.account, name)
}
