import type { AccountProposal, AddOnMigration } from '@siembridge/splunk/migration'
import Heading from '@splunk/react-ui/Heading'
import type { ReactElement } from 'react'
import { Muted, Panel, Rows } from '../../common/layout.tsx'
import { WordList } from '../../common/words.tsx'
import { Move } from './move.tsx'

interface AddOnProps {
  readonly addOn: AddOnMigration
  readonly accounts: readonly AccountProposal[]
  readonly onChoose: (id: string, is: boolean) => void
  readonly onStart: (id: string, start: string | undefined) => void
}

/** One older add-on: what of it is taken over, what stays, and what is different. */
export function AddOn({ addOn, accounts, onChoose, onStart }: AddOnProps): ReactElement {
  return (
    <Panel>
      <Heading level={2}>
        {addOn.title} <Muted>(Splunkbase {addOn.splunkbase})</Muted>
      </Heading>
      <Rows>
        {addOn.moves.map((move) => (
          <Move
            key={move.id}
            move={move}
            account={accounts.find(({ name }) => name === move.account)}
            onChoose={onChoose}
            onStart={onStart}
          />
        ))}
        {addOn.stays.length > 0 && (
          <div>
            <b>Stays with the older add-on</b>
            <WordList texts={addOn.stays.map(({ older, why }) => `${older.name} (${older.title}): ${why}`)} />
          </div>
        )}
        {addOn.differences.length > 0 && (
          <div>
            <b>Different for all of its inputs</b>
            <WordList texts={addOn.differences} />
          </div>
        )}
      </Rows>
    </Panel>
  )
}
