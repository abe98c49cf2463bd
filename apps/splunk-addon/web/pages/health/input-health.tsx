import Heading from '@splunk/react-ui/Heading'
import Link from '@splunk/react-ui/Link'
import type { ReactElement } from 'react'
import { ChoiceField } from '../../common/field.tsx'
import { inputStates, type InputView } from '../../common/input-state.ts'
import { Line, Muted, Panel, Rows } from '../../common/layout.tsx'
import { StateBadge } from '../../common/state-badge.tsx'
import { ago, dateTime } from '../../common/time.ts'
import { inputTitle } from '../../facts.ts'
import { eventsOf, searchURL } from '../../splunk/searches.ts'
import { EventChart } from './event-chart.tsx'
import { Letters } from './letters.tsx'
import { RecentRows } from './recent-rows.tsx'
import { logOf } from '../../splunk/searches.ts'
import { Notes } from './notes.tsx'
import { Streams } from './streams.tsx'

interface InputHealthProps {
  readonly views: readonly InputView[]
  readonly view: InputView
  readonly nowMs: number
  readonly onChoose: (stanza: string) => void
  readonly onChanged: () => void
}

/** One input from near. */
export function InputHealth({ views, view, nowMs, onChoose, onChanged }: InputHealthProps): ReactElement {
  const { input, status, state } = view
  const choices = views.map(
    (one) => [one.input.stanza, inputTitle(one.input.scheme, one.input.name), inputStates[one.state].label] as const,
  )
  return (
    <Rows>
      <Panel aria-label="Input">
        <Line style={{ alignItems: 'flex-end' }}>
          <div style={{ minWidth: 280 }}>
            <ChoiceField label="Input" value={input.stanza} choices={choices} onChange={onChoose} />
          </div>
          <StateBadge state={state} />
          {status && (
            <Muted>
              Tenant {status.tenant ?? 'unknown'} · began {ago(status.startedMs, nowMs)} on {status.host} · last word{' '}
              <span title={dateTime(status.writtenMs)}>{ago(status.writtenMs, nowMs)}</span>
            </Muted>
          )}
          <Link style={{ marginLeft: 'auto' }} to={searchURL(eventsOf(input), '-24h')}>
            Search its events
          </Link>
        </Line>
      </Panel>
      {status && (
        <>
          <Panel>
            <Heading level={2}>Events over time</Heading>
            <EventChart status={status} nowMs={nowMs} />
          </Panel>
          <Streams input={input} status={status} nowMs={nowMs} onChanged={onChanged} />
          <Letters status={status} />
          <Notes status={status} />
        </>
      )}
      <RecentRows
        key={`events ${input.stanza}`}
        title="Newest events in Splunk"
        search={eventsOf(input)}
        what="search its events"
      />
      <RecentRows
        key={`log ${input.stanza}`}
        title="What it says in Splunk’s log"
        search={logOf(input)}
        what="search Splunk’s log"
      />
    </Rows>
  )
}
