import { type ReactElement, useState } from 'react'
import { Dialog } from '../../common/dialog.tsx'
import { Failure } from '../../common/failure.tsx'
import { ChoiceField, TextField } from '../../common/field.tsx'
import { Rows } from '../../common/layout.tsx'
import { dateTime, timeExample, utcTime } from '../../common/time.ts'
import { streamBy } from '../../facts.ts'
import { type Input, restartInput } from '../../splunk/inputs.ts'
import { type InputStatus, requestPositions } from '../../splunk/status.ts'
import { serverNow } from '../../splunk/clock.ts'

interface RewindProps {
  readonly input: Input
  readonly status: InputStatus
  readonly onClose: () => void
  readonly onDone: (text: string) => void
}

const dayBefore = (): string => new Date(serverNow() - 86_400_000).toISOString().slice(0, 16)

/** Sets streams back to a time: the input collects from there again. */
export function Rewind({ input, status, onClose, onDone }: RewindProps): ReactElement {
  const [stream, setStream] = useState('')
  const [to, setTo] = useState(dayBefore)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error | undefined>()
  const toMs = utcTime(to)
  const problem = Number.isNaN(toMs) ? timeExample : toMs > serverNow() ? 'It is in the future.' : undefined
  const names = stream === '' ? status.streams.map((one) => one.stream) : [stream]
  const rewind = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await requestPositions(input.stanza, Object.fromEntries(names.map((name) => [name, toMs])))
      if (!input.disabled) await restartInput(input)
      onDone(`${input.name} goes on from ${dateTime(toMs)}${input.disabled ? ' when it is enabled' : ''}.`)
    } catch (failure) {
      setBusy(false)
      setError(failure as Error)
    }
  }
  return (
    <Dialog
      title={`Rewind ${input.name}`}
      width={520}
      does="Rewind"
      disabled={problem !== undefined}
      busy={busy ? 'Starting the input anew' : undefined}
      onDo={() => void rewind()}
      onClose={onClose}
    >
      <Rows gap={4}>
        {error && <Failure error={error} what="rewind" />}
        <ChoiceField
          label="Stream"
          value={stream}
          choices={[
            ['', 'All of them'],
            ...status.streams.map(
              (one) => [one.stream, streamBy(input.scheme, one.stream)?.title ?? one.stream] as const,
            ),
          ]}
          onChange={setStream}
        />
        <TextField
          label="Go on from (UTC)"
          required
          value={to}
          error={problem}
          help="Microsoft keeps Entra logs for 30 days at most, and the Office 365 audit log for 7 days for this purpose."
          onChange={setTo}
        />
        <span>
          Events that the input remembers as delivered do not come again: what was missed does. It remembers them for
          days, by their ids.
        </span>
      </Rows>
    </Dialog>
  )
}
