import { applySteps, type Step, type StepResult } from '@siembridge/splunk/migration'
import Button from '@splunk/react-ui/Button'
import Message from '@splunk/react-ui/Message'
import { type ReactElement, useEffect, useState } from 'react'
import { Badge } from '../../common/badge.tsx'
import { Dialog } from '../../common/dialog.tsx'
import { Rows } from '../../common/layout.tsx'
import { plural } from '../../common/time.ts'
import { askOlder } from '../../splunk/ask-older.ts'
import { pageURL } from '../../splunk/searches.ts'
import { serverNow } from '../../splunk/clock.ts'

interface PlanProps {
  readonly steps: readonly Step[]
  readonly onClose: () => void
}

/** Everything that would be done, in its order; then what came of it. */
export function Plan({ steps, onClose }: PlanProps): ReactElement {
  const [results, setResults] = useState<readonly StepResult[] | undefined>()
  const [over, setOver] = useState(false)
  const run = async (): Promise<void> => {
    setResults([])
    await applySteps(steps, {
      ask: askOlder,
      now: () => serverNow(),
      tell: (result) => setResults((before) => [...(before ?? []), result]),
    })
    setOver(true)
  }
  const failed = results?.filter(({ done }) => !done) ?? []
  const running = results !== undefined && !over
  useEffect(() => {
    if (!running) return undefined
    // Between two steps an older input may have stopped and ours not begun: the browser asks before it leaves.
    const stay = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', stay)
    return () => window.removeEventListener('beforeunload', stay)
  }, [running])
  return (
    <Dialog
      title={over ? 'What was done' : 'What would be done'}
      width={820}
      text
      {...(results === undefined && { does: 'Do it' })}
      busy={running ? `Step ${results.length + 1} of ${steps.length}` : undefined}
      more={over && <Button appearance="primary" label="To the inputs" to={pageURL('inputs')} />}
      onDo={() => void run()}
      onClose={running ? () => undefined : onClose}
    >
      <Rows>
        {!over && (
          <p style={{ margin: 0 }}>
            Each input is made first, disabled, and Microsoft is asked whether it would work. Only then is the older one
            disabled, and ours goes on from where it ended. Where a step fails, what was done for that input is taken
            back.
          </p>
        )}
        {over && <Outcome failed={failed.length} left={failed.flatMap((result) => result.left ?? [])} />}
        <ol style={{ margin: 0, paddingLeft: 24 }}>
          {steps.map((step, at) => (
            <li key={`${at} ${step.does}`} style={{ padding: '2px 0' }}>
              {step.does} <StepState result={results?.[at]} />
            </li>
          ))}
        </ol>
      </Rows>
    </Dialog>
  )
}

interface OutcomeProps {
  readonly failed: number
  /** What could not be taken back. */
  readonly left: readonly string[]
}

const Outcome = ({ failed, left }: OutcomeProps): ReactElement =>
  failed === 0 ? (
    <Message appearance="fill" type="success" role="status">
      <Message.Title>Everything is taken over.</Message.Title> The older inputs are disabled, not deleted: you can
      enable them again.
    </Message>
  ) : (
    <Message appearance="fill" type="error" role="alert">
      <Message.Title>{plural(failed, 'step')} could not be done.</Message.Title>{' '}
      {left.length === 0
        ? 'What was done for those inputs is taken back, and their older ones go on. Mend what is named below, and look again.'
        : 'Not all of what was done for those inputs could be taken back: look below what is left to do by hand, the older input first.'}
    </Message>
  )

function StepState({ result }: { readonly result: StepResult | undefined }): ReactElement | null {
  if (!result) return null
  return (
    <>
      <Badge look={result.done ? 'success' : 'error'}>{result.done ? 'Done' : 'Not done'}</Badge>
      {result.says !== undefined && <div>{result.says}</div>}
    </>
  )
}
