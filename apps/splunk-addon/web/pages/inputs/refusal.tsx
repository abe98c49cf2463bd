import Button from '@splunk/react-ui/Button'
import Message from '@splunk/react-ui/Message'
import type { ReactElement } from 'react'
import { Failure } from '../../common/failure.tsx'
import { Rows } from '../../common/layout.tsx'
import { useShown } from '../../common/shown.ts'
import { schemeBy } from '../../facts.ts'
import { Grant } from '../../grant/grant.tsx'
import type { Account } from '../../splunk/accounts.ts'
import type { Input } from '../../splunk/inputs.ts'
import { RestError } from '../../splunk/rest.ts'
import { chosenStreams } from './streams.tsx'

interface RefusalProps {
  readonly error: Error
  readonly input: Input
  readonly account: Account | undefined
  readonly what: string
  /** Words of the button that tries it again. */
  readonly button: string
  readonly onWithout: (streams: string) => void
}

/** Why an input was not made: with permissions that are missing, how they are granted, and how to go on without. */
export function Refusal({ error, input, account, what, button, onWithout }: RefusalProps): ReactElement {
  const shown = useShown()
  if (!(error instanceof RestError) || error.status !== 400) return <Failure error={error} what={what} />
  const reason = error.message.replace(/^.*?trying to (?:save|update):\s*/s, '')
  const chosen = chosenStreams(input.scheme, input.streams)
  const named = (schemeBy(input.scheme)?.streams ?? []).filter(
    ({ name }) => chosen.includes(name) && reason.includes(`${name} of tenant`),
  )
  const denied = named.filter(
    ({ name, permission }) => reason.includes(`no permission for ${name} of tenant`) && reason.includes(permission),
  )
  const rest = chosen.filter((name) => !named.some((stream) => stream.name === name))
  return (
    <div ref={shown}>
      <Message appearance="fill" type="error" role="alert">
        <Message.Title>
          {denied.length > 0
            ? `Missing: ${[...new Set(denied.map(({ permission }) => permission))].join(', ')}`
            : 'It would not work as it is'}
        </Message.Title>
        <Rows gap={8}>
          {denied.length > 0 ? (
            <Grant account={account} streams={denied} then={`Press ${button} again.`} />
          ) : (
            <span>{reason}</span>
          )}
          {named.length > 0 && rest.length > 0 && (
            <span>
              <Button
                appearance="secondary"
                inline
                label={`Collect the other ${rest.length} only`}
                onClick={() => onWithout(rest.join(','))}
              />
            </span>
          )}
        </Rows>
      </Message>
    </div>
  )
}
