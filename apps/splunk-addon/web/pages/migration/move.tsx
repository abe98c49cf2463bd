import type { AccountProposal, InputMove, InputProposal } from '@siembridge/splunk/migration'
import Checkbox from '@splunk/react-ui/Checkbox'
import { variables } from '@splunk/themes'
import type { ReactElement } from 'react'
import styled from 'styled-components'
import { Code, Muted } from '../../common/layout.tsx'
import { WordList, Words } from '../../common/words.tsx'
import { schemeBy } from '../../facts.ts'

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
}

/** One older input: what it becomes, from where that goes on, and what is not the same. */
export function Move({ move, account, onChoose }: MoveProps): ReactElement {
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
