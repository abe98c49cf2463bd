import Button from '@splunk/react-ui/Button'
import Modal from '@splunk/react-ui/Modal'
import WaitSpinner from '@splunk/react-ui/WaitSpinner'
import { type FormEvent, type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { focusAgain, focusedNow, keepFocus } from './focus.ts'
import { useShown } from './shown.ts'

interface DialogProps {
  readonly title: string
  readonly subtitle?: string
  readonly width?: number
  /** Words of the button that does it; none where there is only something to read. */
  readonly does?: string
  readonly destructive?: boolean
  /** What is being done, while it is. */
  readonly busy?: string | undefined
  readonly disabled?: boolean
  /** Whether something was entered that would be lost: closing asks first. */
  readonly entered?: boolean
  /** There is nothing in it that takes the focus: keyboards scroll its text. */
  readonly text?: boolean
  readonly more?: ReactNode
  readonly children: ReactNode
  readonly onDo?: () => void
  readonly onClose: () => void
}

/** Until what is wrong is marked: labels and fields learn of each other in a second drawing. */
const markedMs = 50
const wrongField = 'input, textarea, button'
  .split(', ')
  .map((field) => `${field}[aria-invalid="true"]`)
  .join(', ')

/** A dialog over the page. Focus goes into it, and back to where it came from. */
export function Dialog(props: DialogProps): ReactElement {
  const {
    title,
    subtitle,
    width = 640,
    does,
    destructive = false,
    busy,
    disabled = false,
    entered = false,
    text = false,
    more,
    children,
    onDo,
    onClose,
  } = props
  const [leaving, setLeaving] = useState(false)
  // What is sent cannot be called back, and its answer is to be seen.
  const close = (): void => {
    if (busy !== undefined) return
    if (entered && !leaving) setLeaving(true)
    else onClose()
  }
  const [opener] = useState(focusedNow)
  useEffect(() => () => void setTimeout(() => keepFocus(opener)), [opener])
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    setLeaving(false)
    const form = event.currentTarget
    if (busy === undefined && !disabled) onDo?.()
    setTimeout(() => form.querySelector<HTMLElement>(wrongField)?.focus(), markedMs)
  }
  return (
    <Modal
      open
      onRequestClose={close}
      returnFocus={() => focusAgain(opener)}
      style={{ width, maxWidth: 'calc(100vw - 32px)' }}
    >
      <form onSubmit={submit} noValidate style={{ display: 'contents' }}>
        <Modal.Header title={title} {...(subtitle !== undefined && { subtitle })} />
        <Modal.Body {...(text && { tabIndex: 0 })}>{children}</Modal.Body>
        {leaving && <Leaving onStay={() => setLeaving(false)} onLeave={onClose} />}
        <Modal.Footer>
          {busy !== undefined && (
            <span role="status" style={{ marginRight: 'auto', display: 'inline-flex', gap: 8, alignItems: 'center' }}>
              <WaitSpinner screenReaderText={null} /> {busy}…
            </span>
          )}
          {more}
          <Button
            appearance="secondary"
            label={does === undefined ? 'Close' : 'Cancel'}
            disabled={busy === undefined ? false : 'dimmed'}
            onClick={close}
          />
          {does !== undefined && (
            <Button
              appearance={destructive ? 'destructive' : 'primary'}
              label={does}
              type="submit"
              disabled={disabled || busy !== undefined ? 'dimmed' : false}
            />
          )}
        </Modal.Footer>
      </form>
    </Modal>
  )
}

interface LeavingProps {
  readonly onStay: () => void
  readonly onLeave: () => void
}

/** Asks before what was entered is thrown away; the answer that keeps it has the focus. */
function Leaving({ onStay, onLeave }: LeavingProps): ReactElement {
  const shown = useShown()
  return (
    <div ref={shown} role="alert" style={{ alignItems: 'center', display: 'flex', gap: 12, padding: '8px 24px' }}>
      <span style={{ marginRight: 'auto' }}>What you entered is not saved.</span>
      <Button appearance="primary" label="Go on editing" autoFocus onClick={onStay} />
      <Button appearance="secondary" label="Discard" onClick={onLeave} />
    </div>
  )
}
