import Heading from '@splunk/react-ui/Heading'
import type { ReactElement } from 'react'
import { CodeBlock, Panel } from '../../common/layout.tsx'
import { dateTime, plural } from '../../common/time.ts'
import type { InputStatus } from '../../splunk/status.ts'

/** Records that could not be read. */
export function Letters({ status }: { readonly status: InputStatus }): ReactElement | null {
  if (status.deadLetters === 0) return null
  return (
    <Panel>
      <Heading level={2}>Dead letters</Heading>
      <p>
        {plural(status.deadLetters, 'record')} could not be read and did not become events. They are kept in the input’s
        state for 30 days; here are the newest.
      </p>
      <ul style={{ margin: 0, paddingLeft: 20 }}>
        {status.letters.map((letter) => (
          <li key={`${letter.atMs} ${letter.text}`}>
            {dateTime(letter.atMs)}, {letter.name}: {letter.reason}
            <CodeBlock tabIndex={0} aria-label="The record">
              {letter.text}
            </CodeBlock>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
