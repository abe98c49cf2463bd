import Button from '@splunk/react-ui/Button'
import Message from '@splunk/react-ui/Message'
import type { ReactElement } from 'react'
import { inputTitle, streamBy } from '../facts.ts'
import type { Problem } from '../common/input-state.ts'
import { Line, Rows } from '../common/layout.tsx'
import { ago } from '../common/time.ts'
import type { Account } from '../splunk/accounts.ts'
import { Grant } from './grant.tsx'

interface ProblemProps {
  readonly problem: Problem
  readonly account: Account | undefined
  readonly nowMs: number
  readonly busy: boolean
  readonly onLookAgain: () => void
}

/** Something that a person has to mend: what, since when, and how. */
export function ProblemCard({ problem, account, nowMs, busy, onLookAgain }: ProblemProps): ReactElement {
  const { view, streams, code, message, help, sinceMs } = problem
  const known = streams.flatMap((stream) => streamBy(view.input.scheme, stream) ?? [])
  const permissions = [...new Set(known.map(({ permission }) => permission))]
  const title = inputTitle(view.input.scheme, view.input.name)
  const lacks = code === 'PermissionMissing' || code === 'ConsentMissing'
  return (
    <Message appearance="fill" type="error">
      <Message.Title>
        {lacks && permissions.length > 0
          ? `${title}: permission ${permissions.join(', ')} is missing`
          : `${title}: ${message}`}
      </Message.Title>
      <Rows gap={8}>
        <span>
          {known.length > 0 && <>Not collected: {known.map(({ title }) => title).join('; ')}. </>}
          {sinceMs !== undefined && <>It began {ago(sinceMs, nowMs)}. </>}
          What Microsoft has meanwhile is kept there and collected afterwards.
        </span>
        {lacks ? (
          <Grant account={account} streams={known} then="Press Look again." />
        ) : (
          help !== undefined && <span>{help}</span>
        )}
        {lacks && <small>{message}</small>}
        <Line>
          <Button
            appearance="secondary"
            label="Look again"
            disabled={busy ? 'dimmed' : false}
            onClick={onLookAgain}
            aria-label={`Look again whether ${view.input.name} works`}
          />
        </Line>
      </Rows>
    </Message>
  )
}
