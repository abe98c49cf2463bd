import Button from '@splunk/react-ui/Button'
import Dropdown from '@splunk/react-ui/Dropdown'
import Menu from '@splunk/react-ui/Menu'
import Message from '@splunk/react-ui/Message'
import { type ReactElement, useState } from 'react'
import { Frame } from '../../app/frame.tsx'
import { Failure } from '../../common/failure.tsx'
import { keepFocus } from '../../common/focus.ts'
import { viewOf } from '../../common/input-state.ts'
import { Rows, Said } from '../../common/layout.tsx'
import { useLoaded } from '../../common/loadable.ts'
import { ProgramMissing } from '../../common/program-missing.tsx'
import { Empty, Loading } from '../../common/states.tsx'
import { facts } from '../../facts.ts'
import { listAccounts } from '../../splunk/accounts.ts'
import { listInputs, newInput, switchInput } from '../../splunk/inputs.ts'
import { pageURL } from '../../splunk/searches.ts'
import { readStatuses } from '../../splunk/status.ts'
import { type InputAction, InputDialogs } from './dialogs.tsx'
import { InputTable } from './table.tsx'
import { serverNow } from '../../splunk/clock.ts'

const everyMs = 5000

export function InputsPage(): ReactElement {
  const inputs = useLoaded(listInputs, everyMs)
  const statuses = useLoaded(readStatuses, everyMs)
  const accounts = useLoaded(listAccounts)
  const [action, setAction] = useState<InputAction | undefined>()
  const [said, setSaid] = useState<string | undefined>()
  const [trouble, setTrouble] = useState<{ readonly what: string; readonly error: Error } | undefined>()

  const reload = async (): Promise<void> => {
    await Promise.all([inputs.reload(), statuses.reload()])
  }
  const run = async (what: string, does: () => Promise<unknown>, done: string): Promise<void> => {
    setTrouble(undefined)
    setSaid(undefined)
    try {
      await does()
      setSaid(done)
    } catch (error) {
      setTrouble({ what, error: error as Error })
    }
    await reload()
  }
  const views = inputs.value?.inputs.map((input) =>
    viewOf(input, statuses.error ? undefined : (statuses.value ?? new Map()), serverNow()),
  )
  const none = accounts.value?.length === 0

  return (
    <Frame
      page="inputs"
      about="What is collected from Microsoft, and how it goes."
      actions={
        <Create
          disabled={none || inputs.value === undefined}
          onCreate={(scheme) => setAction({ is: 'create', input: newInput(scheme) })}
        />
      }
    >
      <Said role="status" aria-live="polite">
        {said !== undefined && (
          <Message appearance="fill" type="success" onRequestRemove={() => setSaid(undefined)}>
            {said}
          </Message>
        )}
      </Said>
      <Rows>
        {trouble && <Failure error={trouble.error} what={trouble.what} />}
        {inputs.error && <Failure error={inputs.error} what="list inputs" onRetry={() => void reload()} />}
        {!inputs.error && statuses.error && (
          <Failure error={statuses.error} what="read how the inputs are" onRetry={() => void statuses.reload()} />
        )}
        {inputs.value && <ProgramMissing schemes={inputs.value.unknown} />}
        {views === undefined ? (
          !inputs.error && <Loading what="Reading the inputs" />
        ) : views.length > 0 ? (
          <InputTable
            views={views}
            onAction={setAction}
            onSwitch={(input, on) =>
              void run(
                `${on ? 'enable' : 'disable'} ${input.name}`,
                () => switchInput(input, on),
                `${input.name} is ${on ? 'enabled' : 'disabled'}.`,
              )
            }
          />
        ) : (
          <NoInputs noAccount={none} onCreate={(scheme) => setAction({ is: 'create', input: newInput(scheme) })} />
        )}
      </Rows>
      {action && (
        <InputDialogs
          action={action}
          accounts={accounts.value ?? []}
          existing={inputs.value?.inputs ?? []}
          onClose={() => setAction(undefined)}
          onDone={(text) => {
            setAction(undefined)
            setSaid(text)
            void reload().then(() => setTimeout(keepFocus))
          }}
        />
      )}
    </Frame>
  )
}

interface CreateProps {
  readonly disabled: boolean
  readonly onCreate: (scheme: string) => void
}

function Create({ disabled, onCreate }: CreateProps): ReactElement {
  return (
    <Dropdown
      toggle={<Button appearance="primary" isMenu label="Create input" disabled={disabled ? 'dimmed' : false} />}
    >
      <Menu>
        {facts.schemes.map(({ name, title, description }) => (
          <Menu.Item key={name} description={description} descriptionPosition="bottom" onClick={() => onCreate(name)}>
            {title}
          </Menu.Item>
        ))}
      </Menu>
    </Dropdown>
  )
}

interface NoInputsProps {
  readonly noAccount: boolean
  readonly onCreate: (scheme: string) => void
}

function NoInputs({ noAccount, onCreate }: NoInputsProps): ReactElement {
  if (noAccount)
    return (
      <Empty title="First, an account">
        <p>
          An account says which Microsoft tenant is collected from, and how the add-on signs in to it. Inputs name an
          account.
        </p>
        <Button appearance="primary" label="Add an account" to={pageURL('configuration', { add: 'account' })} />
      </Empty>
    )
  return (
    <Empty title="No input yet">
      <p>
        An input collects one kind of data from one account. Choose what you want first; more can be added at any time.
      </p>
      {facts.schemes.map(({ name, title }) => (
        <Button key={name} appearance="secondary" label={title} onClick={() => onCreate(name)} />
      ))}
    </Empty>
  )
}
