import Button from '@splunk/react-ui/Button'
import Heading from '@splunk/react-ui/Heading'
import Message from '@splunk/react-ui/Message'
import { type ReactElement, useState } from 'react'
import { Badge } from '../../common/badge.tsx'
import { Grid, GridCell, GridRow } from '../../common/grid.tsx'
import { Line, Muted, Panel, Rows } from '../../common/layout.tsx'
import { ago, count, dateTime, span } from '../../common/time.ts'
import { streamBy } from '../../facts.ts'
import type { Input } from '../../splunk/inputs.ts'
import type { InputStatus, StreamRecord } from '../../splunk/status.ts'
import { exportPositions } from './export.ts'
import { Rewind } from './rewind.tsx'

const looks = {
  connected: ['success', 'Collected'],
  starting: ['info', 'Starting'],
  throttled: ['warning', 'Throttled'],
  error: ['error', 'Failing'],
  parked: ['error', 'Waits for you'],
} as const satisfies Readonly<Record<StreamRecord['state'], readonly [string, string]>>

interface StreamsProps {
  readonly input: Input
  readonly status: InputStatus
  readonly nowMs: number
  readonly onChanged: () => void
}

/** What an input collects: how far each stream is, and where it goes on. */
export function Streams({ input, status, nowMs, onChanged }: StreamsProps): ReactElement {
  const [rewinding, setRewinding] = useState(false)
  const [said, setSaid] = useState<string | undefined>()
  return (
    <Panel>
      <Heading level={2}>Streams and checkpoints</Heading>
      <Rows gap={12}>
        <div role="status">
          {said !== undefined && (
            <Message appearance="fill" type="success" onRequestRemove={() => setSaid(undefined)}>
              {said}
            </Message>
          )}
        </div>
        <Grid
          label="Streams"
          columns={['Stream', 'Status', 'Collected up to', 'Lag', 'Records since the start', 'Throttled'].map(
            (title) => ({ key: title, title }),
          )}
        >
          {status.streams.map((stream) => (
            <StreamRow key={stream.stream} scheme={input.scheme} stream={stream} nowMs={nowMs} />
          ))}
        </Grid>
        {status.rewound && (
          <Muted>
            Set {ago(status.rewound.atMs, nowMs)}:{' '}
            {Object.entries(status.rewound.streams)
              .map(([stream, toMs]) => `${stream} to ${dateTime(toMs)}`)
              .join(', ')}
          </Muted>
        )}
        <Line>
          <Button appearance="secondary" label="Rewind…" onClick={() => setRewinding(true)} />
          <Button appearance="secondary" label="Export checkpoints" onClick={() => exportPositions(status)} />
        </Line>
      </Rows>
      {rewinding && (
        <Rewind
          input={input}
          status={status}
          onClose={() => setRewinding(false)}
          onDone={(text) => {
            setRewinding(false)
            setSaid(text)
            onChanged()
          }}
        />
      )}
    </Panel>
  )
}

function StreamRow({
  scheme,
  stream,
  nowMs,
}: {
  readonly scheme: string
  readonly stream: StreamRecord
  readonly nowMs: number
}): ReactElement {
  const [look, word] = looks[stream.state]
  const known = streamBy(scheme, stream.stream)
  const { collectedToMs, throttled, error } = stream
  return (
    <GridRow>
      <GridCell>
        <b>{known?.title ?? stream.stream}</b>
        <br />
        <Muted>{stream.stream}</Muted>
      </GridCell>
      <GridCell>
        <Badge look={look}>{word}</Badge>
        {error && <div style={{ maxWidth: 360 }}>{error.message}</div>}
      </GridCell>
      <GridCell>{collectedToMs === undefined ? '–' : dateTime(collectedToMs)}</GridCell>
      <GridCell>{collectedToMs === undefined ? '–' : span(nowMs - collectedToMs)}</GridCell>
      <GridCell>{count(stream.received)}</GridCell>
      <GridCell>
        {throttled === undefined ? 'Never' : `${count(throttled.times)} times, last ${ago(throttled.lastMs, nowMs)}`}
      </GridCell>
    </GridRow>
  )
}
