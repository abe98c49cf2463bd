import RadioBar from '@splunk/react-ui/RadioBar'
import { variables } from '@splunk/themes'
import { type ReactElement, useState } from 'react'
import styled from 'styled-components'
import { Muted, Rows } from '../../common/layout.tsx'
import { count, plural } from '../../common/time.ts'
import type { InputStatus } from '../../splunk/status.ts'

const Bars = styled.svg`
  display: block;
  height: 140px;
  width: 100%;

  rect {
    fill: ${variables.staticA2};
  }
  line {
    stroke: ${variables.borderColorWeak};
  }
`

const Axis = styled.div`
  color: ${variables.contentColorDefault};
  display: flex;
  font-size: 12px;
  justify-content: space-between;
`

const spans = {
  hour: { label: 'Last hour', unitMs: 60_000, units: 60, unit: 'minute' },
  days: { label: 'Last two days', unitMs: 3_600_000, units: 48, unit: 'hour' },
} as const
type SpanName = keyof typeof spans

/** Events that the input handed to Splunk, by minutes or hours. */
export function EventChart({ status, nowMs }: { readonly status: InputStatus; readonly nowMs: number }): ReactElement {
  const [name, setName] = useState<SpanName>('hour')
  const { unitMs, units, unit } = spans[name]
  const counts = new Map(name === 'hour' ? status.minutes : status.hours)
  const first = (Math.floor(nowMs / unitMs) - units + 1) * unitMs
  const bars = Array.from({ length: units }, (_, at) => ({
    startMs: first + at * unitMs,
    events: counts.get(first + at * unitMs) ?? 0,
  }))
  const most = Math.max(1, ...bars.map(({ events }) => events))
  const total = bars.reduce((sum, { events }) => sum + events, 0)
  const time = (ms: number): string =>
    new Date(ms).toLocaleString(undefined, {
      hour: '2-digit',
      minute: '2-digit',
      ...(name === 'days' && { day: 'numeric', month: 'short' }),
    })
  return (
    <Rows gap={8}>
      <RadioBar
        value={name}
        onChange={(_, { value }) => setName(value as SpanName)}
        aria-label="Span"
        style={{ maxWidth: 320 }}
      >
        {(Object.keys(spans) as SpanName[]).map((one) => (
          <RadioBar.Option key={one} value={one} label={spans[one].label} />
        ))}
      </RadioBar>
      <Bars
        viewBox={`0 0 ${units * 10} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${plural(total, 'event')} in the ${spans[name].label.toLowerCase()}, at most ${count(most)} a ${unit}`}
      >
        <line x1="0" x2={units * 10} y1="99.5" y2="99.5" vectorEffect="non-scaling-stroke" />
        {bars.map(({ startMs, events }, at) =>
          events === 0 ? null : (
            <rect key={startMs} x={at * 10 + 1} width={8} y={100 - (events / most) * 96} height={(events / most) * 96}>
              <title>{`${time(startMs)}: ${plural(events, 'event')}`}</title>
            </rect>
          ),
        )}
      </Bars>
      <Axis aria-hidden="true">
        <span>{time(first)}</span>
        <span>{time(nowMs)}</span>
      </Axis>
      <Muted>
        {plural(total, 'event')}, at most {count(total === 0 ? 0 : most)} a {unit}. An event counts when Splunk has
        taken it: some seconds after it was collected.
      </Muted>
    </Rows>
  )
}
