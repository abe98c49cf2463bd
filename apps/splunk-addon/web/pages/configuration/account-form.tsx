import Link from '@splunk/react-ui/Link'
import { type ReactElement, useState } from 'react'
import { Dialog } from '../../common/dialog.tsx'
import { Failure } from '../../common/failure.tsx'
import { AreaField, ChoiceField, TextField } from '../../common/field.tsx'
import { Rows } from '../../common/layout.tsx'
import { facts } from '../../facts.ts'
import { type Account, type AccountField, addAccount, saveAccount } from '../../splunk/accounts.ts'
import { type Input, restartPrograms } from '../../splunk/inputs.ts'
import { accountProblems } from './account-check.ts'
import { credentials } from './credentials.ts'

interface AccountFormProps {
  readonly is: 'add' | 'edit'
  readonly start: Account
  readonly existing: readonly Account[]
  /** Inputs that use it: they begin anew with what is changed. */
  readonly inputs: readonly Input[]
  readonly onClose: () => void
  readonly onSaved: (account: Account) => void
}

const hosts = [
  ['login', 'Origin of tokens', 'Such as https://login.microsoftonline.com'],
  ['graph', 'Origin of Microsoft Graph', 'Such as https://graph.microsoft.com'],
  ['manage', 'Origin of the Office 365 Management Activity API', 'Such as https://manage.office.com'],
] as const

const noHosts = { login: '', graph: '', manage: '', ca: '' } as const

export function AccountForm({ is, start, existing, inputs, onClose, onSaved }: AccountFormProps): ReactElement {
  const [account, setAccount] = useState(start)
  const [secret, setSecret] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error | undefined>()
  const set =
    (field: AccountField | 'name') =>
    (value: string): void =>
      setAccount((before) => ({ ...before, [field]: value.trim() }))
  const isNew = is === 'add'
  // Hosts that are seen no more would go on to be asked.
  const sent = account.cloud === start.cloud || account.cloud === 'custom' ? account : { ...account, ...noHosts }
  const problems = accountProblems({
    account: sent,
    secret,
    isNew: isNew || account.credential !== start.credential,
    taken: isNew ? existing.map(({ name }) => name) : [],
  })
  const problem = (field: string): string | undefined => (tried ? problems[field] : undefined)

  const save = async (): Promise<void> => {
    setTried(true)
    if (Object.keys(problems).length > 0) return
    setBusy(true)
    setError(undefined)
    try {
      await (isNew ? addAccount : saveAccount)(sent, account.credential === 'client_secret' ? secret.trim() : secret)
      await restartPrograms((input) => input.account === account.name)
      onSaved(sent)
    } catch (failure) {
      setBusy(false)
      setError(failure as Error)
    }
  }
  return (
    <Dialog
      title={isNew ? 'Add an account' : `Edit ${start.name}`}
      subtitle="A Microsoft tenant, and how the add-on signs in to it"
      does="Save and test"
      busy={busy ? 'Saving' : undefined}
      entered={secret !== '' || JSON.stringify(account) !== JSON.stringify(start)}
      onDo={() => void save()}
      onClose={onClose}
    >
      <Rows gap={4}>
        {error && <Failure error={error} what="save the account" />}
        {isNew && (
          <TextField
            label="Name"
            required
            value={account.name}
            error={problem('name')}
            help="How inputs name it, such as contoso."
            autoFocus
            onChange={set('name')}
          />
        )}
        <ChoiceField
          label="Cloud"
          value={account.cloud}
          choices={facts.clouds.map(({ name, title }) => [name, title] as const)}
          onChange={set('cloud')}
        />
        <TextField
          label="Tenant ID"
          required
          value={account.tenant_id}
          error={problem('tenant_id')}
          help="Directory (tenant) ID, on the overview page of Microsoft Entra."
          onChange={set('tenant_id')}
        />
        <ChoiceField
          label="Signs in by"
          value={account.credential}
          choices={credentials}
          onChange={set('credential')}
        />
        <TextField
          label={account.credential === 'managed_identity' ? 'Client ID of the identity' : 'Client ID'}
          required={account.credential !== 'managed_identity'}
          value={account.client_id}
          error={problem('client_id')}
          help={
            account.credential === 'managed_identity'
              ? 'Only where the machine has several identities.'
              : 'Application (client) ID, on the overview page of the app registration.'
          }
          onChange={set('client_id')}
        />
        <Secret account={account} isNew={isNew} secret={secret} problem={problem('secret')} onChange={setSecret} />
        {account.credential === 'client_secret' && (
          <TextField
            label="The secret ends on"
            value={account.client_secret_expires}
            error={problem('client_secret_expires')}
            help="A day such as 2027-01-31. Entra tells it to you alone; with it, Health warns 30 days before."
            onChange={set('client_secret_expires')}
          />
        )}
        {account.cloud === 'custom' && (
          <>
            {hosts.map(([field, label, help]) => (
              <TextField
                key={field}
                label={label}
                required={field === 'login'}
                value={account[field]}
                error={problem(field)}
                help={help}
                onChange={set(field)}
              />
            ))}
            <TextField
              label="Certificates that are trusted besides"
              value={account.ca}
              help="A file in PEM on this machine; empty unless the hosts have an authority of their own."
              onChange={set('ca')}
            />
          </>
        )}
        {!isNew && inputs.length > 0 && (
          <small>
            {inputs.length} inputs use this account; they begin anew with what you change, and lose nothing.
          </small>
        )}
        <small>
          The secret is kept encrypted in Splunk’s own store of passwords.{' '}
          <Link to="https://learn.microsoft.com/entra/identity-platform/quickstart-register-app" openInNewContext>
            How an application is registered
          </Link>
        </small>
      </Rows>
    </Dialog>
  )
}

interface SecretProps {
  readonly account: Account
  readonly isNew: boolean
  readonly secret: string
  readonly problem: string | undefined
  readonly onChange: (value: string) => void
}

function Secret({ account, isNew, secret, problem, onChange }: SecretProps): ReactElement | null {
  const kept = isNew ? '' : ' Leave it empty to keep the one that is there.'
  if (account.credential === 'managed_identity') return null
  if (account.credential === 'certificate')
    return (
      <AreaField
        label="Certificate and private key"
        required={isNew}
        value={secret}
        error={problem}
        help={`Both in PEM, one after the other, the key without a passphrase.${kept}`}
        onChange={onChange}
      />
    )
  return (
    <TextField
      label="Client secret"
      required={isNew}
      secret
      value={secret}
      error={problem}
      help={`The value, not the id, of a secret under Certificates & secrets.${kept}`}
      onChange={onChange}
    />
  )
}
