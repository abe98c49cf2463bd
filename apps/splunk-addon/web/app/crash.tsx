import Button from '@splunk/react-ui/Button'
import Message from '@splunk/react-ui/Message'
import { Component, type ReactNode } from 'react'

interface CrashState {
  readonly error: Error | undefined
}

/** A mistake of the page itself must not leave it blank. */
export class Crash extends Component<{ readonly children: ReactNode }, CrashState> {
  override state: CrashState = { error: undefined }

  static getDerivedStateFromError(error: Error): CrashState {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <main style={{ padding: 24 }}>
        <Message appearance="fill" type="error" role="alert">
          <Message.Title>This page has made a mistake: {error.message}</Message.Title>
          Inputs go on without it. Load it again; if it comes back, report it with what stands in the browser’s console.{' '}
          <Button appearance="secondary" inline label="Load again" onClick={() => window.location.reload()} />
        </Message>
      </main>
    )
  }
}
