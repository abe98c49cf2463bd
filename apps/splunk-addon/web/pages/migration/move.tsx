import type { AccountProposal, InputMove, InputProposal } from '@siembridge/splunk/migration'
import Button from '@splunk/react-ui/Button'
import Checkbox from '@splunk/react-ui/Checkbox'
import { variables } from '@splunk/themes'
import { type ReactElement, useState } from 'react'
import styled from 'styled-components'
import { TextField } from '../../common/field.tsx'
import { Code, Muted } from '../../common/layout.tsx'
import { timeExample, utcTime } from '../../common/time.ts'
import { WordList, Words } from '../../common/words.tsx'
import { schemeBy } from '../../facts.ts'
import { serverNow } from '../../splunk/clock.ts'

const Card = styled.section`
  border-left: 3px solid ${variables.borderColorWeak};
  padding: 0 0 0 16px;

  dl {
    display: grid;
    gap: 6px 16px;
    grid-template-columns: 140px minmax(0, 1fr);
    margin: 8px 0 0;
  }
  dt {
    color: ${variables.contentColorDefault};
  }
  dd {
    margin: 0;
    max-width: 110ch;
  }
`

interface MoveProps {
  readonly move: InputMove
  readonly account: AccountProposal | undefined
  readonly onChoose: (id: string, is: boolean) => void
  /** ISO 8601; undefined for what is proposed. */
  readonly onStart: (id: string, start: string | undefined) => void
}

/** One older input: what it becomes, from where that goes on, and what is not the same. */
export function Move({ move, account, onChoose, onStart }: MoveProps): ReactElement {
  const { id, older, becomes, chosen, why, kept, stop, differences } = move
  const ends = stop ? 'It is disabled when ours take its place.' : `It goes on${kept === undefined ? '.' : `: ${kept}`}`
  return (
    <Card aria-label={older.name}>
      <Checkbox checked={chosen} disabled={move.account === undefined} onChange={() => onChoose(id, !chosen)}>
        <b>{older.name}</b>{' '}
        <Muted>
          ({older.title}, {older.scheme}
          {older.disabled ? ', disabled' : ''})
        </Muted>
      </Checkbox>
      <dl>
        {why !== undefined && (
          <>
            <dt>Not proposed</dt>
            <dd>
              <Words text={why} />
            </dd>
          </>
        )}
        <dt>Becomes</dt>
        <dd>
          {becomes.map((input) => (
            <Becomes key={input.name} input={input} />
          ))}
        </dd>
        <dt>Account</dt>
        <dd>
          {account === undefined
            ? 'None can be made.'
            : `${account.name}${account.exists ? '' : ', which is made with the older one’s secret'}`}
        </dd>
        <dt>Goes on from</dt>
        <dd>
          <Once texts={becomes.map(({ position }) => position.says)} />
          {chosen && <StartChoice name={older.name} onStart={(start) => onStart(id, start)} />}
        </dd>
        <dt>The older input</dt>
        <dd>
          <Words text={ends} />
        </dd>
        <dt>Stays different</dt>
        <dd>{differences.length === 0 ? 'Nothing that we know of.' : <WordList texts={differences} />}</dd>
      </dl>
    </Card>
  )
}

/** A time that takes the place of what is proposed. */
function StartChoice({
  name,
  onStart,
}: {
  readonly name: string
  readonly onStart: (start: string | undefined) => void
}): ReactElement {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  if (!open)
    return (
      <Button
        appearance="secondary"
        label="Begin at another time"
        aria-label={`Begin at another time: ${name}`}
        onClick={() => setOpen(true)}
      />
    )
  const atMs = utcTime(text)
  const problem = Number.isNaN(atMs) ? timeExample : atMs > serverNow() ? 'It is in the future.' : undefined
  return (
    <TextField
      label={`Begin at, in UTC: ${name}`}
      value={text}
      autoFocus
      error={text === '' ? undefined : problem}
      help="Empty: as proposed."
      onChange={(next) => {
        setText(next)
        const nextMs = utcTime(next)
        onStart(Number.isNaN(nextMs) || nextMs > serverNow() ? undefined : new Date(nextMs).toISOString())
      }}
    />
  )
}

const Once = ({ texts }: { readonly texts: readonly string[] }): ReactElement => (
  <>
    {[...new Set(texts)].map((text) => (
      <div key={text}>
        <Words text={text} />
      </div>
    ))}
  </>
)

const Becomes = ({ input }: { readonly input: InputProposal }): ReactElement => (
  <div>
    <b>{input.name}</b> <Muted>({schemeBy(input.scheme)?.title ?? input.scheme})</Muted>:{' '}
    {input.sourcetypes.map(({ older, ours }, at) => (
      <span key={older}>
        {at > 0 && ', '}
        <Code>{older}</Code>{' '}
        {ours.length === 1 && ours[0] === older ? (
          'as before'
        ) : (
          <>
            becomes <Code>{ours.join(', ')}</Code>
          </>
        )}
      </span>
    ))}
  </div>
)
