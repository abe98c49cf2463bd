import Heading from '@splunk/react-ui/Heading'
import type { ReactElement } from 'react'
import { Muted, Panel } from '../../common/layout.tsx'
import { dateTime } from '../../common/time.ts'
import type { InputStatus } from '../../splunk/status.ts'

/** What the input told of itself: gaps, secrets that end soon, streams that are silent. */
export function Notes({ status }: { readonly status: InputStatus }): ReactElement | null {
  if (status.notes.length === 0) return null
  return (
    <Panel>
      <Heading level={2}>What it told</Heading>
      <ul style={{ margin: 0, paddingLeft: 20 }}>
        {status.notes.map(({ atMs, severity, message }) => (
          <li key={`${atMs} ${message}`}>
            <Muted>
              {dateTime(atMs)}, {severity}:
            </Muted>{' '}
            {message}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
