import Button from '@splunk/react-ui/Button'
import Dropdown from '@splunk/react-ui/Dropdown'
import Link from '@splunk/react-ui/Link'
import Menu from '@splunk/react-ui/Menu'
import type { ReactElement } from 'react'
import { inputTitle } from '../../facts.ts'
import { Line } from '../../common/layout.tsx'
import type { Input } from '../../splunk/inputs.ts'
import { eventsOf, pageURL, searchURL } from '../../splunk/searches.ts'
import type { InputAction } from './dialogs.tsx'

interface RowActionsProps {
  readonly input: Input
  readonly onAction: (action: InputAction) => void
  readonly onSwitch: (input: Input, on: boolean) => void
}

export function RowActions({ input, onAction, onSwitch }: RowActionsProps): ReactElement {
  const { name, disabled } = input
  const title = inputTitle(input.scheme, name)
  return (
    <Line style={{ flexWrap: 'nowrap', whiteSpace: 'nowrap' }}>
      <Link to={searchURL(eventsOf(input), '-24h')} aria-label={`Search the events of ${title}`}>
        Search
      </Link>
      <Link to={pageURL('health', { input: input.stanza })} aria-label={`Health of ${title}`}>
        Health
      </Link>
      <Dropdown toggle={<Button appearance="subtle" isMenu label="More" aria-label={`More actions for ${title}`} />}>
        <Menu>
          <Menu.Item onClick={() => onAction({ is: 'edit', input })}>Edit</Menu.Item>
          <Menu.Item onClick={() => onAction({ is: 'create', input: { ...input, name: `${name}-copy` } })}>
            Clone
          </Menu.Item>
          <Menu.Item onClick={() => onSwitch(input, disabled)}>{disabled ? 'Enable' : 'Disable'}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => onAction({ is: 'delete', input })}>Delete</Menu.Item>
        </Menu>
      </Dropdown>
    </Line>
  )
}
