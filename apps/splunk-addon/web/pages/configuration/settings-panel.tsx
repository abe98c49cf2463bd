import Button from '@splunk/react-ui/Button'
import Message from '@splunk/react-ui/Message'
import { type FormEvent, type ReactElement, type ReactNode, useState } from 'react'
import { Failure } from '../../common/failure.tsx'
import { Line, Panel, Rows } from '../../common/layout.tsx'
import { plural } from '../../common/time.ts'
import { restartPrograms } from '../../splunk/inputs.ts'

interface SettingsPanelProps {
  readonly title: string
  readonly children: ReactNode
  /** Keeps the settings; answers false where the form is not right yet. */
  readonly save: () => Promise<boolean>
}

/** Settings that every input takes up: what is saved has the inputs begin anew. */
export function SettingsPanel({ title, children, save }: SettingsPanelProps): ReactElement {
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string | undefined>()
  const [error, setError] = useState<Error | undefined>()
  const submit = async (): Promise<void> => {
    setSaid(undefined)
    setError(undefined)
    setBusy(true)
    try {
      if (!(await save())) return
      const begun = await restartPrograms()
      setSaid(begun === 0 ? 'Saved.' : `Saved. ${plural(begun, 'input')} began anew with it.`)
    } catch (failure) {
      setError(failure as Error)
    } finally {
      setBusy(false)
    }
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (!busy) void submit()
  }
  return (
    <Panel aria-label={title} style={{ maxWidth: 720 }}>
      <form onSubmit={onSubmit} noValidate>
        <Rows>
          <div role="status">
            {said !== undefined && (
              <Message appearance="fill" type="success">
                {said}
              </Message>
            )}
          </div>
          {error && <Failure error={error} what="save it" />}
          {children}
          <Line>
            <Button
              appearance="primary"
              type="submit"
              label={busy ? 'Saving…' : 'Save'}
              disabled={busy ? 'dimmed' : false}
            />
          </Line>
        </Rows>
      </form>
    </Panel>
  )
}
