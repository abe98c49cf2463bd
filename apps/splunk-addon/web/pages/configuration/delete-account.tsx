import { type ReactElement, useState } from 'react'
import { Dialog } from '../../common/dialog.tsx'
import { Failure } from '../../common/failure.tsx'
import { Rows } from '../../common/layout.tsx'
import { type Account, removeAccount } from '../../splunk/accounts.ts'
import { inputTitle } from '../../facts.ts'
import { type Input, listInputs } from '../../splunk/inputs.ts'

interface DeleteAccountProps {
  readonly account: Account
  readonly inputs: readonly Input[]
  readonly onClose: () => void
  readonly onDone: () => void
}

/** An account that inputs use is not deleted: they would fail. */
export function DeleteAccount({ account, inputs: known, onClose, onDone }: DeleteAccountProps): ReactElement {
  const [inputs, setInputs] = useState(known)
  const [error, setError] = useState<Error | undefined>()
  const [busy, setBusy] = useState(false)
  if (inputs.length > 0)
    return (
      <Dialog title={`${account.name} is in use`} width={480} text onClose={onClose}>
        <p>These inputs use it. Delete them first, or give them another account:</p>
        <ul>
          {inputs.slice(0, 20).map(({ stanza, scheme, name }) => (
            <li key={stanza}>{inputTitle(scheme, name)}</li>
          ))}
          {inputs.length > 20 && <li>and {inputs.length - 20} more</li>}
        </ul>
      </Dialog>
    )
  const remove = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      // The page may have been open for long, or not have been able to list them.
      const using = (await listInputs()).inputs.filter((input) => input.account === account.name)
      setInputs(using)
      if (using.length > 0) return
      await removeAccount(account.name)
      onDone()
    } catch (failure) {
      setBusy(false)
      setError(failure as Error)
    }
  }
  return (
    <Dialog
      title={`Delete ${account.name}?`}
      width={480}
      does="Delete"
      destructive
      busy={busy ? 'Deleting' : undefined}
      onDo={() => void remove()}
      onClose={onClose}
    >
      <Rows>
        <span>
          The account and its secret are removed from Splunk. The app registration in Microsoft Entra stays as it is.
        </span>
        {error && <Failure error={error} what={`delete ${account.name}`} />}
      </Rows>
    </Dialog>
  )
}
