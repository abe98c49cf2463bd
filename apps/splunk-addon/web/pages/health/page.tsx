import { type ReactElement, useState } from 'react'
import { Frame } from '../../app/frame.tsx'
import { Failure } from '../../common/failure.tsx'
import { type InputView, problemsOf, viewOf } from '../../common/input-state.ts'
import { Rows } from '../../common/layout.tsx'
import { useLoaded } from '../../common/loadable.ts'
import { ProgramMissing } from '../../common/program-missing.tsx'
import { Empty, Loading } from '../../common/states.tsx'
import { ProblemCard } from '../../grant/problem-card.tsx'
import { listAccounts } from '../../splunk/accounts.ts'
import { listInputs, restartInput } from '../../splunk/inputs.ts'
import { pageURL } from '../../splunk/searches.ts'
import { readStatuses } from '../../splunk/status.ts'
import Button from '@splunk/react-ui/Button'
import { InputHealth } from './input-health.tsx'
import { Summary } from './summary.tsx'
import { serverNow } from '../../splunk/clock.ts'

const everyMs = 5000
/** Problems that are shown at once. */
const most = 10

export function HealthPage(): ReactElement {
  const inputs = useLoaded(listInputs, everyMs)
  const statuses = useLoaded(readStatuses, everyMs)
  const accounts = useLoaded(listAccounts)
  const asked = new URLSearchParams(window.location.search).get('input') ?? ''
  const [stanza, setStanza] = useState(asked)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Error | undefined>()
  const now = serverNow()
  const views = inputs.value?.inputs.map((input) =>
    viewOf(input, statuses.error ? undefined : (statuses.value ?? new Map()), now),
  )
  const chosen = views?.find((view) => view.input.stanza === stanza) ?? worst(views)
  const problems =
    views
      ?.flatMap((view) => problemsOf(view))
      .toSorted((a, b) => Number(b.view === chosen) - Number(a.view === chosen)) ?? []

  const lookAgain = async (view: InputView): Promise<void> => {
    setBusy(true)
    setTrouble(undefined)
    try {
      await restartInput(view.input)
    } catch (error) {
      setTrouble(error as Error)
    }
    setBusy(false)
    await Promise.all([inputs.reload(), statuses.reload()])
  }
  const choose = (next: string): void => {
    setStanza(next)
    window.history.replaceState(undefined, '', pageURL('health', { input: next }))
  }
  return (
    <Frame page="health" about="How the inputs are, what they lack, and where they go on.">
      <Rows>
        {inputs.error && <Failure error={inputs.error} what="list inputs" onRetry={() => void inputs.reload()} />}
        {!inputs.error && statuses.error && (
          <Failure error={statuses.error} what="read how the inputs are" onRetry={() => void statuses.reload()} />
        )}
        {trouble && <Failure error={trouble} what="start the input anew" />}
        {inputs.value && <ProgramMissing schemes={inputs.value.unknown} />}
        {views === undefined ? (
          !inputs.error && <Loading what="Reading how the inputs are" />
        ) : views.length === 0 ? (
          <Empty title="No input yet">
            <p>When there are inputs, this page shows what they collect, how far they are, and what they lack.</p>
            <Button appearance="primary" label="To the inputs" to={pageURL('inputs')} />
          </Empty>
        ) : (
          <>
            <Summary views={views} />
            <div role="status" aria-live="polite" aria-label="Problems">
              <Rows gap={8}>
                {problems.slice(0, most).map((problem) => (
                  <ProblemCard
                    key={`${problem.view.input.stanza} ${problem.code} ${problem.streams.join()}`}
                    problem={problem}
                    account={accounts.value?.find(({ name }) => name === problem.view.input.account)}
                    nowMs={now}
                    busy={busy}
                    onLookAgain={() => void lookAgain(problem.view)}
                  />
                ))}
                {problems.length > most && (
                  <span>And {problems.length - most} more: the page Inputs lists them under Status.</span>
                )}
              </Rows>
            </div>
            {chosen && (
              <InputHealth
                views={views}
                view={chosen}
                nowMs={now}
                onChoose={choose}
                onChanged={() => void statuses.reload()}
              />
            )}
          </>
        )}
      </Rows>
    </Frame>
  )
}

/** The input that wants a person most. */
const worst = (views: readonly InputView[] | undefined): InputView | undefined =>
  views?.toSorted((a, b) => problemsOf(b).length - problemsOf(a).length)[0]
