import Button from '@splunk/react-ui/Button'
import Chip from '@splunk/react-ui/Chip'
import Heading from '@splunk/react-ui/Heading'
import Message from '@splunk/react-ui/Message'
import Table from '@splunk/react-ui/Table'
import { type ReactElement, useState } from 'react'
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
  onChanged(): void
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
        <Table horizontalOverflow="scroll" stripeRows>
          <Table.Head>
            {['Stream', 'Status', 'Collected up to', 'Lag', 'Records since the start', 'Throttled'].map((head) => (
              <Table.HeadCell key={head}>{head}</Table.HeadCell>
            ))}
          </Table.Head>
          <Table.Body>
            {status.streams.map((stream) => (
              <StreamRow key={stream.stream} scheme={input.scheme} stream={stream} nowMs={nowMs} />
            ))}
          </Table.Body>
        </Table>
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

function StreamRow({ scheme, stream, nowMs }: { readonly scheme: string; readonly stream: StreamRecord; readonly nowMs: number }): ReactElement {
  const [look, word] = looks[stream.state]
  const known = streamBy(scheme, stream.stream)
  const { collectedToMs, throttled, error } = stream
  return (
    <Table.Row>
      <Table.Cell>
        <b>{known?.title ?? stream.stream}</b>
        <br />
        <Muted>{stream.stream}</Muted>
      </Table.Cell>
      <Table.Cell>
        <Chip appearance={look}>{word}</Chip>
        {error && <div style={{ maxWidth: 360 }}>{error.message}</div>}
      </Table.Cell>
      <Table.Cell>{collectedToMs === undefined ? '–' : dateTime(collectedToMs)}</Table.Cell>
      <Table.Cell>{collectedToMs === undefined ? '–' : span(nowMs - collectedToMs)}</Table.Cell>
      <Table.Cell>{count(stream.received)}</Table.Cell>
      <Table.Cell>{throttled === undefined ? 'Never' : `${count(throttled.times)} times, last ${ago(throttled.lastMs, nowMs)}`}</Table.Cell>
    </Table.Row>
  )
}
