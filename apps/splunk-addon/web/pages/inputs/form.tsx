import CollapsiblePanel from '@splunk/react-ui/CollapsiblePanel'
import Link from '@splunk/react-ui/Link'
import { type ReactElement, useState } from 'react'
import { Dialog } from '../../common/dialog.tsx'
import { ChoiceField, TextField } from '../../common/field.tsx'
import { Rows } from '../../common/layout.tsx'
import { useLoaded } from '../../common/loadable.ts'
import { schemeBy } from '../../facts.ts'
import type { Account } from '../../splunk/accounts.ts'
import { listIndexes } from '../../splunk/indexes.ts'
import { changeInput, createInput, type Input, type InputField, inputFields } from '../../splunk/inputs.ts'
import { pageURL } from '../../splunk/searches.ts'
import { problemsIn } from './check.ts'
import { Refusal } from './refusal.tsx'
import { StreamChoice } from './streams.tsx'

interface InputFormProps {
  readonly is: 'create' | 'edit'
  readonly start: Input
  readonly accounts: readonly Account[]
  readonly existing: readonly Input[]
  readonly onClose: () => void
  readonly onDone: (text: string) => void
}

const starts = [
  ['', 'From now on'],
  ['1d', 'The last day'],
  ['7d', 'The last 7 days'],
  ['30d', 'The last 30 days'],
] as const

export function InputForm({ is, start, accounts, existing, onClose, onDone }: InputFormProps): ReactElement {
  const scheme = schemeBy(start.scheme)
  const only = accounts.length === 1 ? (accounts[0]?.name ?? '') : ''
  const [begun] = useState<Input>({ ...start, account: start.account || only })
  const [input, setInput] = useState(begun)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error | undefined>()
  const indexes = useLoaded(listIndexes)
  const set =
    (field: InputField | 'name') =>
    (value: string): void =>
      setInput((before) => ({ ...before, [field]: value }))

  const taken = is === 'create' ? existing.filter((one) => one.scheme === input.scheme).map(({ name }) => name) : []
  const problems = problemsIn(input, taken)
  const problem = (field: keyof typeof problems): string | undefined => (tried ? problems[field] : undefined)
  const save = async (): Promise<void> => {
    setTried(true)
    if (Object.keys(problems).length > 0) return
    setBusy(true)
    setError(undefined)
    try {
      await (is === 'create' ? createInput(input) : changeInput(input))
      onDone(is === 'create' ? `${input.name} is created and starts collecting.` : `${input.name} is changed.`)
    } catch (failure) {
      setBusy(false)
      setError(failure as Error)
    }
  }
  const unknownIndex = indexes.value !== undefined && !['', 'default', ...indexes.value].includes(input.index)

  return (
    <Dialog
      title={is === 'create' ? `Create input: ${scheme?.title ?? start.scheme}` : `Edit ${start.name}`}
      subtitle={scheme?.description ?? ''}
      does={is === 'create' ? 'Create' : 'Save'}
      busy={busy ? 'Asking Microsoft whether everything can be read' : undefined}
      entered={inputFields.some((field) => input[field] !== begun[field]) || input.name !== begun.name}
      onDo={() => void save()}
      onClose={onClose}
    >
      <Rows gap={4}>
        {error && (
          <Refusal
            error={error}
            input={input}
            account={accounts.find(({ name }) => name === input.account)}
            button={is === 'create' ? 'Create' : 'Save'}
            what={is === 'create' ? 'create the input' : 'save the input'}
            onWithout={set('streams')}
          />
        )}
        {is === 'create' && (
          <TextField
            label="Name"
            required
            value={input.name}
            error={problem('name')}
            help="How you find it again, such as contoso."
            autoFocus
            onChange={set('name')}
          />
        )}
        <ChoiceField
          label="Account"
          required
          value={input.account}
          error={problem('account')}
          placeholder="Choose an account"
          choices={accounts.map(({ name, tenant_id: tenant }) => [name, name, `Tenant ${tenant}`] as const)}
          help={<Link to={pageURL('configuration', { add: 'account' })}>Add an account</Link>}
          onChange={set('account')}
        />
        <StreamChoice
          scheme={start.scheme}
          value={input.streams}
          error={problem('streams')}
          onChange={set('streams')}
        />
        <TextField
          label="Index"
          value={input.index}
          error={problem('index')}
          help={
            unknownIndex
              ? `There is no index ${input.index} on this Splunk. It may be on the indexers.`
              : 'Where the events go; default is the one that Splunk uses.'
          }
          onChange={set('index')}
        />
        <ChoiceField
          label="Sourcetypes"
          value={input.sourcetypes}
          choices={[
            [
              'compatible',
              'Of older add-ons',
              'Microsoft’s JSON as it is; what searches and detections for those add-ons expect',
            ],
            [
              'own',
              'siembridge:…, with CIM fields',
              'One level, important fields first; fields of the Common Information Model come with this add-on',
            ],
          ]}
          onChange={set('sourcetypes')}
        />
        {is === 'create' && (
          <ChoiceField
            label="Begin with"
            value={starts.some(([value]) => value === input.start) ? input.start : 'other'}
            choices={[...starts, ['other', 'A day that you name']]}
            help="Microsoft keeps Entra logs for 30 days at most, and the Office 365 audit log for 7 days for this purpose."
            onChange={(value) =>
              set('start')(value === 'other' ? new Date(Date.now() - 86_400_000).toISOString().slice(0, 10) : value)
            }
          />
        )}
        {is === 'create' && !starts.some(([value]) => value === input.start) && (
          <TextField
            label="First day"
            value={input.start}
            error={problem('start')}
            help="Such as 2026-01-31, in UTC."
            onChange={set('start')}
          />
        )}
        <CollapsiblePanel title="Advanced" appearance="subtle" defaultOpen={input.look_every !== ''}>
          <TextField
            label="Time between two looks"
            value={input.look_every}
            error={problem('look_every')}
            help="Such as 1m. Empty: what is usual for each kind of data, from one minute to ten."
            onChange={set('look_every')}
          />
        </CollapsiblePanel>
      </Rows>
    </Dialog>
  )
}
