import { type Choice, olderAddOns, propose, readOlder, type Step, stepsFor } from '@siembridge/splunk/migration'
import Button from '@splunk/react-ui/Button'
import Message from '@splunk/react-ui/Message'
import { type ReactElement, useMemo, useState } from 'react'
import { Frame } from '../../app/frame.tsx'
import { Failure } from '../../common/failure.tsx'
import { Line, Panel, Rows } from '../../common/layout.tsx'
import { useLoaded } from '../../common/loadable.ts'
import { Empty, Loading } from '../../common/states.tsx'
import { plural } from '../../common/time.ts'
import { askOlder } from '../../splunk/ask-older.ts'
import { AddOn } from './add-on.tsx'
import { Plan } from './plan.tsx'
import { serverNow } from '../../splunk/clock.ts'

/** Inputs of older add-ons: what would become of them, and nothing more until the person says so. */
export function MigrationPage(): ReactElement {
  const read = useLoaded(() => readOlder(askOlder, serverNow()))
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({})
  const [plan, setPlan] = useState<readonly Step[] | undefined>()
  const migration = useMemo(() => read.value && propose(read.value, choices), [read.value, choices])
  const moves = migration?.addOns.flatMap((addOn) => addOn.moves) ?? []
  const chosen = moves.filter((move) => move.chosen)
  const choose = (id: string, is: boolean): void =>
    setChoices((before) => ({ ...before, [id]: { ...before[id], chosen: is } }))
  const begin = (id: string, start: string | undefined): void =>
    setChoices((before) => {
      const { chosen } = before[id] ?? {}
      return { ...before, [id]: { ...(chosen !== undefined && { chosen }), ...(start !== undefined && { start }) } }
    })

  return (
    <Frame
      page="migration"
      about="Inputs of older add-ons for Microsoft’s data, taken over with their sourcetypes and from where they are."
    >
      <Rows>
        {read.error && <Failure error={read.error} what="read the older add-ons" onRetry={() => void read.reload()} />}
        {migration === undefined ? (
          !read.error && (
            <Loading what="Looking for inputs of older add-ons, their checkpoints and their newest events" />
          )
        ) : (
          <>
            {migration.unreadable.length > 0 && (
              <Message appearance="fill" type="warning" role="status">
                <Message.Title>Some things could not be read; what rests on them is proposed without.</Message.Title>
                <ul>
                  {migration.unreadable.map(({ what, why, help }) => (
                    <li key={`${what} ${why}`}>
                      {what}: {why.replace(/\.$/, '')}. {help}
                    </li>
                  ))}
                </ul>
              </Message>
            )}
            {migration.addOns.length === 0 && migration.unreadable.length === 0 && <NothingOlder />}
            {migration.addOns.length > 0 && (
              <Panel aria-label="What is chosen">
                <Line>
                  <span role="status">
                    {plural(chosen.length, 'input')} of {moves.length} chosen. Nothing is changed until you say so.
                  </span>
                  <Button
                    appearance="primary"
                    label="Show what would be done"
                    disabled={chosen.length === 0 ? 'dimmed' : false}
                    onClick={() => chosen.length > 0 && setPlan(stepsFor(migration))}
                  />
                  <Button appearance="secondary" label="Look again" onClick={() => void read.reload()} />
                </Line>
              </Panel>
            )}
            {migration.addOns.map((addOn) => (
              <AddOn key={addOn.app} addOn={addOn} accounts={migration.accounts} onChoose={choose} onStart={begin} />
            ))}
          </>
        )}
      </Rows>
      {plan && (
        <Plan
          steps={plan}
          onClose={() => {
            setPlan(undefined)
            void read.reload()
          }}
        />
      )}
    </Frame>
  )
}

const NothingOlder = (): ReactElement => (
  <Empty title="No input of an older add-on here">
    <p>These add-ons were looked for on this Splunk:</p>
    <ul style={{ margin: 0, textAlign: 'left' }}>
      {olderAddOns.map(({ app, title, splunkbase }) => (
        <li key={app}>
          {title} (Splunkbase {splunkbase})
        </li>
      ))}
    </ul>
    <p>Where their inputs run on a forwarder, open this page there.</p>
  </Empty>
)
