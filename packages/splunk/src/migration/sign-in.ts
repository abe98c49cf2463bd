import { type FoundInput, kindOf } from './found.ts'
import type { OlderAddOn } from './older.ts'
import type { SecretSource } from './proposal.ts'
import { type OlderRead, passwordsRequest } from './read.ts'

/** What an older input signs in with. */
export interface SignIn {
  readonly addOn: OlderAddOn
  readonly account: string
  /** GUID; "" where it is not told. */
  readonly tenant: string
  /** GUID; "" for a managed identity; undefined where it stands in `storage/passwords` alone. */
  readonly client: string | undefined
  readonly clientSource: SecretSource | undefined
  readonly cloud: string
  /** What the older add-on calls its cloud, where the table does not know that. */
  readonly unknownCloud?: string
  readonly certificate: boolean
  readonly secret: SecretSource | undefined
}

/** What the Azure Monitor add-on leaves behind in the place of what it moved to `storage/passwords`. */
const mask = /^\*+$/

/** Undefined where the older add-on has no such account, or it cannot be read. */
export function signInOf(input: FoundInput, read: OlderRead): SignIn | undefined {
  const { addOn } = kindOf(input.scheme)
  const { accounts: form } = addOn
  const account = form.account === undefined ? input.name : (input.settings[form.account] ?? '')
  const stanza = read.accounts.get(addOn.app)?.find(({ name }) => name === account)
  if (form.conf !== undefined && !stanza) return undefined
  const found = (names: readonly string[]): string =>
    names.map((name) => input.settings[name] || stanza?.settings[name]).find((value) => value) ?? ''
  const told = found(form.cloud.settings).toLowerCase()
  const cloud = form.cloud.values[told]
  const client = found(form.client)
  return {
    addOn,
    account,
    tenant: found(form.tenant),
    client: mask.test(client) ? undefined : client,
    clientSource: mask.test(client) ? sourceOf(addOn, input, account, read, 'client') : undefined,
    cloud: cloud ?? 'public',
    ...(cloud === undefined && told !== '' && { unknownCloud: told }),
    certificate: form.certificate !== undefined && stanza?.settings[form.certificate[0]] === form.certificate[1],
    secret: sourceOf(addOn, input, account, read, 'secret'),
  }
}

/** Stands between the name and the counter of a part (solnlib, credentials.py). */
const separator = '``splunk_cred_sep``'

function sourceOf(
  { app, accounts: { secret } }: OlderAddOn,
  { scheme }: FoundInput,
  account: string,
  { secrets }: OlderRead,
  what: 'client' | 'secret',
): SecretSource | undefined {
  const solnlib = secret.in === 'solnlib'
  const source = solnlib
    ? { realm: secret.realm, name: `${account}${separator}`, member: secret.member }
    : { realm: '', name: secret[what][scheme] ?? '' }
  const is = (name: string): boolean => (solnlib ? name.startsWith(source.name) : name === source.name)
  const there = secrets.some((one) => one.app === app && one.realm === source.realm && is(one.name))
  return there ? { request: passwordsRequest(app), ...source } : undefined
}
