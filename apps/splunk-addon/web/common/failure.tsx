import Button from '@splunk/react-ui/Button'
import Message from '@splunk/react-ui/Message'
import type { ReactElement } from 'react'
import { RestError } from '../splunk/rest.ts'
import { useShown } from './shown.ts'

interface Told {
  readonly title: string
  readonly help: string
}

/** What a person can do about it, by what splunkd answered. */
export function failureText(error: Error, what: string): Told {
  const status = error instanceof RestError ? error.status : -1
  if (status === 403)
    return {
      title: `Your role may not ${what}.`,
      help: 'Sign in with the role admin (sc_admin in Splunk Cloud), or ask an administrator to do this.',
    }
  if (status === 503)
    return {
      title: 'Splunk’s KV store does not answer.',
      help: 'Look at Settings › Monitoring Console or run “splunk show kvstore-status” on this machine. Inputs wait until it is back, and nothing is lost.',
    }
  if (status === 401)
    return {
      title: 'Your session has ended.',
      help: 'Sign in to Splunk in another tab and try again here, or load the page again.',
    }
  if (status === 0)
    return { title: 'Splunk does not answer.', help: 'It may be restarting. The page asks again by itself.' }
  return { title: `It was not possible to ${what}: ${error.message}`, help: 'Mend what is named and try again.' }
}

interface FailureProps {
  readonly error: Error
  /** What was tried, as a verb: `list inputs`. */
  readonly what: string
  readonly onRetry?: (() => void) | undefined
}

/** Something could not be done: why, and what helps. */
export function Failure({ error, what, onRetry }: FailureProps): ReactElement {
  const { title, help } = failureText(error, what)
  const shown = useShown()
  return (
    <div ref={shown}>
      <Message appearance="fill" type="error" role="alert">
        <Message.Title>{title}</Message.Title>
        {help} {onRetry && <Button appearance="secondary" inline label="Try again" onClick={onRetry} />}
      </Message>
    </div>
  )
}
