import Link from '@splunk/react-ui/Link'
import Message from '@splunk/react-ui/Message'
import type { ReactElement } from 'react'
import { facts, type SchemeFacts } from '../facts.ts'
import { searchURL } from '../splunk/searches.ts'
import { Code } from './layout.tsx'

/** Kinds of inputs that splunkd does not know: their program could not introduce itself when Splunk started. */
export function ProgramMissing({ schemes }: { readonly schemes: readonly SchemeFacts[] }): ReactElement | null {
  if (schemes.length === 0) return null
  const log = `search index=_internal sourcetype=splunkd (component=ModularInputs OR component=ExecProcessor) "siembridge"`
  return (
    <Message appearance="fill" type="error" role="alert">
      <Message.Title>
        Splunk could not start the add-on’s program for: {schemes.map(({ title }) => title).join(', ')}
      </Message.Title>
      Most often Node.js {facts.leastNode} or newer is missing on this machine: Splunk 10.2 and later bring none.
      Install it, or name it as <Code>SIEMBRIDGE_NODE</Code> in <Code>etc/splunk-launch.conf</Code>, or install the
      package that carries it; then restart Splunk. <Link to={searchURL(log, '-24h')}>What Splunk’s log says</Link>
    </Message>
  )
}
