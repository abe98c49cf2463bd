import { type ReactElement, useState } from 'react'
import { Dialog } from '../../common/dialog.tsx'
import { Failure } from '../../common/failure.tsx'
import { Rows } from '../../common/layout.tsx'
import type { Account } from '../../splunk/accounts.ts'
import { schemeBy } from '../../facts.ts'
import { type Input, removeInput } from '../../splunk/inputs.ts'
import { forgetStatus } from '../../splunk/status.ts'
import { InputForm } from './form.tsx'

/** What a person does with an input in a dialog. */
export interface InputAction {
  readonly is: 'create' | 'edit' | 'delete'
  readonly input: Input
}

interface InputDialogsProps {
  readonly action: InputAction
  readonly accounts: readonly Account[]
  readonly existing: readonly Input[]
  readonly onClose: () => void
  readonly onDone: (text: string) => void
}

export function InputDialogs({ action, ...props }: InputDialogsProps): ReactElement {
  return action.is === 'delete' ? (
    <DeleteInput input={action.input} {...props} />
  ) : (
    <InputForm is={action.is} start={action.input} {...props} />
  )
}

function DeleteInput({
  input,
  onClose,
  onDone,
}: Pick<InputDialogsProps, 'onClose' | 'onDone'> & { readonly input: Input }): ReactElement {
  const [error, setError] = useState<Error | undefined>()
  const [busy, setBusy] = useState(false)
  const remove = async (): Promise<void> => {
    setBusy(true)
    try {
      await removeInput(input)
      // What it said would only be in the way; the input is gone in any case.
      await forgetStatus(input.stanza).catch(() => undefined)
      onDone(`${input.name} is deleted.`)
    } catch (failure) {
      setBusy(false)
      setError(failure as Error)
    }
  }
  return (
    <Dialog
      title={`Delete ${input.name}?`}
      subtitle={schemeBy(input.scheme)?.title ?? input.scheme}
      width={480}
      does="Delete"
      destructive
      busy={busy ? 'Deleting' : undefined}
      onDo={() => void remove()}
      onClose={onClose}
    >
      <Rows>
        <span>
          Nothing more is collected by it. Events in Splunk stay. An input that is made later under the same name goes
          on where this one ended.
        </span>
        {error && <Failure error={error} what={`delete ${input.name}`} />}
      </Rows>
    </Dialog>
  )
}
