import { type FoundInput, kindOf } from './found.ts'
import { Names } from './names.ts'
import type { AccountProposal, Unreadable } from './proposal.ts'
import type { OlderRead } from './read.ts'
import { type SignIn, signInOf } from './sign-in.ts'

/** Accounts of ours for older inputs: those that are there are used again, others are proposed once for each tenant and application. */
export class Accounts {
  readonly proposed: AccountProposal[] = []
  readonly unreadable: Unreadable[] = []
  private readonly read: OlderRead
  private readonly names: Names

  constructor(read: OlderRead) {
    this.read = read
    this.names = new Names(read.ours.accounts.map(({ name }) => name))
  }

  /** Name of the account for an input; undefined where it lacks something, which is told once. */
  nameFor(input: FoundInput): string | undefined {
    const signIn = signInOf(input, this.read)
    if (!signIn) return this.noAccount(input)
    const known = this.proposed.find((one) => isSame(one, signIn))
    if (known) return known.name
    const existing = this.read.ours.accounts.find((one) => isSame(one, signIn))
    const proposal = existing ? { name: existing.name, exists: true, settings: existing.settings } : this.fresh(signIn)
    if (proposal) this.proposed.push(proposal)
    return proposal?.name
  }

  private fresh(signIn: SignIn): AccountProposal | undefined {
    const { account, tenant, client, clientSource, cloud, secret } = signIn
    const lack = lackOf(signIn)
    if (lack !== undefined) return this.tell(`the account ${account} (${signIn.addOn.title})`, lack, makeOne(signIn))
    if (signIn.unknownCloud !== undefined)
      this.tell(
        `the cloud of ${account} (${signIn.addOn.title})`,
        `no cloud of the add-on is known under ${signIn.unknownCloud}`,
        'Set `cloud` of the new account before its inputs are enabled; it is made for the public cloud.',
      )
    const managed = client === ''
    const named = managed || client === undefined ? {} : { client_id: client }
    return {
      name: this.names.free(account),
      exists: false,
      settings: { tenant_id: tenant, ...named, cloud, credential: managed ? 'managed_identity' : 'client_secret' },
      ...(clientSource && { client: clientSource }),
      ...(!managed && secret && { secret }),
    }
  }

  private noAccount(input: FoundInput): undefined {
    const { addOn } = kindOf(input.scheme)
    const { account = '', conf = '' } = addOn.accounts
    return this.tell(
      `the account ${input.settings[account] ?? ''} (${addOn.title})`,
      `${conf}.conf has no such stanza that can be read`,
      'Look whether your role may read that file, or whether the account was removed.',
    )
  }

  private tell(what: string, why: string, help: string): undefined {
    if (!this.unreadable.some((one) => one.what === what && one.why === why)) this.unreadable.push({ what, why, help })
    return undefined
  }
}

/** Why no account can be made. */
function lackOf({ tenant, client, clientSource, certificate, secret }: SignIn): string | undefined {
  if (tenant === '') return 'it names no tenant'
  if (certificate) return 'the older add-on keeps a private key and a thumbprint, and not the certificate itself'
  if (client === undefined && !clientSource) return 'its client id stands in storage/passwords and cannot be read there'
  if (client !== '' && !secret) return 'its client secret is not in storage/passwords, or you may not read that'
  return undefined
}

const makeOne = ({ tenant, client = '', certificate }: SignIn): string =>
  `Make an account with tenant ${tenant || '…'}, client id ${client || '…'} and its ${certificate ? 'certificate and key in PEM' : 'secret'} under Configuration, and look again: it is used then.`

/** The same tenant and application; where the application is not told, an account of the name that ours would have. */
const isSame = (
  { name, settings }: Pick<AccountProposal, 'name' | 'settings'>,
  { account, tenant, client }: SignIn,
): boolean =>
  settings['tenant_id']?.toLowerCase() === tenant.toLowerCase() &&
  (client === undefined ? name === account : (settings['client_id'] ?? '').toLowerCase() === client.toLowerCase())
